namespace Heaviside.Studies;

/// <summary>A figure of a study: a chart for every row, with a line or a histogram for every column.</summary>
/// <param name="Name">What it shows: "log variance of the gradient".</param>
/// <param name="Unit">The unit of its vertical axis.</param>
/// <param name="Bound">Which kind of bound it shows, or why it is none.</param>
/// <param name="Lines">What is plotted, for every column.</param>
public sealed record StudyChart(string Name, string Unit, string Bound, IReadOnlyList<StudyLine> Lines)
{
    /// <summary>The kind of the lines of metrics that are the bars of a histogram for every column, in place of lines against the step;
    /// null, the default, for a chart of lines. Bars have <c>low</c>, <c>high</c> and <c>share</c>; those of the last step count.</summary>
    public string? Histogram { get; init; }

    /// <summary>The key of the metrics that the horizontal axis shows: <c>step</c> by default, <c>epoch</c> or <c>seconds</c>.</summary>
    public string Against { get; init; } = StepAxis;

    internal const string StepAxis = "step";

    /// <summary>What the horizontal axis may show, with its label.</summary>
    internal static IReadOnlyDictionary<string, string> Axes { get; } =
        new Dictionary<string, string> { [StepAxis] = "training step", ["epoch"] = "epoch", ["seconds"] = "seconds" };
}
