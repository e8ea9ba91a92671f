using TorchSharp.Utils;

namespace Heaviside.Priors;

/// <summary>Bits of which any two may depend on each other: -E(z) = sum_i b_i z_i + sum_(i &lt; j) w_ij z_i z_j.</summary>
/// <remarks>All parameters begin at 0. Shapes: b <c>[N]</c>, w <c>[N, N]</c>, of which only what lies above the diagonal counts, z <c>[..., N]</c>.</remarks>
public sealed class PairwiseBoltzmannMachine : BoltzmannMachine
{
    /// <summary>A machine with all parameters 0.</summary>
    /// <param name="units">The number of units, N.</param>
    /// <param name="device">Where the parameters are.</param>
    public PairwiseBoltzmannMachine(int units, Device? device = null)
        : base(units)
    {
        Bias = this.AddParameter("bias", torch.zeros([units], device: device));
        Weights = this.AddParameter("weights", torch.zeros([units, units], device: device));
    }

    /// <summary>b, shape <c>[N]</c>, in nats.</summary>
    [field: ComponentName(Name = "bias")]
    public Tensor Bias { get; }

    /// <summary>w, shape <c>[N, N]</c>, in nats: row i and column j of a pair i &lt; j; the rest is not used.</summary>
    [field: ComponentName(Name = "weights")]
    public Tensor Weights { get; }

    /// <inheritdoc/>
    internal override ScalarType Type => Weights.dtype;

    /// <inheritdoc/>
    internal override Device Place => Weights.device;

    /// <inheritdoc/>
    private protected override Tensor EnergyOf(Tensor z)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(-(z.MatMul(Bias) + (z.MatMul(Weights.triu(1)) * z).sum(-1)));
    }

    /// <inheritdoc/>
    private protected override Tensor LogitOf(Tensor z, int unit)
    {
        using var scope = torch.NewDisposeScope();
        var pairs = Weights.triu(1);
        return scope.MoveToOuter(z.MatMul(pairs.select(0, unit) + pairs.select(1, unit)) + Bias.select(0, unit));
    }
}
