using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Regularizers;

namespace Aborts.Tests.Cases;

/// <summary>Objectives that do what they should not, under every estimator of the catalogue; layers that do not fit a regularizer.</summary>
internal static class EstimatorMistakes
{
    internal static IReadOnlyList<Mistake> All { get; } = [.. EstimatorCatalog.All.SelectMany(Of), .. Regularizers()];

    private static IEnumerable<Mistake> Of(EstimatorEntry entry)
    {
        var name = entry.Name;
        yield return new($"{name}: f throws", () => Step(entry, _ => throw new KeyNotFoundException("planted")), "KeyNotFoundException", "planted");
        yield return new($"{name}: f gives another shape", () => Step(entry, b => b.sum(-1).unsqueeze(-1)), "ArgumentException", "objective: expected shape");
        yield return new($"{name}: f gives a number", () => Step(entry, b => b.sum()), "ArgumentException", "objective: expected shape");
        yield return new($"{name}: f multiplies by a matrix that does not fit", () => Step(entry, b => Value(torch.nn.functional.linear(b, torch.ones(4, 9)))));
        yield return new($"{name}: f has a freed graph", () => Freed(entry), "second time");
        yield return new($"{name}: f has a tensor that was changed in place", () => Changed(entry), "modified by an inplace operation");
        yield return new($"{name}: f has a function whose backward pass throws", () => Throwing(entry));
        yield return new($"{name}: a law of another kind", () => Entry(entry).Estimate(new Unknown(), Objective.Differentiable(Value), LawMistakes.Rng()));
    }

    private static IEnumerable<Mistake> Regularizers()
    {
        yield return new("stability: a layer of another width", () => Stabilize(torch.nn.Linear(5, 2), torch.zeros(3, 4)));
        yield return new("stability: no batch", () => Stabilize(torch.nn.Linear(4, 2), torch.zeros(4)), "z: ", "[4]");
        yield return new("stability: outputs without a batch", () => new StabilityRegularizer().Estimate(z => z.sum(), torch.zeros(3, 4), LawMistakes.Rng()), "layer: ", "[3, ...]", "[]");
        yield return new("stability: outputs of another batch", () => new StabilityRegularizer().Estimate(z => z.t(), torch.zeros(3, 4), LawMistakes.Rng()), "[3, ...]", "[4, 3]");
        yield return new("stability: another view of another shape", () => new StableBits(torch.nn.Sigmoid()).Stabilize(torch.zeros(3, 4), LawMistakes.Rng(), torch.zeros(3, 5)), "other", "[3, 4]", "[3, 5]");
        yield return new("stability: a layer that throws", () => new StabilityRegularizer().Estimate(_ => throw new KeyNotFoundException("planted"), torch.zeros(3, 4), LawMistakes.Rng()), "planted");
    }

    private static void Stabilize(torch.nn.Module<Tensor, Tensor> layer, Tensor z) => new StableBits(layer).Stabilize(z, LawMistakes.Rng());

    private static GradientEstimator Entry(EstimatorEntry entry) => entry.Create(
        new(), new([entry.Latents.HasFlag(LatentKinds.Bits) ? [3] : [3, 4]], ContextSize: 1, LogitParameters: 1, LawMistakes.Rng()));

    private static Tensor Value(Tensor b) => b.flatten(2).sum(-1);

    // As a training step does: both losses, the backward pass.
    private static void Step(EstimatorEntry entry, Func<Tensor, Tensor> f)
    {
        var logits = (entry.Latents.HasFlag(LatentKinds.Bits) ? torch.zeros(2, 3) : torch.zeros(2, 3, 4)).requires_grad_();
        DiscreteDistribution q = entry.Latents.HasFlag(LatentKinds.Bits) ? new Bernoulli(logits) : new OneHotCategorical(logits);
        var estimate = Entry(entry).Estimate(q, new LogWeightObjective(f, torch.zeros(2, 1), [logits]), LawMistakes.Rng());
        var loss = estimate.Surrogate.sum();
        if (estimate.TuningLoss is { } tuning) Autograd.Backward(tuning, retainGraph: true);
        Autograd.Backward(loss);
    }

    private static void Freed(EstimatorEntry entry)
    {
        var weight = GradientMistakes.Leaf().exp().prod();
        weight.backward();
        Step(entry, b => Value(b) * weight);
    }

    private static void Changed(EstimatorEntry entry)
    {
        var weight = GradientMistakes.Leaf().exp();
        weight.add_(1);
        Step(entry, b => Value(b) * weight[0]);
    }

    private static void Throwing(EstimatorEntry entry)
    {
        var weight = new ThrowingFunction().Apply(GradientMistakes.Leaf())[0];
        Step(entry, b => Value(b) * weight[0]);
    }

    private sealed class ThrowingFunction : Function
    {
        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => [inputs[0].clone()];

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) => throw new KeyNotFoundException("planted");
    }

    /// <summary>A law that is neither of bits nor of categories.</summary>
    private sealed class Unknown : DiscreteDistribution
    {
        public override double JointValues => double.PositiveInfinity;

        public override long[] BatchShape => [2];

        public override long[] EventShape => [3];

        public override Tensor Sample(ReadOnlySpan<long> sampleShape, Generator rng) => throw new KeyNotFoundException("planted");

        protected override Tensor EnumerateValues() => throw new KeyNotFoundException("planted");

        protected override Tensor LogProbOf(Tensor value) => throw new KeyNotFoundException("planted");
    }
}
