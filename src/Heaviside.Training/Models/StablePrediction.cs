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
    private const double DefaultWeight = 30;

    private readonly HalvesNetworks networks;
    private readonly StableBits block;
    private (double Stability, double Discreteness)? latest;

    /// <summary>Perceptrons with random initial weights.</summary>
    /// <param name="input">The data it is for; images of two rows at least.</param>
    /// <param name="bits">How many bits there are.</param>
    /// <param name="hidden">Widths of the tanh layers inside encoder and decoder.</param>
    /// <param name="blockHidden">Widths of the tanh layers inside the stability block.</param>
    /// <param name="regularizer">What is maximized; f and 1 - f of a bit are a group.</param>
    /// <exception cref="InputException">The images have one row.</exception>
    public StablePrediction(ModelInput input, int bits, IReadOnlyList<int> hidden, IReadOnlyList<int> blockHidden, NoiseStability regularizer)
        : this(new HalvesNetworks(input, [bits], hidden), blockHidden, regularizer, input.Rng)
    {
    }

    private StablePrediction(HalvesNetworks networks, IReadOnlyList<int> blockHidden, NoiseStability regularizer, Generator rng)
    {
        this.networks = networks;
        var bits = networks.Layers[0];
        var layer = Layers.Sequence(
            Perceptron.CreateSlim([bits, .. blockHidden, bits], torch.nn.Tanh, rng, ScalarType.Float32),
            torch.nn.Sigmoid());
        block = this.AddModule("block", new StableBits(layer) { Regularizer = regularizer });
        this.AddModule("encoder", networks.Prior);
        this.AddModule("decoder", networks.Output);
        networks.Register(this);
    }

    /// <summary>The weight of the maximand in the training objective, 0 or more; default 30.</summary>
    public Schedule Weight { get; init => field = ScheduleRange.NotNegative(value, nameof(Weight)); } = DefaultWeight;

    /// <inheritdoc/>
    public override string Quantity => "log p(bottom half | top half) of the thresholded network, which it equals";

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("stability-weight", Weight)];

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Numbers => latest is null ? [] : [("stability", latest.Value.Stability), ("discreteness", latest.Value.Discreteness)];

    /// <summary>A model from the settings network and channels, or bits and hidden; block-hidden and those of stability regularization.</summary>
    public static StablePrediction Create(Settings s, ModelInput input)
    {
        const int MaxWidth = 100_000;
        var networks = HalvesNetworks.Read(s, input, () => new(
            input,
            [s.Int("bits", 200, 1, MaxWidth, "bits between the halves")],
            s.IntList("hidden", [200, 200], 1, MaxWidth, "widths of the tanh layers inside encoder and decoder")));
        var blockHidden = s.IntList("block-hidden", [200, 200], 1, MaxWidth, "widths of the tanh layers inside the stability block");
        var stability = s.Fill(new StabilityOptions(DefaultWeight));
        return new(networks, blockHidden, stability.Regularizer, input.Rng) { Weight = stability.Weight };
    }

    /// <inheritdoc/>
    public override TrainingObjective Objective(Tensor x, Generator rng)
    {
        var stable = block.Stabilize(Encode(x), rng);
        var value = LogLikelihood(x, stable.Output).mean();
        latest = (stable.Stability.Number(), stable.Discreteness.Number());
        return new(-value - (Weight.At(Step) * stable.Maximand), value.detach(), EvaluationPoint.RelaxedSample);
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
