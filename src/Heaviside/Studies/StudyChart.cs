namespace Heaviside.Studies;

/// <summary>A figure of a study: a chart for every row, with a line for every column.</summary>
/// <param name="Name">What it shows: "log variance of the gradient".</param>
/// <param name="Unit">The unit of its vertical axis.</param>
/// <param name="Bound">Which kind of bound it shows, or why it is none.</param>
/// <param name="Lines">What is plotted against the step, for every column.</param>
public sealed record StudyChart(string Name, string Unit, string Bound, IReadOnlyList<StudyLine> Lines);
