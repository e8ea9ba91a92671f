namespace Heaviside.Studies;

/// <summary>A picture that the runs of a study make: one is shown for every row and column, that of its first seed.</summary>
/// <param name="Name">What it shows: "snapshots".</param>
/// <param name="File">The file in the folder of a run.</param>
public sealed record StudyPicture(string Name, string File);
