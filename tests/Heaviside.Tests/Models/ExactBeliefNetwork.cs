using Heaviside.Models;
using static Heaviside.Tests.Models.PlainNetwork;

namespace Heaviside.Tests.Models;

/// <summary>The exact quantities of a small SigmoidBeliefNetwork of one or two stochastic layers, by enumeration.</summary>
internal sealed class ExactBeliefNetwork(SigmoidBeliefNetwork model)
{
    private readonly int[] widths = [.. model.LatentLayers.Select(l => (int)l[0])];

    public double LogLikelihood(double[] x) => Math.Log(Paths().Sum(b => Math.Exp(LogJoint(x, b))));

    public double Elbo(double[] x) => Paths().Sum(b => Math.Exp(LogPosterior(x, b)) * LogWeight(x, b));

    public double LogWeight(double[] x, double[][] b) => LogJoint(x, b) - LogPosterior(x, b);

    public double LogPosterior(double[] x, double[][] b) =>
        LogBernoulli(b[0], Map(model, "posterior.0", Sum(x, Read(model, "pixel_means"), -1)))
        + (b.Length == 1 ? 0 : LogBernoulli(b[1], Map(model, "posterior.1", Signs(b[0]))));

    public double LogJoint(double[] x, double[][] b)
    {
        var pixels = Sum(Map(model, b.Length == 1 ? "generator.0" : "generator.1", Signs(b[0])), Read(model, "output_bias"));
        return LogBernoulli(x, pixels) + LogBernoulli(b[^1], Read(model, "prior_logits"))
            + (b.Length == 1 ? 0 : LogBernoulli(b[0], Map(model, "generator.0", Signs(b[1]))));
    }

    public IEnumerable<double[][]> Paths() => widths.Length == 1
        ? Values(widths[0]).Select(b => new[] { b })
        : from lower in Values(widths[0]) from upper in Values(widths[1]) select new[] { lower, upper };
}
