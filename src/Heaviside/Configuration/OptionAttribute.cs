namespace Heaviside.Configuration;

/// <summary>Declares an init property as an option: recipes, the command line, help and documentation read its name, description, range
/// and default from here.</summary>
/// <remarks>The type is a whole number, a number, <c>bool</c>, a text, an enum, a <see cref="Numerics.Schedule"/>, a list of one of these but the
/// last, or what is parsed from a text (<see cref="IParsable{TSelf}"/>). The default is the property's value in a new object; one that depends
/// on other options is computed by the getter, and is declared below them.</remarks>
/// <param name="description">One line of what it does.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string description) : Attribute
{
    /// <summary>One line of what it does.</summary>
    public string Description => description;

    /// <summary>Its name in kebab case; null, the default: that of the property.</summary>
    public string? Name { get; init; }

    /// <summary>The smallest value of a number, of each number of a list, or of a schedule at any step; default no bound.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value likewise; default no bound.</summary>
    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>The property on whose value it depends whether there is this option; null, the default: there always is.</summary>
    public string? If { get; init; }

    /// <summary>The value of <see cref="If"/> with which there is this option.</summary>
    public object? Is { get; init; }
}
