namespace Heaviside.Configuration;

/// <summary>One setting that a component asked for.</summary>
/// <param name="Key">Its name, in kebab case.</param>
/// <param name="Value">The value in force, as text that reads back to the same value.</param>
/// <param name="Default">The value it has when nothing is given.</param>
/// <param name="Range">The values it may take, in words: "1 to 1000", "a schedule".</param>
/// <param name="Description">One line of what it does.</param>
public sealed record Setting(string Key, string Value, string Default, string Range, string Description);
