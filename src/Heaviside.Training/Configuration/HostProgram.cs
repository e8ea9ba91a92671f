namespace Heaviside.Configuration;

/// <summary>The program that this is part of: what help and messages tell a person to type.</summary>
internal static class HostProgram
{
    /// <summary>Its name.</summary>
    internal static string Name { get; set; } = "heaviside";
}
