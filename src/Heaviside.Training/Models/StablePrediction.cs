using Heaviside.Configuration;
using Heaviside.Estimators;
using Heaviside.Networks;
using Heaviside.Numerics;
using Heaviside.Regularizers;

namespace Heaviside.Models;

/// <summary>Predicts the bottom half of an image from its top half through bits that are a function of it: neither drawn nor relaxed, but
/// trained to be discrete by stability regularization.</summary>
/// <remarks>
/// <para>z = encoder(x_top) without bounds, b = f(z), logits of x_bottom = decoder(b), where f is a small network that ends in a
/// sigmoid, the stability block. Training maximizes log p(x_bottom | f(z + e)) + weight * R, e standard normal and R the block's
/// noise stability: no gradient estimator is needed, and the training objective is no bound.</para>
/// <para>A bit enters R with both of its classes, as a softmax of two would: f f' + (1 - f) (1 - f'), which prefers neither. With
/// f f' alone, clipped at alpha, a soft bit that is on often enough has nothing left to gain by becoming hard.</para>
/// <para>Otherwise there is no noise and b is thresholded at a half, so that log p(x_bottom | b(x_top)) of that deterministic
/// network is known exactly: all bounds of it are equal to it, whatever their number of samples.</para>
/// <para>Encoder and decoder are those of <see cref="StructuredPrediction"/>. Reference: Stability Regularization for Discrete
/// Representation Learning, submitted to ICLR 2022 (no arXiv id), figure 1 and appendix B.2.</para>
/// </remarks>
public sealed class StablePrediction : PathwiseModel, IScheduled, IReportsNumbers
{
    private readonly StabilityOptions stability;
    private readonly HalvesNetworks networks;
    private readonly StableBits block;
    private (double Stability, double Discreteness)? latest;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="input">The data it is for; images of two rows at least.</param>
    /// <param name="options">Networks, widths and what is maximized; null: those by default.</param>
    /// <exception cref="InputException">The images have one row, or are too small for residual networks.</exception>
    public StablePrediction(ModelInput input, StablePredictionOptions? options = null)
    {
        options ??= new();
        stability = options.Stability;
        networks = HalvesNetworks.Create(input, options, [options.Bits], options.Hidden);
        var bits = networks.Layers[0];
        var layer = Layers.Sequence(
            Perceptron.CreateSlim([bits, .. options.BlockHidden, bits], torch.nn.Tanh, input.Rng, ScalarType.Float32),
            torch.nn.Sigmoid());
        block = this.AddModule("block", new StableBits(layer) { Regularizer = stability.Regularizer });
        this.AddModule("encoder", networks.Prior);
        this.AddModule("decoder", networks.Output);
        networks.Register(this);
    }

    /// <inheritdoc/>
    public override string Quantity => "log p(bottom half | top half) of the thresholded network, which it equals";

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("stability-weight", stability.Weight)];

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Numbers => latest is null ? [] : [("stability", latest.Value.Stability), ("discreteness", latest.Value.Discreteness)];

    /// <inheritdoc/>
    public override TrainingObjective Objective(Tensor x, Generator rng)
    {
        var stable = block.Stabilize(Encode(x), rng);
        var value = LogLikelihood(x, stable.Output).mean();
        latest = (stable.Stability.Number(), stable.Discreteness.Number());
        return new(-value - (stability.Weight.At(Step) * stable.Maximand), value.detach(), EvaluationPoint.RelaxedSample);
    }

    /// <summary>The bits of images <c>[B, D]</c>, of which they see the top half. Shape <c>[B, N]</c>, 0 or 1.</summary>
    public Tensor Bits(Tensor x) => block.Hard(Encode(x));

    /// <inheritdoc/>
    public override Tensor Elbo(Tensor x, Generator rng) => LogLikelihood(x, Bits(x));

    /// <inheritdoc/>
    public override Tensor LogWeights(Tensor x, int samples, Generator rng) => Elbo(x, rng).unsqueeze(0).expand([samples, -1]);

    /// <summary>The top halves as they are, above the mean bottom halves that their bits predict.</summary>
    /// <returns>Shape <c>[B, D]</c>, in [0, 1].</returns>
    public override Tensor Reconstruct(Tensor x, Generator rng) => networks.Complete(x, Bits(x));

    private Tensor Encode(Tensor x) => networks.Prior.Logits(0, networks.Context(x));

    private Tensor LogLikelihood(Tensor x, Tensor b) => networks.LogLikelihood(x, b.unsqueeze(0))[0];
}

/// <summary>The options of a <see cref="StablePrediction"/>.</summary>
public sealed record StablePredictionOptions : HalvesOptions, IChecksOptions
{
    /// <summary>How many bits there are, from 1 to 100000; default 200.</summary>
    [Option("bits between the halves", Least = 1, Most = 100_000, If = nameof(Network), Is = HalvesNetwork.Mlp)]
    public int Bits { get; init => field = OptionInfo.Checked(this, value); } = 200;

    /// <summary>Widths of the tanh layers inside encoder and decoder, each from 1 to 100000; default [200, 200].</summary>
    [Option("widths of the tanh layers inside encoder and decoder", Least = 1, Most = 100_000, If = nameof(Network), Is = HalvesNetwork.Mlp)]
    public IReadOnlyList<int> Hidden { get; init => field = OptionInfo.Checked(this, value); } = [200, 200];

    /// <summary>Widths of the tanh layers inside the stability block, each from 1 to 100000; default [200, 200].</summary>
    [Option("widths of the tanh layers inside the stability block", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> BlockHidden { get; init => field = OptionInfo.Checked(this, value); } = [200, 200];

    /// <summary>What is maximized, f and 1 - f of a bit being a group, and its weight in the training objective, by default 30.</summary>
    [OptionGroup]
    public StabilityOptions Stability { get; init; } = new(30.0);

    /// <inheritdoc/>
    public string? Conflict => Stability.Conflict;
}
