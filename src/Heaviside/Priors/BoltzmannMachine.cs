using Heaviside.Numerics;

namespace Heaviside.Priors;

/// <summary>A law of N bits given by an energy: p(z) = exp(-E(z)) / Z.</summary>
/// <remarks>
/// <para>The energy is multilinear: of degree at most 1 in each unit with the others held. Then its least value over [0, 1]^N
/// lies at a corner, which is what makes exp(-E) at relaxed units a valid stand-in: arXiv:1805.07349, theorems 1 and 2.</para>
/// <para>Units are 0 or 1, energies are in nats. Shapes: z <c>[..., N]</c>, such as <c>[P, B, N]</c>; hard or relaxed.</para>
/// </remarks>
public abstract class BoltzmannMachine : Component
{
    /// <summary>The most units whose states can be enumerated: as many as a discrete law may have.</summary>
    internal const int MostUnits = 22;

    private protected BoltzmannMachine(int units)
        : base(nameof(BoltzmannMachine)) =>
        Units = units > 0 ? units : throw new ArgumentOutOfRangeException(nameof(units), units, "a machine has at least one unit");

    /// <summary>The number of units, N.</summary>
    public int Units { get; }

    /// <summary>E(z), differentiable in the parameters and in z.</summary>
    /// <param name="z">Shape <c>[..., N]</c>, values in [0, 1].</param>
    /// <returns>Shape <c>[...]</c>, in nats.</returns>
    /// <exception cref="ArgumentException">The last dimension is not N.</exception>
    public Tensor Energy(Tensor z)
    {
        Shape.RequireSuffix(z, [Units]);
        return EnergyOf(z);
    }

    /// <summary>log p(z_i = 1 | others) - log p(z_i = 0 | others) = E(z with z_i = 0) - E(z with z_i = 1), in nats.</summary>
    /// <param name="z">Shape <c>[..., N]</c>; what unit i is does not matter.</param>
    /// <param name="unit">The unit i.</param>
    /// <returns>Shape <c>[...]</c>.</returns>
    public Tensor ConditionalLogit(Tensor z, int unit)
    {
        Shape.RequireSuffix(z, [Units]);
        ArgumentOutOfRangeException.ThrowIfNegative(unit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unit, Units);
        return LogitOf(z, unit);
    }

    /// <summary>All states, as binary numbers whose first digit is unit 0: shape <c>[2^N, N]</c> of 0 and 1 in double precision.</summary>
    /// <exception cref="InvalidOperationException">There are more than 22 units.</exception>
    public Tensor Enumerate() => Units <= MostUnits
        ? States(Units, 0, 1L << Units)
        : throw new InvalidOperationException($"Enumerate: 2^{Units} states are too many, at most {MostUnits} units can be summed over");

    /// <summary>log Z in nats by summing over all states, differentiable: shape <c>[]</c>.</summary>
    /// <exception cref="InvalidOperationException">There are too many states.</exception>
    public virtual Tensor LogPartition()
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter((-Energy(Enumerate().to(Type, Place))).logsumexp(0));
    }

    /// <summary>A scalar whose backward pass gives the gradient of log Z, estimated from samples of the machine; its value is not log Z.</summary>
    /// <remarks>grad log Z = -E[grad E(z)]: the mean of -E over the samples, which count as constants.</remarks>
    /// <param name="samples">Shape <c>[C, N]</c>, of 0 and 1.</param>
    /// <returns>Shape <c>[]</c>.</returns>
    public Tensor LogPartitionSurrogate(Tensor samples)
    {
        Shape.Require(samples, [-1, Units]);
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(SurrogateOf(samples.detach()));
    }

    /// <summary>Refuses parameters that nothing can be drawn or summed with.</summary>
    /// <exception cref="InvalidOperationException">One is NaN or infinite, or so large that a logit in single precision might be; the message names it.</exception>
    internal void RequireFinite()
    {
        const double Largest = 1e37; // of what is added up
        using var scope = torch.NewDisposeScope();
        foreach (var (name, parameter) in named_parameters())
            if (!(parameter.detach().abs().sum().Number() <= Largest))
                throw new InvalidOperationException($"the Boltzmann machine's '{name}' is not finite: it has a NaN or an infinity, or numbers that add up to more than 1e37");
    }

    /// <summary>Whether <see cref="LogPartition"/> can be computed.</summary>
    internal virtual bool CanSum => Units <= MostUnits;

    /// <summary>The element type of the parameters.</summary>
    internal abstract ScalarType Type { get; }

    /// <summary>Where the parameters are.</summary>
    internal abstract Device Place { get; }

    /// <summary>E(z) for z of a checked shape, <c>[..., N]</c> to <c>[...]</c>.</summary>
    private protected abstract Tensor EnergyOf(Tensor z);

    /// <summary>The logit of a unit given the others, <c>[..., N]</c> to <c>[...]</c>.</summary>
    private protected abstract Tensor LogitOf(Tensor z, int unit);

    /// <summary>The surrogate for samples <c>[C, N]</c>.</summary>
    private protected virtual Tensor SurrogateOf(Tensor samples) => -EnergyOf(samples).mean();

    /// <summary>Some states of some units, as binary numbers: shape <c>[to - from, n]</c> in double precision.</summary>
    internal static Tensor States(int units, long from, long to)
    {
        using var scope = torch.NewDisposeScope();
        var numbers = torch.arange(from, to, ScalarType.Int64).unsqueeze(1);
        var places = torch.tensor(Enumerable.Range(0, units).Select(i => 1L << (units - 1 - i)).ToArray());
        return scope.MoveToOuter(numbers.bitwise_and(places).ne(0).to(ScalarType.Float64));
    }
}
