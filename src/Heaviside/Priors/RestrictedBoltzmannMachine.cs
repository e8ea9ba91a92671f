using Heaviside.Numerics;
using TorchSharp.Utils;

namespace Heaviside.Priors;

/// <summary>Two sides of bits that depend on each other only across: -E(z) = a z1 + b z2 + z2 W z1.</summary>
/// <remarks>
/// <para>z = [z1, z2], the left side first. Given one side, the units of the other are independent: <see cref="RightLogits"/>,
/// <see cref="LeftLogits"/>. All parameters begin at 0, where every state is equally likely.</para>
/// <para>Shapes: a <c>[L]</c>, b <c>[R]</c>, W <c>[R, L]</c>, z <c>[..., L + R]</c>. Reference: arXiv:1805.07349.</para>
/// </remarks>
public sealed class RestrictedBoltzmannMachine : BoltzmannMachine
{
    /// <summary>The most units of the smaller side with which log Z can be computed.</summary>
    internal const int MostSummedUnits = 25;

    /// <summary>A machine with all parameters 0.</summary>
    /// <param name="left">Units of the left side, L.</param>
    /// <param name="right">Units of the right side, R.</param>
    /// <param name="device">Where the parameters are.</param>
    public RestrictedBoltzmannMachine(int left, int right, Device? device = null)
        : base(Positive(left, nameof(left)) + Positive(right, nameof(right)))
    {
        (Left, Right) = (left, right);
        LeftBias = this.AddParameter("left_bias", torch.zeros([left], device: device));
        RightBias = this.AddParameter("right_bias", torch.zeros([right], device: device));
        Weights = this.AddParameter("weights", torch.zeros([right, left], device: device));
    }

    /// <summary>Units of the left side, L.</summary>
    public int Left { get; }

    /// <summary>Units of the right side, R.</summary>
    public int Right { get; }

    /// <summary>a, shape <c>[L]</c>, in nats.</summary>
    [field: ComponentName(Name = "left_bias")]
    public Tensor LeftBias { get; }

    /// <summary>b, shape <c>[R]</c>, in nats.</summary>
    [field: ComponentName(Name = "right_bias")]
    public Tensor RightBias { get; }

    /// <summary>W, shape <c>[R, L]</c>, in nats.</summary>
    [field: ComponentName(Name = "weights")]
    public Tensor Weights { get; }

    /// <inheritdoc/>
    internal override ScalarType Type => Weights.dtype;

    /// <inheritdoc/>
    internal override Device Place => Weights.device;

    /// <summary>The logits of the left units given the right ones, a + z2 W: shape <c>[..., R]</c> to <c>[..., L]</c>.</summary>
    public Tensor LeftLogits(Tensor right)
    {
        Shape.RequireSuffix(right, [Right]);
        return right.MatMul(Weights) + LeftBias;
    }

    /// <summary>The logits of the right units given the left ones, b + W z1: shape <c>[..., L]</c> to <c>[..., R]</c>.</summary>
    public Tensor RightLogits(Tensor left)
    {
        Shape.RequireSuffix(left, [Left]);
        return left.MatMul(Weights.transpose(0, 1)) + RightBias;
    }

    /// <summary>The energy with the right side summed out, -log sum over z2 of exp(-E(z)): shape <c>[..., L]</c> to <c>[...]</c>, in nats.</summary>
    public Tensor FreeEnergy(Tensor left)
    {
        Shape.RequireSuffix(left, [Left]);
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(-(left.MatMul(LeftBias) + Softplus(RightLogits(left))));
    }

    /// <summary>log Z in nats by summing over the states of the smaller side, of 25 units at most, differentiable: shape <c>[]</c> in double precision.</summary>
    /// <exception cref="InvalidOperationException">Both sides have more units.</exception>
    public override Tensor LogPartition()
    {
        if (Math.Min(Left, Right) > MostSummedUnits)
            throw new InvalidOperationException($"LogPartition: {Left} x {Right} units are too many, at most {MostSummedUnits} units of the smaller side can be summed over");
        using var scope = torch.NewDisposeScope();
        var (a, b, w) = (LeftBias.to(ScalarType.Float64), RightBias.to(ScalarType.Float64), Weights.to(ScalarType.Float64));
        return scope.MoveToOuter(new SummedSide().Apply(Left <= Right ? [a, b, w] : [b, a, w.transpose(0, 1)])[0]);
    }

    /// <inheritdoc/>
    private protected override Tensor EnergyOf(Tensor z)
    {
        using var scope = torch.NewDisposeScope();
        var (left, right) = (z.narrow(-1, 0, Left), z.narrow(-1, Left, Right));
        return scope.MoveToOuter(-(left.MatMul(LeftBias) + (right * torch.nn.functional.linear(left, Weights, RightBias)).sum(-1)));
    }

    /// <inheritdoc/>
    private protected override Tensor LogitOf(Tensor z, int unit)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(unit < Left
            ? z.narrow(-1, Left, Right).MatMul(Weights.select(1, unit)) + LeftBias.select(0, unit)
            : z.narrow(-1, 0, Left).MatMul(Weights.select(0, unit - Left)) + RightBias.select(0, unit - Left));
    }

    // The mean of -F(z1) instead of -E(z): its gradient has E[z2 | z1] where that of -E has z2, so less variance.
    /// <inheritdoc/>
    private protected override Tensor SurrogateOf(Tensor samples) => -FreeEnergy(samples.narrow(-1, 0, Left)).mean();

    // The threshold is where log(1 + e^x) is x in double precision too.
    /// <summary>Sum over the last dimension of log(1 + e^x): shape <c>[..., N]</c> to <c>[...]</c>.</summary>
    internal static Tensor Softplus(Tensor logits) => logits.softplus(threshold: 40).sum(-1);

    private static int Positive(int units, string name) =>
        units > 0 ? units : throw new ArgumentOutOfRangeException(name, units, "a side has at least one unit");
}
