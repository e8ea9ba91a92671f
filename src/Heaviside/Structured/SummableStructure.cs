using System.Collections.Concurrent;
using Heaviside.Kernels;
using Heaviside.Numerics;

namespace Heaviside.Structured;

/// <summary>A structure over whose assignments sums are taken in polynomial time: those of the law in which an assignment z has a probability
/// proportional to exp(sum_i s_i z_i).</summary>
/// <remarks>
/// <para>The examples of a batch are summed over independently, in double precision in CPU memory, on as many threads as the calling one has
/// joined (<see cref="Team"/>); the result does not depend on how many these are.</para>
/// <para>A new one gives a <see cref="GibbsSolver"/>.</para>
/// </remarks>
public abstract class SummableStructure : StructureOracle
{
    // The numbers of a few examples: some ten microseconds of work.
    private const int Grain = 256;

    private readonly ConcurrentDictionary<int, ConcurrentBag<GibbsSolver>> idle = [];

    /// <summary>The probability of each bit to be 1: the gradient of <see cref="LogPartition"/>.</summary>
    /// <param name="scores">In nats, shape <c>[..., N]</c>, finite.</param>
    /// <returns>Shape <c>[..., N]</c>, with the type and on the device of the scores; its gradient is the exact one, its second is none.</returns>
    /// <exception cref="NonFiniteException">A score is NaN or infinite.</exception>
    /// <exception cref="ArgumentException">The structure has no assignment of so many bits.</exception>
    public Tensor Marginals(Tensor scores) => Sums(scores).Marginals;

    /// <summary>The logarithm of the sum of exp(score) over all assignments, in nats.</summary>
    /// <param name="scores">In nats, shape <c>[..., N]</c>, finite.</param>
    /// <returns>Shape <c>[...]</c>, with the type and on the device of the scores; its gradient is <see cref="Marginals"/>.</returns>
    /// <exception cref="NonFiniteException">A score is NaN or infinite.</exception>
    /// <exception cref="ArgumentException">The structure has no assignment of so many bits.</exception>
    public Tensor LogPartition(Tensor scores) => Sums(scores).LogPartition;

    /// <summary>Draws assignments.</summary>
    /// <param name="scores">In nats, shape <c>[B, N]</c>, finite.</param>
    /// <param name="samples">How many draws S for each example.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <returns>Shape <c>[S, B, N]</c> of 0 and 1, with the type and on the device of the scores, without a gradient.</returns>
    /// <exception cref="NonFiniteException">A score is NaN or infinite.</exception>
    /// <exception cref="ArgumentException">The structure has no assignment of so many bits, or the shape is another.</exception>
    public Tensor Sample(Tensor scores, long samples, Generator rng)
    {
        Shape.Require(scores, [-1, -1]);
        var (batch, bits) = (scores.size(0), Require(scores));
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var (near, drawn) = (Near(scores), torch.empty(Shape.NotNegative([samples, batch, bits]), ScalarType.Float64));
        var numbers = NumbersPerDraw(bits);
        var uniforms = torch.rand([samples, batch, numbers], ScalarType.Float64, rng.device, generator: rng).cpu();
        if (drawn.numel() > 0)
            Solve(bits, (int)batch, (solver, from, to) =>
            {
                var l = near.AsSpan<double>();
                var u = uniforms.AsSpan<double>();
                var z = drawn.AsSpan<double>();
                for (var b = from; b < to; b++)
                {
                    solver.Sum(l.Slice(b * bits, bits));
                    for (var (s, at) = (0, b); s < samples; s++, at += (int)batch) solver.Draw(u.Slice(at * numbers, numbers), z.Slice(at * bits, bits));
                }
            });

        return scope.MoveToOuter(drawn.to(scores.dtype, scores.device));
    }

    /// <summary>Makes a solver for problems of N bits.</summary>
    protected abstract GibbsSolver NewGibbsSolver(int bits);

    /// <summary>Scores as solvers read them.</summary>
    internal static Tensor Near(Tensor scores) => scores.to(ScalarType.Float64, torch.CPU).contiguous();

    /// <summary>Does something for all examples, from one to before another at a time, with a solver of their thread's own.</summary>
    internal void Solve(int bits, int examples, Action<GibbsSolver, int, int> work)
    {
        var solvers = idle.GetOrAdd(bits, _ => []);
        var size = Math.Max(1, Grain / bits);
        Team.Run((examples + size - 1) / size, part =>
        {
            var solver = Take(solvers, bits);
            work(solver, part * size, Math.Min((part + 1) * size, examples));
            solvers.Add(solver);
        });
    }

    private (Tensor Marginals, Tensor LogPartition) Sums(Tensor scores)
    {
        Require(scores);
        return StructureSums.Of(this, scores);
    }

    private int NumbersPerDraw(int bits)
    {
        var solvers = idle.GetOrAdd(bits, _ => []);
        var solver = Take(solvers, bits);
        solvers.Add(solver);
        return solver.NumbersPerDraw;
    }

    private GibbsSolver Take(ConcurrentBag<GibbsSolver> solvers, int bits) => solvers.TryTake(out var solver) ? solver : NewGibbsSolver(bits);

    private int Require(Tensor scores)
    {
        if (scores.dim() == 0) throw new ArgumentException("scores: expected shape [..., N], got []", nameof(scores));
        RequireBits((int)scores.size(-1));
        Numbers.Finite(scores);
        return (int)scores.size(-1);
    }
}
