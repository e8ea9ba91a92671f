using Heaviside.Studies;

namespace Heaviside.Cli.Reproduction;

/// <summary>Shows the runs of a study to a person or to a program. Called by one thread at a time.</summary>
internal abstract class ReproductionView
{
    /// <summary>Does the work while showing it.</summary>
    internal virtual void Show(Action work) => work();

    /// <summary>The runs are about to begin.</summary>
    internal virtual void Started(StudyResults results, IReadOnlyList<RunProgress> runs, int jobs, string folder) => ReproductionText.WriteHeader(results.Plan, runs, jobs, folder);

    /// <summary>A run has changed; the results are new when it is over.</summary>
    internal abstract void Changed(RunProgress run, StudyResults results);

    /// <summary>Every run is over, or has been stopped.</summary>
    internal virtual void Ended(StudyResults results, IReadOnlyList<RunProgress> runs, string folder) => ReproductionText.WriteResults(results, runs, folder);
}
