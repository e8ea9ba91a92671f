global using TorchSharp;
global using Device = TorchSharp.torch.Device;
global using Generator = TorchSharp.torch.Generator;
global using Module = TorchSharp.torch.nn.Module;
global using Parameter = TorchSharp.Modules.Parameter;
global using ScalarType = TorchSharp.torch.ScalarType;
global using Sequential = TorchSharp.Modules.Sequential;
global using Tensor = TorchSharp.torch.Tensor;
