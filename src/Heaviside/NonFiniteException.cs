namespace Heaviside;

/// <summary>A number is NaN or infinite where it must not be: a parameter of a law, a score, or what a run computed.</summary>
/// <remarks>The message is one line that says which, and where it is known what made it so and where to continue.
/// The command line prints it without a stack trace and exits with code 1.</remarks>
public sealed class NonFiniteException(string message) : ArithmeticException(message);
