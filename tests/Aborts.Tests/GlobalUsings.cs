global using Heaviside.Torch;
global using TorchSharp;
global using Generator = TorchSharp.torch.Generator;
global using ScalarType = TorchSharp.torch.ScalarType;
global using Tensor = TorchSharp.torch.Tensor;
