using Heaviside.Models;
using Heaviside.Tests.Regularizers;

namespace Heaviside.Tests.Models;

/// <summary>The exact quantities of a MixedVae with one-dimensional Gaussians: plain loops, and quadrature over the Gaussian.</summary>
internal sealed class ExactMixedVae
{
    public const int Pixels = 4, Classes = 3;

    private readonly Dictionary<string, double[]> weights;

    public ExactMixedVae(MixedVae model)
    {
        using var scope = torch.NewDisposeScope();
        weights = model.state_dict().ToDictionary(t => t.Key, t => t.Value.detach().@double().ToArray<double>());
    }

    /// <summary>A model whose laws are far from the prior, without dropout.</summary>
    public static MixedVae Model(double klWeight = 1, bool pixelMeans = true)
    {
        using var rng = new Generator(4);
        var model = new MixedVae(new(1, 2, 2, [0.2f, 0.5f, 0.7f, 0.9f], rng), new() { Classes = Classes, GaussianSize = 1, PixelMeans = pixelMeans, KlWeight = klWeight });
        using var noGrad = torch.no_grad();
        foreach (var p in model.parameters()) p.mul_(1.5);
        model.eval();
        return model;
    }

    public double Elbo(double[] x) => Enumerable.Range(0, Classes).Sum(k => Posterior(x)[k] * Inner(x, k)) - Divergence(x);

    /// <summary>KL(q(z | x) || uniform).</summary>
    public double Divergence(double[] x) => Posterior(x).Sum(q => q * Math.Log(q * Classes));

    public double Likelihood(double[] x) =>
        Enumerable.Range(0, Classes).Sum(k => GaussianQuadrature.Mean(g => Math.Exp(LogLikelihood(x, Row(k, g))))) / Classes;

    /// <summary>The objective of estimators between classes, where no Gaussian varies.</summary>
    public double Objective(double[] x, double[] z) =>
        LogLikelihood(x, [.. z.Select((zk, k) => zk * Gaussian(x, k).Mean)]) - z.Select((zk, k) => zk * GaussianDivergence(x, k)).Sum();

    public double[] Posterior(double[] x)
    {
        var logits = Layer("classifier.2", Leaky(0.2, Layer("classifier.0", Features(x))));
        return [.. logits.Select(l => Math.Exp(l) / logits.Sum(Math.Exp))];
    }

    private double Inner(double[] x, int k)
    {
        var (mean, logVariance) = Gaussian(x, k);
        return GaussianQuadrature.Mean(e => LogLikelihood(x, Row(k, mean + (Math.Exp(logVariance / 2) * e)))) - GaussianDivergence(x, k);
    }

    private double GaussianDivergence(double[] x, int k)
    {
        var (mean, logVariance) = Gaussian(x, k);
        return 0.5 * ((mean * mean) + Math.Exp(logVariance) - logVariance - 1);
    }

    private (double Mean, double LogVariance) Gaussian(double[] x, int k)
    {
        var row = Layer("rows", Features(x))[(100 * k)..(100 * (k + 1))];
        var output = Layer("rowOutput", Leaky(0.5, Layer("rowHidden.0", row)));
        return (output[0], output[1]);
    }

    private double LogLikelihood(double[] x, double[] code)
    {
        var logits = Layer("decoder.2", Leaky(0, Layer("decoder.0", code))).Zip(weights["output_bias"], (l, o) => l + o);
        return x.Zip(logits, (v, l) => (v * l) - Math.Log(1 + Math.Exp(l))).Sum();
    }

    private double[] Features(double[] x) => Layer("encoder.2", Leaky(0.2, Layer("encoder.0", x)));

    private static double[] Row(int k, double g) => [.. Enumerable.Range(0, Classes).Select(i => i == k ? g : 0)];

    private static double[] Leaky(double slope, double[] x) => [.. x.Select(v => v > 0 ? v : slope * v)];

    private double[] Layer(string name, double[] x)
    {
        var (weight, bias) = (weights[name + ".weight"], weights[name + ".bias"]);
        var result = new double[bias.Length];
        for (var row = 0; row < result.Length; row++)
        {
            result[row] = bias[row];
            for (var column = 0; column < x.Length; column++) result[row] += x[column] * weight[(row * x.Length) + column];
        }

        return result;
    }
}
