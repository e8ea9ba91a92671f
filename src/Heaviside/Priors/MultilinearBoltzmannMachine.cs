using TorchSharp.Utils;

namespace Heaviside.Priors;

/// <summary>Bits whose energy is a sum of products of any degree, a Markov random field: -E(z) = sum_t w_t prod_(i in t) z_i.</summary>
/// <remarks>All weights begin at 0. Shapes: w <c>[T]</c>, one for each term, z <c>[..., N]</c>.</remarks>
/// <example><code>var chain = new MultilinearBoltzmannMachine(4, [[0], [0, 1], [1, 2, 3]]);</code></example>
public sealed class MultilinearBoltzmannMachine : BoltzmannMachine
{
    private readonly int[][] terms;
    private readonly Tensor places;

    /// <summary>A machine with all weights 0.</summary>
    /// <param name="units">The number of units, N.</param>
    /// <param name="terms">The units that each term multiplies, all different.</param>
    /// <param name="device">Where the parameters are.</param>
    /// <exception cref="ArgumentException">A term names no unit, one twice, or one that there is not.</exception>
    public MultilinearBoltzmannMachine(int units, IReadOnlyList<IReadOnlyList<int>> terms, Device? device = null)
        : base(units)
    {
        if (terms.Count == 0) throw new ArgumentException("terms: expected at least one", nameof(terms));
        foreach (var term in terms)
            if (term.Count == 0 || term.Distinct().Count() < term.Count || term.Any(i => i < 0 || i >= units))
                throw new ArgumentException($"terms: expected different units from 0 to {units - 1}, got [{string.Join(", ", term)}]", nameof(terms));

        this.terms = [.. terms.Select(t => t.ToArray())];
        Degree = terms.Max(t => t.Count);
        // Place N stands for a unit that is always 1, so that all terms have as many factors.
        long[] table = [.. this.terms.SelectMany(t => Enumerable.Range(0, Degree).Select(k => k < t.Length ? (long)t[k] : units))];
        places = this.AddBuffer("places", torch.tensor(table, [terms.Count, Degree], device: device));
        Weights = this.AddParameter("weights", torch.zeros([terms.Count], device: device));
    }

    /// <summary>The most units that a term multiplies.</summary>
    public int Degree { get; }

    /// <summary>The units that each term multiplies.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Terms => terms;

    /// <summary>w, shape <c>[T]</c>, in nats.</summary>
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
        return scope.MoveToOuter(-Products(z).MatMul(Weights));
    }

    // Linear in unit i: the terms with it, with that unit at 1.
    /// <inheritdoc/>
    private protected override Tensor LogitOf(Tensor z, int unit)
    {
        using var scope = torch.NewDisposeScope();
        var ones = z.index_fill(-1, torch.tensor([(long)unit], device: z.device), 1);
        var holds = torch.tensor(terms.Select(t => t.Contains(unit)).ToArray(), device: z.device);
        return scope.MoveToOuter(Products(ones).MatMul(Weights * holds.to(Type)));
    }

    // The factors one after another: the derivative of a product is exact at zeros too. [..., N] to [..., T]
    private Tensor Products(Tensor z)
    {
        var padded = torch.cat([z, torch.ones_like(z.narrow(-1, 0, 1))], -1);
        var product = padded.index_select(-1, places.select(1, 0));
        for (var k = 1; k < Degree; k++) product *= padded.index_select(-1, places.select(1, k));
        return product;
    }
}
