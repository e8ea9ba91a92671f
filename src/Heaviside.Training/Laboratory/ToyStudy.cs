using Heaviside.Configuration;
using Heaviside.Laws;

namespace Heaviside.Laboratory;

/// <summary>Minimizes E[f] of a small problem with several estimators, each on a trajectory of its own.</summary>
/// <remarks>The toy experiment of arXiv:1703.07370 and arXiv:1711.00123 is the problem <c>one-bit</c>, f(b) = (b - t)^2, with the settings
/// target=0.45 or 0.499 and logit=0.</remarks>
public sealed class ToyStudy : IDisposable
{
    private readonly List<ToyTrainee> trainees = [];
    private readonly double least;

    /// <summary>A study that is about to start.</summary>
    /// <exception cref="InputException">An estimator does not fit the problem, or its f has no least value.</exception>
    public ToyStudy(Problem problem, IEnumerable<EstimatorChoice> choices, ToyOptions options)
    {
        if (problem.Shared is not null) throw new InputException($"the f of the problem '{problem.Name}' depends on the parameters, so that it has no least value to descend to: choose another problem");
        (Problem, Options) = (problem, options);
        using var scope = torch.NewDisposeScope();
        least = problem.F(problem.Law(problem.Parameters.unsqueeze(0)).Enumerate().unsqueeze(1)).min().Number();
        try
        {
            foreach (var choice in choices) trainees.Add(new(choice, problem, options));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The problem, with its initial parameters.</summary>
    public Problem Problem { get; }

    /// <summary>How it is trained.</summary>
    public ToyOptions Options { get; }

    /// <summary>The problem of a name; one-bit with the settings target and logit.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Problem FindProblem(string name, Settings s, Device? device = null)
    {
        if (name == "one-bit")
        {
            var options = s.Fill(new OneBitOptions());
            return ProblemCatalog.OneBit(device, options.Target, options.Logit);
        }

        var problems = ProblemCatalog.All(device);
        return problems.FirstOrDefault(p => p.Name == name) ?? throw Suggestion.Unknown("problem", name, [.. problems.Select(p => p.Name)]);
    }

    /// <summary>Makes sure that settings describe the training of a problem.</summary>
    /// <exception cref="InputException">There is no such problem, or a setting is wrong.</exception>
    internal static void Require(string name, Settings s)
    {
        using var scope = torch.NewDisposeScope();
        FindProblem(name, s);
        s.Fill(new ToyOptions());
    }

    /// <summary>Trains all, step by step, to the end or until <paramref name="stop"/> is requested.</summary>
    /// <param name="every">Steps between reports, 1 or more; there is one before the first step too.</param>
    /// <param name="stop">After this request comes one more report.</param>
    /// <param name="stepped">Is told how many steps are done.</param>
    /// <returns>A row per estimator and report, as they come.</returns>
    public IEnumerable<ToyRow> Run(long every, CancellationToken stop, Action<long>? stepped = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        for (long step = 0; ; step++)
        {
            var ends = step >= Options.Steps || stop.IsCancellationRequested;
            if (ends || step % every == 0)
                foreach (var trainee in trainees) yield return trainee.Report(step, least);
            if (ends) yield break;
            foreach (var trainee in trainees) trainee.Step(step);
            stepped?.Invoke(step + 1);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var trainee in trainees) trainee.Dispose();
    }
}
