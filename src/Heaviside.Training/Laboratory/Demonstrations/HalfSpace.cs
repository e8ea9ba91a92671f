using Heaviside.Numerics;
using Heaviside.Regularizers;

namespace Heaviside.Laboratory.Demonstrations;

/// <summary>A function on the plane that turns into the indicator of a half-plane while its Gaussian volume stays, as it is made stable
/// to noise in its input.</summary>
/// <remarks>
/// <para>The loss is mean weight * (batch mean of f - volume)^2 - weight * maximand. Mean-centered stability alone leads to the volume
/// 1/2, plain stability to 1: it is the first term that keeps another one. It leads to a half-plane only if rho1 + rho2 is at most 1.</para>
/// <para>Reference: Stability Regularization for Discrete Representation Learning, submitted to ICLR 2022 (no arXiv id), figure 2;
/// the function and its training are not given there. By Borell's theorem nothing of that volume is more stable.</para>
/// </remarks>
public sealed class HalfSpace : Demonstration
{
    internal const double Seen = 3; // from the origin to the edges of a picture

    private readonly StableFunction f;
    private readonly GaussianPlane plane;
    private readonly double untrained;

    /// <summary>A demonstration that is about to start.</summary>
    public HalfSpace(HalfSpaceOptions options)
    {
        f = new(options, inputs: 2);
        plane = new(f.Device);
        using var scope = torch.NewDisposeScope();
        untrained = plane.Mean(plane.ValuesOf(f.At));
        f.Mean = options.Volume > 0 ? options.Volume : untrained;
    }

    /// <inheritdoc/>
    public override string Title => "noise stability on the plane";

    /// <inheritdoc/>
    public override string Conditions => $"N(0, I) in the plane; {f.Conditions}; expectations by quadrature, stability at rho {Invariant.Format(f.Rho)}";

    /// <inheritdoc/>
    public override long Steps => f.Steps;

    /// <inheritdoc/>
    public override void Dispose()
    {
        plane.Dispose();
        f.Dispose();
    }

    private protected override void Step(long step) => f.Step(step);

    private protected override IReadOnlyList<ILabRow> Report(long step, bool isLast)
    {
        using var scope = torch.NewDisposeScope();
        var values = plane.ValuesOf(f.At);
        var volume = plane.Mean(values);
        return
        [
            new HalfSpaceRow(
                step, volume, volume - untrained, plane.Stability(values, f.Rho), HalfSpaceStability.Of(volume, f.Rho),
                plane.Mean(torch.minimum(values, 1 - values)), plane.DistanceFromHalfPlane(values), GaussianPlane.Picture(values, Seen)),
        ];
    }
}
