using Heaviside.Networks;
using Heaviside.Numerics;

namespace Heaviside.Estimators.Controls;

/// <summary>Free-form control variates: for each layer a network of the context, the layer's continuous value and the bits before it.</summary>
internal sealed class ControlNetworks : Component
{
    // A logit that is infinite must not drown the others; any function is allowed here.
    private const double LargestInput = 100;

    private readonly Sequential[] networks;
    private readonly long contextSize;

    /// <summary>Networks with random initial weights.</summary>
    /// <param name="input">The model they are for.</param>
    /// <param name="hidden">Widths of the hidden layers of each.</param>
    internal ControlNetworks(EstimatorInput input, IReadOnlyList<int> hidden)
        : base(nameof(ControlNetworks))
    {
        contextSize = input.ContextSize;
        var widths = input.Layers.Select(shape => shape.Aggregate(1L, (a, b) => a * b)).ToArray();
        networks = [.. widths.Select((_, i) => this.AddModule($"layer{i + 1}",
            Perceptron.CreateSlim([input.ContextSize + widths.Take(i + 1).Sum(), .. hidden, 1], () => torch.nn.ReLU(), input.Rng, input.Type)))];
    }

    /// <summary>The number of layers.</summary>
    internal int Count => networks.Length;

    /// <summary>The network of a layer, shape <c>[S, B]</c>.</summary>
    /// <param name="layer">Which.</param>
    /// <param name="path">The hard samples; those before the layer are inputs, as -1 and 1.</param>
    /// <param name="value">The layer's continuous value, <c>[S, B, ...]</c>, which the result is differentiable with respect to.</param>
    /// <param name="f">The objective, for its context.</param>
    internal Tensor Of(int layer, RelaxedPath path, Tensor value, Objective f)
    {
        long[] batch = [value.size(0), value.size(1)];
        var bounded = value.clamp(-LargestInput, LargestInput);
        List<Tensor> inputs = [.. path.Steps.Take(layer).Select(s => (2 * s.B) - 1).Append(bounded).Select(t => t.reshape([.. batch, Shape.Elements(t.shape.AsSpan(batch.Length))]))];
        if (contextSize > 0) inputs.Insert(0, Context(f).unsqueeze(0).expand([.. batch, contextSize]));
        return networks[layer].call(torch.cat([.. inputs], -1)).squeeze(-1);
    }

    private static Tensor Context(Objective f) => f is IHasContext { Context: var context }
        ? context
        : throw new UnsupportedException($"a network in a control variate needs an objective that says what it may depend on (IHasContext), which {f.GetType().Name} is not");
}
