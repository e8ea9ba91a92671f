using Heaviside.Kernels;
using Heaviside.Torch;

namespace Heaviside.Networks;

/// <summary>Affine maps with batch norm and tanh between each and the next, of an input that comes in parts.</summary>
/// <remarks>The parts are as one vector, but each is multiplied alone: one that is common to many samples is multiplied once. Batch
/// norm has the settings of the code that goes with arXiv:1805.07349's predecessors; it sees all samples of all examples together.</remarks>
internal sealed class NormalizedPerceptron : Module
{
    private const double Epsilon = 1e-2, Momentum = 0.2;

    private readonly Linear first;
    private readonly IReadOnlyList<long> parts;
    private readonly (BatchNorm1d Norm, Linear Next)[] rest;

    /// <summary>A network with random initial weights.</summary>
    /// <param name="parts">The widths of the input's parts.</param>
    /// <param name="hidden">Widths of the hidden layers; none: the map is affine.</param>
    /// <param name="outputs">The width of the output.</param>
    /// <param name="rng">The source of the weights.</param>
    internal NormalizedPerceptron(IReadOnlyList<long> parts, IReadOnlyList<int> hidden, long outputs, Generator rng)
    {
        long[] widths = [parts.Sum(), .. hidden, outputs];
        this.parts = parts;
        first = Affine(0);
        rest = [.. Enumerable.Range(1, hidden.Count).Select(i =>
            (register_module($"norm{i}", torch.nn.BatchNorm1d(widths[i], eps: Epsilon, momentum: Momentum, device: rng.Device)), Affine(i)))];

        Linear Affine(int i)
        {
            var map = torch.nn.Linear(widths[i], widths[i + 1], rng);
            torch.nn.init.variance_scaling_(map.weight, rng, factor: 1);
            torch.nn.init.zeros_(map.bias!);
            return register_module($"affine{i}", map);
        }
    }

    /// <summary>The output, <c>[..., N]</c>.</summary>
    /// <param name="input">The parts, <c>[..., M_i]</c>, whose leading dimensions broadcast.</param>
    internal Tensor forward(params IReadOnlyList<Tensor> input)
    {
        var y = first.bias!;
        var from = 0L;
        for (var i = 0; i < input.Count; i++, from += parts[i - 1])
            y = input[i].matmul(first.weight.slice(1, from, from + parts[i]).t()) + y;
        foreach (var (norm, next) in rest)
        {
            var hidden = NormalizedTanh.Of(norm, y.flatten(0, -2));
            y = next.forward(hidden).view([.. y.shape[..^1], -1]);
        }

        return y;
    }
}
