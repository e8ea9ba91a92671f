namespace Heaviside.Configuration;

/// <summary>Narrows the range of an inherited option.</summary>
/// <param name="property">The property that is the option.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OptionRangeAttribute(string property) : Attribute
{
    /// <summary>The property that is the option.</summary>
    public string Property => property;

    /// <summary>The smallest value.</summary>
    public required double Least { get; init; }
}
