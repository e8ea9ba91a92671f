namespace Heaviside.Data;

/// <summary>The part of a data set that images belong to.</summary>
public enum Split
{
    /// <summary>To learn from.</summary>
    Train,

    /// <summary>To choose settings and the best model by.</summary>
    Validation,

    /// <summary>To report results on.</summary>
    Test,
}
