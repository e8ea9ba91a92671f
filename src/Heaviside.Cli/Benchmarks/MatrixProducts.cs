using System.Diagnostics;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The matrix products of one training step of affine layers, alone: what bounds how fast the step can be.</summary>
internal sealed class MatrixProducts : ITimed
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly List<(Tensor A, Tensor B)> products = [];

    /// <param name="batch">Rows per step.</param>
    /// <param name="layers">Inputs and outputs of each layer; the first of them passes no gradient to its input.</param>
    /// <param name="device">Where to multiply.</param>
    internal MatrixProducts(int batch, IReadOnlyList<(int In, int Out)> layers, Device device)
    {
        using var rng = new Generator(1);
        for (var i = 0; i < layers.Count; i++)
        {
            var (x, w, g) = (New(batch, layers[i].In), New(layers[i].Out, layers[i].In), New(batch, layers[i].Out));
            products.Add((x, w.t()));
            products.Add((g.t(), x));
            if (i > 0) products.Add((g, w));
        }

        Tensor New(int rows, int columns) => torch.randn([rows, columns], generator: rng).to(device);
    }

    /// <summary>Multiplications and additions of one step.</summary>
    internal static long Operations(int batch, IReadOnlyList<(int In, int Out)> layers) => layers.Select((l, i) => (i > 0 ? 6L : 4L) * batch * l.In * l.Out).Sum();

    /// <inheritdoc/>
    public double[] Run(int steps)
    {
        var seconds = new double[steps];
        for (var i = 0; i < steps; i++)
        {
            using var inner = torch.NewDisposeScope();
            var start = Stopwatch.GetTimestamp();
            Tensor last = null!;
            foreach (var (a, b) in products) last = a.mm(b);
            if (last.device.type != DeviceType.CPU) _ = last[0, 0].item<float>(); // wait for the device
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }

    public void Dispose() => scope.Dispose();
}
