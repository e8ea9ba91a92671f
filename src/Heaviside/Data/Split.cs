namespace Heaviside.Data;

/// <summary>The part of a data set that images belong to.</summary>
public enum Split
{
    Train,
    Validation,
    Test,
}
