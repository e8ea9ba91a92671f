using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Heaviside.Structured;

/// <summary>Finds the bits with the highest sum of scores among the assignments of a structure.</summary>
/// <remarks>
/// <para>An assignment z of N bits scores sum_i u_i z_i + sum_(i &lt; j) w_ij z_i z_j. Of equal ones the lowest is best:
/// assignments are ordered as binary numbers whose first digit is bit 0.</para>
/// <para>The examples of a batch are solved independently, in double precision, on as many threads as torch may use;
/// the result does not depend on how many these are. An oracle may be used by several threads at a time.</para>
/// <para>A new one says what it allows and gives an <see cref="ArgmaxSolver"/>; see <c>docs/methods/argmax-oracles.md</c>.</para>
/// </remarks>
public abstract class ArgmaxOracle
{
    // As many as a discrete law may enumerate.
    private const double MaxAssignments = 1 << 22;

    private readonly ConcurrentDictionary<int, ConcurrentBag<ArgmaxSolver>> idle = [];

    /// <summary>Whether every one of the 2^N assignments is allowed.</summary>
    public abstract bool IsFree { get; }

    /// <summary>Whether pairs may have scores.</summary>
    public abstract bool TakesPairs { get; }

    /// <summary>How many assignments of N bits are allowed; infinite if beyond the range of a double.</summary>
    /// <exception cref="ArgumentException">The structure has none of so many bits.</exception>
    public double Assignments(int bits)
    {
        RequireBits(bits);
        return Count(bits);
    }

    /// <summary>All allowed assignments of N bits, lowest first: shape <c>[C, N]</c> of 0 and 1 in single precision, in CPU memory.</summary>
    /// <exception cref="InvalidOperationException">There are more than 4,194,304.</exception>
    public Tensor Enumerate(int bits)
    {
        var count = Assignments(bits);
        if (count > MaxAssignments) throw new InvalidOperationException($"Enumerate: {count:G6} assignments of {bits} bits are too many");
        var table = torch.zeros([(long)count, bits], ScalarType.Float32);
        List(bits, table.AsSpan<float>());
        return table;
    }

    /// <summary>The best assignment of each example.</summary>
    /// <param name="unary">Score of each bit being 1 rather than 0, shape <c>[B, N]</c>, finite.</param>
    /// <param name="pairwise">Score of both bits of a pair being 1, shape <c>[B, N(N-1)/2]</c> in the order of
    /// <see cref="BitPairs"/>, finite; null: none.</param>
    /// <returns>Shape <c>[B, N]</c> of 0 and 1, with the type and on the device of <paramref name="unary"/>, without a gradient.</returns>
    /// <exception cref="ArgumentException">A shape or a score is not as the oracle needs it.</exception>
    /// <exception cref="NonFiniteException">A score is NaN or infinite.</exception>
    public Tensor Maximize(Tensor unary, Tensor? pairwise = null)
    {
        if (unary.dim() != 2) throw new ArgumentException($"unary: expected shape [B, N], got [{string.Join(", ", unary.shape)}]", nameof(unary));
        var (batch, bits) = ((int)unary.size(0), (int)unary.size(1));
        RequireBits(bits);
        RequirePairs(pairwise, batch, bits);

        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var (u, w, best) = (Near(unary), pairwise is null ? null : Near(pairwise), torch.empty([batch, bits], ScalarType.Float64));
        RequireFinite(u, nameof(unary));
        if (w is not null)
        {
            RequireFinite(w, nameof(pairwise));
            RequireScores(w.AsSpan<double>(), bits);
        }

        SolveAll(u, w, best, batch, bits);
        return scope.MoveToOuter(best.to(unary.dtype, unary.device));
    }

    /// <summary>Makes a solver for problems of N bits.</summary>
    protected abstract ArgmaxSolver NewSolver(int bits);

    /// <summary>Throws an <see cref="ArgumentException"/> where the structure has no assignment of N bits, or N are too many.</summary>
    protected virtual void RequireBits(int bits)
    {
        if (bits < 1) throw new ArgumentException($"expected at least 1 bit, got {bits}", nameof(bits));
    }

    /// <summary>Throws an <see cref="ArgumentException"/> where the pair scores of a batch, <c>[B, N(N-1)/2]</c>, are not of the kind that the oracle solves.</summary>
    protected virtual void RequireScores(ReadOnlySpan<double> pairwise, int bits)
    {
    }

    /// <summary>How many assignments of N bits are allowed: 2^N unless overridden.</summary>
    protected virtual double Count(int bits) => Math.Pow(2, bits);

    /// <summary>Writes the ones of all allowed assignments, lowest first, into rows of N zeros: all binary numbers unless overridden.</summary>
    protected virtual void List(int bits, Span<float> table)
    {
        for (int row = 0, at = 0; at < table.Length; row++)
            for (var i = bits - 1; i >= 0; i--) table[at++] = (row >> i) & 1;
    }

    private static Tensor Near(Tensor scores) => scores.to(ScalarType.Float64, torch.CPU).contiguous();

    private static void RequireFinite(Tensor scores, string name)
    {
        foreach (var score in scores.AsSpan<double>())
            if (!double.IsFinite(score)) throw new NonFiniteException($"{name}: expected finite scores, got {score}");
    }

    private void RequirePairs(Tensor? pairwise, int batch, int bits)
    {
        if (pairwise is null) return;
        if (!TakesPairs) throw new ArgumentException($"pairwise: {GetType().Name} takes no scores of pairs; leave them out or choose another oracle", nameof(pairwise));
        if (!pairwise.shape.AsSpan().SequenceEqual([batch, BitPairs.Count(bits)]))
            throw new ArgumentException($"pairwise: expected shape [{batch}, {BitPairs.Count(bits)}], got [{string.Join(", ", pairwise.shape)}]", nameof(pairwise));
    }

    private void SolveAll(Tensor unary, Tensor? pairwise, Tensor best, int batch, int bits)
    {
        var solvers = idle.GetOrAdd(bits, _ => []);
        var threads = Math.Min(torch.get_num_threads(), batch);
        if (threads <= 1)
        {
            Solve(0, batch);
            return;
        }

        // Problems of one batch may differ much in how long they take: several ranges for each thread.
        const int RangesPerThread = 8;
        var ranges = Partitioner.Create(0, batch, Math.Max(1, batch / (threads * RangesPerThread)));
        try
        {
            Parallel.ForEach(ranges, new ParallelOptions { MaxDegreeOfParallelism = threads }, range => Solve(range.Item1, range.Item2));
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]); // as one thread would throw it
        }

        void Solve(int from, int to)
        {
            if (!solvers.TryTake(out var solver)) solver = NewSolver(bits);
            var pairs = BitPairs.Count(bits);
            var u = unary.AsSpan<double>();
            var z = best.AsSpan<double>();
            var w = pairwise is null ? [] : pairwise.AsSpan<double>();
            for (var b = from; b < to; b++)
                solver.Solve(u.Slice(b * bits, bits), w.IsEmpty ? [] : w.Slice(b * pairs, pairs), z.Slice(b * bits, bits));
            solvers.Add(solver);
        }
    }
}
