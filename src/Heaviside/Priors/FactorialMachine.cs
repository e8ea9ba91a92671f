using TorchSharp.Utils;

namespace Heaviside.Priors;

/// <summary>Bits without couplings, -E(z) = b z: what a Boltzmann machine is without its weights. Its log Z is exact for any number of units.</summary>
/// <remarks>Shapes: b <c>[N]</c>, z <c>[..., N]</c>. Every state is equally likely at first. As a prior it makes GumBolt the relaxation
/// of arXiv:1611.00712 with bits that are independent in the prior; arXiv:1805.07349, table 2, calls it GumBolt-nW.</remarks>
public sealed class FactorialMachine : BoltzmannMachine
{
    /// <summary>A machine with all parameters 0.</summary>
    /// <param name="units">The number of units, N.</param>
    /// <param name="device">Where the parameters are.</param>
    public FactorialMachine(int units, Device? device = null)
        : base(units) =>
        Bias = this.AddParameter("bias", torch.zeros([units], device: device));

    /// <summary>b, shape <c>[N]</c>: the logit of each unit.</summary>
    [field: ComponentName(Name = "bias")]
    public Tensor Bias { get; }

    /// <inheritdoc/>
    internal override bool CanSum => true;

    /// <inheritdoc/>
    internal override ScalarType Type => Bias.dtype;

    /// <inheritdoc/>
    internal override Device Place => Bias.device;

    // sum_i log(1 + e^b_i); the threshold is where that is b_i in double precision too.
    /// <inheritdoc/>
    public override Tensor LogPartition() => Bias.softplus(threshold: 40).sum();

    /// <inheritdoc/>
    private protected override Tensor EnergyOf(Tensor z) => -z.MatMul(Bias);

    /// <inheritdoc/>
    private protected override Tensor LogitOf(Tensor z, int unit) => Bias.select(0, unit).expand(z.shape[..^1]);
}
