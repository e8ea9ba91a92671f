namespace Heaviside.Pictures;

/// <summary>One drawing of a <see cref="PanelChart"/>.</summary>
/// <param name="Name">What is written above it.</param>
/// <param name="Lines">What is drawn, the first below the others.</param>
public sealed record Panel(string Name, IReadOnlyList<PanelLine> Lines);

/// <summary>A line through points, in any unit that the other lines of the drawing have too.</summary>
/// <param name="X">Horizontal places.</param>
/// <param name="Y">Vertical places, as many.</param>
public sealed record PanelLine(IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Which color of the charts' list; null, the default: gray.</summary>
    public int? Color { get; init; }

    /// <summary>How it is drawn; default without gaps.</summary>
    public PanelStroke Stroke { get; init; }

    /// <summary>Its width in pixels; default 1.5.</summary>
    public float Width { get; init; } = 1.5f;

    /// <summary>Whether its points are drawn as dots in place of the line; default false.</summary>
    public bool IsDot { get; init; }
}

/// <summary>How a line is drawn.</summary>
public enum PanelStroke
{
    /// <summary>Without gaps.</summary>
    Solid,

    /// <summary>In long dashes.</summary>
    Dashed,

    /// <summary>In dots.</summary>
    Dotted,
}
