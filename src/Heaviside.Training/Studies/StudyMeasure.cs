namespace Heaviside.Studies;

/// <summary>A number that a study reports of every cell.</summary>
/// <param name="Name">What it is called: "training bound".</param>
/// <param name="Unit">Its unit: "nats per image".</param>
/// <param name="Bound">Which kind of bound it is, or why it is none; on which images, with how many samples.</param>
/// <param name="Reading">Where it is in the files of a run.</param>
/// <param name="Paper">The paper's numbers by the names of row and column; those that it does not report are left out.</param>
public sealed record StudyMeasure(
    string Name, string Unit, string Bound, StudyReading Reading, IReadOnlyDictionary<(string Row, string Column), PaperNumber> Paper);
