using Heaviside.Models;

namespace Heaviside.Tests.Models;

/// <summary>What a belief network computes, in plain loops over doubles.</summary>
internal static class PlainNetwork
{
    /// <summary>Draws all parameters from a wide law, so that no quantity is near 0 or its value at the start.</summary>
    public static T Shaken<T>(T model, ulong seed = 5)
        where T : LatentVariableModel
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(seed);
        foreach (var p in model.parameters()) p.copy_(torch.randn(p.shape, generator: rng) * 0.8);
        return model;
    }

    public static double[] Read(LatentVariableModel model, string name)
    {
        using var scope = torch.NewDisposeScope();
        return model.state_dict()[name].detach().@double().ToArray<double>();
    }

    /// <summary>The map of a name: affine, with tanh before every affine part but the first.</summary>
    public static double[] Map(LatentVariableModel model, string name, double[] input)
    {
        for (var i = 0; model.state_dict().ContainsKey($"{name}.{i}.weight"); i += 2)
        {
            var (weight, bias) = (Read(model, $"{name}.{i}.weight"), Read(model, $"{name}.{i}.bias"));
            var x = i == 0 ? input : [.. input.Select(Math.Tanh)];
            input = [.. bias.Select((b, row) => b + x.Select((v, column) => v * weight[(row * x.Length) + column]).Sum())];
        }

        return input;
    }

    /// <summary>All values of a number of bits.</summary>
    public static IEnumerable<double[]> Values(int bits) =>
        Enumerable.Range(0, 1 << bits).Select(v => Enumerable.Range(0, bits).Select(i => (double)((v >> i) & 1)).ToArray());

    /// <summary>{0, 1} as {-1, 1}.</summary>
    public static double[] Signs(double[] bits) => [.. bits.Select(b => (2 * b) - 1)];

    public static double[] Sum(double[] a, double[] b, double sign = 1) => [.. a.Zip(b, (x, y) => x + (sign * y))];

    /// <summary>sum y log sigmoid(l) + (1 - y) log sigmoid(-l).</summary>
    public static double LogBernoulli(double[] y, double[] logits) =>
        y.Zip(logits, (v, l) => -(v * Math.Log(1 + Math.Exp(-l))) - ((1 - v) * Math.Log(1 + Math.Exp(l)))).Sum();
}
