global using Heaviside.Torch;
global using TorchSharp;
global using Device = TorchSharp.torch.Device;
global using Generator = TorchSharp.torch.Generator;
global using Tensor = TorchSharp.torch.Tensor;
