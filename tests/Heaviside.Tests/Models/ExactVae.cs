using Heaviside.Models;

namespace Heaviside.Tests.Models;

/// <summary>The exact quantities of a small CategoricalVae with one hidden layer each way: plain loops over every joint value.</summary>
internal sealed class ExactVae
{
    public const int Pixels = 4, Variables = 2, Classes = 3;

    private readonly double[][] weights;
    private readonly double[] outputBias;

    public ExactVae(CategoricalVae model)
    {
        using var scope = torch.NewDisposeScope();
        double[] Read(string name) => model.state_dict()[name].detach().@double().ToArray<double>();
        weights = [.. new[] { "encoder.0", "encoder.2", "decoder.0", "decoder.2" }.SelectMany(l => new[] { Read(l + ".weight"), Read(l + ".bias") })];
        outputBias = Read("output_bias");
    }

    /// <summary>A model whose posterior and likelihood are far from uniform.</summary>
    public static CategoricalVae Model(ulong seed = 1)
    {
        using var rng = new Generator(seed);
        var model = new CategoricalVae(new(1, 2, 2, [0.2f, 0.5f, 0.7f, 0.9f], rng), new() { Latents = new(Variables, Classes), EncoderLayers = [3], DecoderLayers = [5] });
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        foreach (var p in model.parameters()) p.copy_(torch.randn(p.shape, generator: rng));
        return model;
    }

    public double LogLikelihood(double[] x)
    {
        var terms = Joint(x).Select(t => Math.Exp(t.LogPixels)).Sum();
        return Math.Log(terms) - (Variables * Math.Log(Classes));
    }

    public double Elbo(double[] x) => Joint(x).Sum(t => t.Q * LogWeight(t));

    public double Divergence(double[] x) => Joint(x).Sum(t => t.Q * (Math.Log(t.Q) + (Variables * Math.Log(Classes))));

    /// <summary>E[log 1/K sum_k w_k] over the K-tuples of joint values.</summary>
    public double ImportanceWeighted(double[] x, int samples)
    {
        var joint = Joint(x);
        double Sum(int left, double probability, double weights) => left == 0
            ? probability * Math.Log(weights / samples)
            : joint.Sum(t => Sum(left - 1, probability * t.Q, weights + Math.Exp(LogWeight(t))));
        return Sum(samples, 1, 0);
    }

    private static double LogWeight((double Q, double LogPixels) t) => t.LogPixels - Math.Log(t.Q) - (Variables * Math.Log(Classes));

    private List<(double Q, double LogPixels)> Joint(double[] x)
    {
        var logits = Layer(weights[2], weights[3], Elu(Layer(weights[0], weights[1], x)));
        var terms = new List<(double, double)>();
        for (var i = 0; i < Classes; i++)
            for (var j = 0; j < Classes; j++)
            {
                var b = new double[Variables * Classes];
                b[i] = b[Classes + j] = 1;
                var pixels = Layer(weights[6], weights[7], Elu(Layer(weights[4], weights[5], b))).Zip(outputBias, (l, o) => l + o);
                var q = Probability(logits[..Classes], i) * Probability(logits[Classes..], j);
                terms.Add((q, x.Zip(pixels, (v, l) => (v * l) - Math.Log(1 + Math.Exp(l))).Sum()));
            }

        return terms;
    }

    private static double Probability(double[] logits, int k) => Math.Exp(logits[k]) / logits.Sum(Math.Exp);

    private static double[] Elu(double[] x) => [.. x.Select(v => v > 0 ? v : Math.Exp(v) - 1)];

    private static double[] Layer(double[] weight, double[] bias, double[] x) =>
        [.. bias.Select((b, row) => b + x.Select((v, column) => v * weight[(row * x.Length) + column]).Sum())];
}
