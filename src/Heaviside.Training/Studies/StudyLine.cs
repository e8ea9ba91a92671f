namespace Heaviside.Studies;

/// <summary>One of the lines that a chart has for every column.</summary>
/// <param name="Name">What tells it from the others; empty where it is the only one.</param>
/// <param name="Reading">Where its numbers are in the files of a run.</param>
public sealed record StudyLine(string Name, StudyReading Reading);
