namespace Heaviside.Pictures;

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
