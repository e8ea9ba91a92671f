using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Networks;

/// <summary>Affine maps with a nonlinearity between each and the next.</summary>
internal static class Perceptron
{
    /// <summary>A network of the given widths, from its input's to its output's, with PyTorch's initial weights.</summary>
    internal static Sequential Create(IReadOnlyList<long> widths, Func<torch.nn.Module<Tensor, Tensor>> nonlinearity, Generator rng) =>
        Create(widths, nonlinearity, (from, to) => Layers.Linear(from, to, rng));

    /// <summary>A network of the given widths with the weights of TF-slim and biases of 0, as the code of arXiv:1703.07370 begins.</summary>
    internal static Sequential CreateSlim(IReadOnlyList<long> widths, Func<torch.nn.Module<Tensor, Tensor>> nonlinearity, Generator rng, ScalarType type) =>
        Create(widths, nonlinearity, (from, to) =>
        {
            var layer = Layers.Linear(from, to, rng, type: type);
            SlimWeights.Initialize(layer.parameters(), rng);
            return layer;
        });

    private static Sequential Create(IReadOnlyList<long> widths, Func<torch.nn.Module<Tensor, Tensor>> nonlinearity, Func<long, long, Linear> affine)
    {
        var layers = new List<torch.nn.Module<Tensor, Tensor>>();
        for (var i = 1; i < widths.Count; i++)
        {
            if (i > 1) layers.Add(nonlinearity());
            layers.Add(affine(widths[i - 1], widths[i]));
        }

        return Layers.Sequence([.. layers]);
    }
}
