using System.Numerics;
using Google.OrTools.Sat;

namespace Heaviside.OrTools;

/// <summary>The bits of one problem and the products of its pairs as CP-SAT sees them, under objectives that change.</summary>
/// <remarks>A term is a bit or a product with a score. Products are bound from one side only, so that every objective must
/// give each the sign of its score, or 0.</remarks>
internal sealed class BitProgram
{
    // One thread, a fixed seed and no tolerance. Linear programs of all constraints are what bounds such scores: 10 times as
    // fast with 15 bits. Signals are the program's own matter.
    private const string Parameters =
        "num_workers:1, random_seed:1, linearization_level:2, absolute_gap_limit:0, relative_gap_limit:0, catch_sigint_signal:false";

    private readonly CpModelProto model = new();
    private readonly int bits;

    /// <param name="scores">Whole scores <c>[N + P]</c>: of bits, then of pairs.</param>
    /// <param name="bits">N.</param>
    internal BitProgram(ReadOnlySpan<BigInteger> scores, int bits)
    {
        this.bits = bits;
        var terms = new List<int>();
        for (var i = 0; i < bits; i++) terms.Add(NewVariable(0, 1));
        for (int i = 0, p = bits; i < bits; i++)
            for (var j = i + 1; j < bits; j++, p++)
                terms.Add(scores[p].IsZero ? -1 : NewProduct(i, j, scores[p].Sign));
        Terms = [.. terms];
    }

    /// <summary>The variable of each term, <c>[N + P]</c>; -1 for a pair without a score.</summary>
    internal int[] Terms { get; }

    /// <summary>Finds bits that make the sum of weights times variables largest, and that sum.</summary>
    /// <returns>The bits, <c>[N]</c>, and the largest sum.</returns>
    internal (bool[] Bits, long Sum) Maximize(IReadOnlyList<(int Variable, long Weight)> sum)
    {
        model.Objective = new();
        foreach (var (variable, weight) in sum)
        {
            model.Objective.Vars.Add(variable);
            model.Objective.Coeffs.Add(-weight); // CP-SAT minimizes
        }

        var found = Solve();
        if (found.Status != CpSolverStatus.Optimal) throw new InvalidOperationException($"CP-SAT found no optimum: {found.Status} {found.SolutionInfo}");
        var top = sum.Sum(t => t.Weight * found.Solution[t.Variable]); // what it reports is a double
        var best = new bool[bits];
        model.SolutionHint = new();
        for (var i = 0; i < bits; i++)
        {
            best[i] = found.Solution[i] == 1;
            model.SolutionHint.Vars.Add(i);
            model.SolutionHint.Values.Add(found.Solution[i]);
        }

        return (best, top);
    }

    /// <summary>From now on a sum is at most <paramref name="slack"/> below its maximum.</summary>
    /// <returns>The variable that is the sum less its maximum, between minus the slack and 0.</returns>
    internal int Keep(IReadOnlyList<(int Variable, long Weight)> sum, long maximum, long slack)
    {
        var gap = NewVariable(-slack, 0);
        var linear = new LinearConstraintProto { Domain = { maximum, maximum }, Vars = { gap }, Coeffs = { -1 } };
        foreach (var (variable, weight) in sum)
        {
            linear.Vars.Add(variable);
            linear.Coeffs.Add(weight);
        }

        model.Constraints.Add(new ConstraintProto { Linear = linear });
        return gap;
    }

    /// <summary>Whether other bits than those found, <c>[N]</c>, come within a slack of the maximum, under the last objective.</summary>
    /// <remarks>The sum stays the objective although any such bits will do: without it the linear programs have no direction,
    /// and take 15 times as long with 40 bits and positive scores of pairs.</remarks>
    internal bool HasOther(bool[] found, long maximum, long slack)
    {
        var differs = new BoolArgumentProto();
        for (var i = 0; i < bits; i++) differs.Literals.Add(found[i] ? Not(i) : i);
        model.Constraints.Add(new ConstraintProto { BoolOr = differs });
        model.Objective.Domain.Add([-maximum, slack - maximum]);
        var status = Solve(", stop_after_first_solution:true").Status;
        model.Constraints.RemoveAt(model.Constraints.Count - 1);
        return status switch
        {
            CpSolverStatus.Infeasible => false,
            CpSolverStatus.Optimal or CpSolverStatus.Feasible => true,
            _ => throw new InvalidOperationException($"CP-SAT could not tell whether there is another solution: {status}"),
        };
    }

    private static int Not(int variable) => -variable - 1;

    private int NewVariable(long least, long most)
    {
        model.Variables.Add(new IntegerVariableProto { Domain = { least, most } });
        return model.Variables.Count - 1;
    }

    private int NewProduct(int i, int j, int sign)
    {
        var y = NewVariable(0, 1);
        if (sign > 0) model.Constraints.Add(new ConstraintProto { EnforcementLiteral = { y }, BoolAnd = new() { Literals = { i, j } } });
        else model.Constraints.Add(new ConstraintProto { BoolOr = new() { Literals = { y, Not(i), Not(j) } } });
        return y;
    }

    private CpSolverResponse Solve(string more = "")
    {
        try
        {
            using var solver = new SolveWrapper();
            solver.SetStringParameters(Parameters + more);
            return solver.Solve(model);
        }
        catch (Exception error) when (MissingRuntime.Explain(error) is { } explained)
        {
            throw explained;
        }
    }
}
