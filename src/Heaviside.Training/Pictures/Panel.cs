namespace Heaviside.Pictures;

/// <summary>One drawing of a <see cref="PanelChart"/>.</summary>
/// <param name="Name">What is written above it.</param>
/// <param name="Lines">What is drawn, the first below the others.</param>
public sealed record Panel(string Name, IReadOnlyList<PanelLine> Lines);
