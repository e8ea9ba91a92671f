using Heaviside.Configuration;
using Heaviside.Evaluation;

namespace Heaviside.Training.Probes;

/// <summary>Every probe: a new one is one file and one entry here.</summary>
public static class ProbeCatalog
{
    /// <summary>All probes.</summary>
    public static Catalog<ProbeEntry> All { get; } = new("probe",
    [
        new("train-bound", "the evidence lower bound on all training images", (_, e) => new TrainBound(e)) { Numbers = Bound.MetricsNumbers },
        new("validation-objective", "the training objective, relaxed where training is, on all validation images", (_, e) => new ValidationObjective(e)) { Numbers = ["mean", "images"] },
        new("clusters", "how well clusters agree with the classes of the test images", (_, e) => new ClusterProbe(e)) { Numbers = ["most-probable-example", "majority", "optimal-assignment", "dead", "images"] },
        new("partial-bound", "what a paper reports in place of a bound, on validation and test images", (_, e) => new PartialBound(e)) { Numbers = ["mean", "test", "images"] },
        new("accuracy", "how often the latent class is the label, where the run learns from labels", (_, e) => new AccuracyProbe(e)) { Numbers = ["mode", "sampled", "images", "validation-mode", "validation-sampled", "validation-images"] },
        new("figures", "the model's other figures, such as the accuracy of edges, over the validation examples", (_, e) => new FiguresProbe(e)) { Numbers = FiguresProbe.Followed },
        new("gradient-variance", "the logarithm of the variance of the gradient", (_, e) => new GradientVariance(e.Model)) { Numbers = ["log-variance", "steps"] },
        new("test-bound", "the importance-weighted bound on the test images", (o, e) => new TestBound(e, o.ProbeSamples)) { Numbers = Bound.MetricsNumbers },
        new("k-sample-bounds", "the importance-weighted bound on the validation and the training images", (o, e) => new KSampleBounds(e, o.ProbeSamples)) { Numbers = [.. Bound.MetricsNumbers, "train", "train-images"] },
        new("inference-network", "the same with an inference network that is trained on the test images", (o, e) => new InferenceNetwork(e, o.ProbeSamples)) { Numbers = Bound.MetricsNumbers },
    ]);
}
