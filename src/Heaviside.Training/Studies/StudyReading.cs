using System.Text.Json.Nodes;
using Heaviside.Files;

namespace Heaviside.Studies;

/// <summary>Where in a run's files a number is.</summary>
/// <param name="Kind">The <c>kind</c> of the lines of metrics that have it; or, in result.json, which bound or figure it is.</param>
/// <param name="Key">Its key there.</param>
/// <param name="Place">Which of them counts.</param>
public sealed record StudyReading(string Kind, string Key, StudyReadingPlace Place)
{
    /// <summary>The number as of now with the object that it stands in, or null where the run has none yet.</summary>
    public (double Value, JsonObject Object)? Of(RunRecord run)
    {
        var found = Place == StudyReadingPlace.Result ? run.Bounds.Concat(run.Figures).Where(b => b.Text("kind") == Kind) : Lines(run);
        var numbers = found.Select(o => (Value: o.Number(Key), Object: o)).Where(n => n.Value is not null).Select(n => (n.Value!.Value, n.Object)).ToList();
        if (numbers.Count == 0) return null;
        return Place == StudyReadingPlace.Best ? numbers.MaxBy(n => n.Value) : numbers[^1];
    }

    /// <summary>The numbers of all lines with their steps, or with another number that each has; none for a bound of the result. The error is
    /// the standard error of a mean that has one beside it, else NaN.</summary>
    public IEnumerable<(double At, double Value, double Error)> Course(RunRecord run, string against = StudyChart.StepAxis) =>
        from line in Place == StudyReadingPlace.Result ? [] : Lines(run)
        let at = line.Number(against)
        let value = line.Number(Key)
        where at is not null && value is not null
        select (at.Value, value.Value, (Key == "mean" ? line.Number("standard-error") : null) ?? double.NaN);

    private IEnumerable<JsonObject> Lines(RunRecord run) => run.Metrics.Where(line => line.Text("kind") == Kind);
}
