namespace Heaviside.Cli;

/// <summary>A line of a command's help.</summary>
/// <param name="Arguments">What is typed after the program's name.</param>
/// <param name="Meaning">What it does.</param>
internal sealed record Example(string Arguments, string Meaning);
