
namespace Heaviside.Laboratory.Demonstrations;

/// <summary>The plane with the standard normal law, on a grid: expectations of a function are sums over it, without sampling noise.</summary>
/// <remarks>Trapezoidal rule: within 1e-6 for functions that vary on a scale of several cells, within 2e-3 for indicators. Functions are
/// their values at the grid's places, shape <c>[241, 241]</c>, rows from below, in double precision.</remarks>
internal sealed class GaussianPlane : IDisposable
{
    private const double Limit = 6, Cell = 0.05; // beyond the limit is 4e-9 of the mass
    private const int Size = 241;

    private readonly Tensor x = torch.linspace(-Limit, Limit, Size, ScalarType.Float64).DetachFromDisposeScope();
    private readonly Tensor y, weights, places;

    /// <summary>The grid, and its places on a device.</summary>
    internal GaussianPlane(Device device)
    {
        using var scope = torch.NewDisposeScope();
        y = x.unsqueeze(1).DetachFromDisposeScope();
        weights = Normalized((x.square() * -0.5).exp()).DetachFromDisposeScope();
        places = torch.stack([x.expand([Size, Size]), y.expand([Size, Size])], 2).reshape([Size * Size, 2]).to(ScalarType.Float32).to(device).DetachFromDisposeScope();
    }

    /// <summary>A function on the grid, of places <c>[P, 2]</c>.</summary>
    internal Tensor ValuesOf(Func<Tensor, Tensor> f)
    {
        using var noGrad = torch.no_grad();
        return f(places).to(torch.CPU).to(ScalarType.Float64).reshape([Size, Size]);
    }

    /// <summary>E[f].</summary>
    internal double Mean(Tensor f) => weights.MatMul(f).MatMul(weights).Number();

    /// <summary>E[f(e) f(e')] for two places with correlation rho: e' given e is normal about rho e.</summary>
    internal double Stability(Tensor f, double rho)
    {
        var next = Normalized(((x - (rho * y)).square() / (-2 * (1 - (rho * rho)))).exp());
        return Mean(f * next.MatMul(f).MatMul(next.t()));
    }

    /// <summary>E|f - h| for the half-plane h of the volume of f in the direction in which f grows, that of E[f(e) e].</summary>
    internal double DistanceFromHalfPlane(Tensor f)
    {
        var (right, up) = (Mean(f * x), Mean(f * y));
        var height = ((right * x) + (up * y)) / Math.Max(double.Epsilon, Math.Sqrt((right * right) + (up * up)));
        var boundary = -MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, Mean(f));
        return Mean((f - height.gt(boundary).to(f.dtype)).abs());
    }

    /// <summary>The values at most <paramref name="limit"/> from the origin along both axes, row by row from above.</summary>
    internal static float[] Picture(Tensor f, double limit)
    {
        var margin = (int)Math.Round((Limit - limit) / Cell);
        return f.narrow(0, margin, Size - (2 * margin)).narrow(1, margin, Size - (2 * margin)).flip([0]).to(ScalarType.Float32).contiguous().ToArray<float>();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in new[] { x, y, weights, places }) tensor.Dispose();
    }

    // Rows that sum to 1.
    private static Tensor Normalized(Tensor density) => density / density.sum([-1], keepdim: true);
}
