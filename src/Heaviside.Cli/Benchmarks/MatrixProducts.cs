using System.Diagnostics;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The matrix products of one training step of affine layers, alone: what bounds how fast the step can be.</summary>
internal sealed class MatrixProducts : ITimed
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly List<(Tensor A, Tensor B, int Times)> products = [];

    /// <param name="batch">Rows per step.</param>
    /// <param name="layers">Inputs and outputs of each layer; the first of them passes no gradient to its input.</param>
    /// <param name="device">Where to multiply.</param>
    internal MatrixProducts(int batch, IReadOnlyList<(int In, int Out)> layers, Device device)
        : this([.. layers.Select((l, i) => new AffineLayer(batch, l.In, l.Out) { PassesGradient = i > 0 })], device)
    {
    }

    /// <param name="layers">The layers, or blocks of them.</param>
    /// <param name="device">Where to multiply.</param>
    internal MatrixProducts(IReadOnlyList<AffineLayer> layers, Device device)
    {
        using var rng = new Generator(1);
        foreach (var layer in layers)
        {
            var (x, w, g) = (New(layer.Rows, layer.In), New(layer.Out, layer.In), New(layer.Rows, layer.Out));
            products.Add((x, w.t(), layer.Times));
            products.Add((g.t(), x, layer.Times));
            if (layer.PassesGradient) products.Add((g, w, layer.Times));
        }

        Tensor New(int rows, int columns) => torch.randn([rows, columns], generator: rng).to(device);
    }

    /// <summary>Multiplications and additions of one step.</summary>
    internal static long Operations(int batch, IReadOnlyList<(int In, int Out)> layers) => layers.Select((l, i) => (i > 0 ? 6L : 4L) * batch * l.In * l.Out).Sum();

    /// <summary>The same of layers of several sizes.</summary>
    internal static long Operations(IReadOnlyList<AffineLayer> layers) => layers.Sum(l => (l.PassesGradient ? 6L : 4L) * l.Times * l.Rows * l.In * l.Out);

    /// <inheritdoc/>
    public double[] Run(int steps)
    {
        var seconds = new double[steps];
        for (var i = 0; i < steps; i++)
        {
            using var inner = torch.NewDisposeScope();
            var start = Stopwatch.GetTimestamp();
            Tensor? last = null;
            foreach (var (a, b, times) in products)
            {
                for (var n = 0; n < times; n++)
                {
                    last?.Dispose();
                    last = a.mm(b);
                }
            }

            if (last!.device.type != DeviceType.CPU) _ = last[0, 0].item<float>(); // wait for the device
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }

    public void Dispose() => scope.Dispose();
}

/// <summary>An affine layer whose products are measured.</summary>
/// <param name="Rows">How many vectors it maps at once.</param>
/// <param name="In">Their size.</param>
/// <param name="Out">The size of what it maps them to.</param>
internal readonly record struct AffineLayer(int Rows, int In, int Out)
{
    /// <summary>How often it does so in a step.</summary>
    internal int Times { get; init; } = 1;

    /// <summary>Whether its input has a gradient.</summary>
    internal bool PassesGradient { get; init; } = true;
}
