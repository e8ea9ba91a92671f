using Heaviside.Networks;
using Heaviside.Numerics;

namespace Heaviside.Estimators.Baselines;

/// <summary>A small network of the example's context, C-100-tanh-1, as in arXiv:1402.0030 and arXiv:1703.07370.</summary>
public sealed class InputBaseline : Baseline
{
    private const int Hidden = 100;

    private readonly Sequential network;

    /// <summary>A network with random initial weights.</summary>
    /// <param name="input">Its context's size, and the source of its weights.</param>
    public InputBaseline(EstimatorInput input)
    {
        network = Perceptron.CreateSlim([input.ContextSize, Hidden, 1], torch.nn.Tanh, input.Rng, input.Type);
        this.AddModule(nameof(network), network);
    }

    /// <inheritdoc/>
    public override Tensor Of(Tensor value, Objective f)
    {
        if (f is not IHasContext { Context: var context })
            throw new UnsupportedException($"an input-dependent baseline needs an objective that says what it may depend on (IHasContext), which {f.GetType().Name} is not");
        Shape.Require(context, [value.size(1), -1]);
        return network.call(context).squeeze(-1).unsqueeze(0);
    }
}
