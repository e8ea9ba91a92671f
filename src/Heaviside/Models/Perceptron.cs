using Heaviside.Torch;

namespace Heaviside.Models;

/// <summary>Affine maps with a nonlinearity between each and the next.</summary>
internal static class Perceptron
{
    /// <summary>A network of the given widths, from its input's to its output's, with PyTorch's initial weights.</summary>
    internal static Sequential Create(IReadOnlyList<int> widths, Func<Module<Tensor, Tensor>> nonlinearity, Generator rng)
    {
        var layers = new List<Module<Tensor, Tensor>>();
        for (var i = 1; i < widths.Count; i++)
        {
            if (i > 1) layers.Add(nonlinearity());
            layers.Add(torch.nn.Linear(widths[i - 1], widths[i], rng));
        }

        return torch.nn.Sequential([.. layers]);
    }
}
