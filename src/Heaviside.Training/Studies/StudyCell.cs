namespace Heaviside.Studies;

/// <summary>A row and a column of a study with the runs that are there for them.</summary>
/// <param name="Row">The name of the row.</param>
/// <param name="Column">The name of the column.</param>
/// <param name="Runs">The runs: learning rates by seeds; none where the row lacks the column.</param>
/// <param name="PaperSteps">The training steps of the scale <c>paper</c>.</param>
public sealed record StudyCell(string Row, string Column, IReadOnlyList<StudyRun> Runs, long PaperSteps);
