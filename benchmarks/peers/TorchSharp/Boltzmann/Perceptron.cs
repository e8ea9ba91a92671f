using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Boltzmann;

/// <summary>Affine maps with batch norm and tanh between them, of inputs with any leading dimensions.</summary>
internal sealed class Perceptron : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> layers;

    internal Perceptron(long inputs, int hiddenLayers, long units, long outputs) : base(nameof(Perceptron))
    {
        List<Module<Tensor, Tensor>> list = [];
        for (var i = 0; i < hiddenLayers; i++)
        {
            list.AddRange([Linear(inputs, units), BatchNorm1d(units, eps: 1e-2, momentum: 0.2), Tanh()]);
            inputs = units;
        }

        layers = Sequential([.. list, Linear(inputs, outputs)]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => layers.forward(x.flatten(0, -2)).unflatten(0, x.shape[..^1]);
}
