namespace Heaviside.Pictures;

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
