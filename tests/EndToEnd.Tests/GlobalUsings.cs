global using Generator = TorchSharp.torch.Generator;
