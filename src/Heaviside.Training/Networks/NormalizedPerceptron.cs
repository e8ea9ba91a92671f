using BatchNorm1d = TorchSharp.Modules.BatchNorm1d;
using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Networks;

/// <summary>Affine maps with batch norm and tanh between each and the next, of an input that comes in parts.</summary>
/// <remarks>The parts are as one vector, but each is multiplied alone: one that is common to many samples is multiplied once. Batch
/// norm has the settings of the code that goes with arXiv:1805.07349's predecessors; it sees all samples of all examples together.</remarks>
internal sealed class NormalizedPerceptron : Component
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
        : base(nameof(NormalizedPerceptron))
    {
        long[] widths = [parts.Sum(), .. hidden, outputs];
        this.parts = parts;
        first = Map(0);
        rest = [.. Enumerable.Range(1, hidden.Count).Select(i =>
            (this.AddModule($"norm{i}", torch.nn.BatchNorm1d(widths[i], eps: Epsilon, momentum: Momentum, device: rng.device)), Map(i)))];

        Linear Map(int i)
        {
            var map = Layers.Linear(widths[i], widths[i + 1], rng);
            SlimWeights.Scale(map.weight, rng, factor: 1);
            torch.nn.init.zeros_(map.bias!);
            return this.AddModule($"affine{i}", map);
        }
    }

    /// <summary>The output, <c>[..., N]</c>.</summary>
    /// <param name="input">The parts, <c>[..., M_i]</c>, whose leading dimensions broadcast.</param>
    internal Tensor forward(params IReadOnlyList<Tensor> input) => forward(input, null);

    /// <summary>The output, <c>[..., N]</c>, plus a constant.</summary>
    /// <param name="input">The parts, <c>[..., M_i]</c>, whose leading dimensions broadcast.</param>
    /// <param name="constant">Shape <c>[N]</c>.</param>
    internal Tensor forward(IReadOnlyList<Tensor> input, Tensor? constant)
    {
        var weights = first.weight.split([.. parts], 1);
        var y = Bias(first, rest.Length == 0);
        y = torch.nn.functional.linear(input[0], weights[0], y);
        for (var i = 1; i < input.Count; i++) y += torch.nn.functional.linear(input[i], weights[i]);
        for (var i = 0; i < rest.Length; i++)
        {
            var (norm, next) = rest[i];
            var hidden = norm.call(y.flatten(0, -2)).tanh();
            y = torch.nn.functional.linear(hidden, next.weight, Bias(next, i == rest.Length - 1)).view([.. y.shape[..^1], -1]);
        }

        return y;

        Tensor Bias(Linear map, bool isLast) => isLast && constant is not null ? map.bias! + constant : map.bias!;
    }
}
