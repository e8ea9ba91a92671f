namespace Heaviside.Configuration;

/// <summary>Declares a property whose object has options of its own, which count as options of the owner.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionGroupAttribute : Attribute;
