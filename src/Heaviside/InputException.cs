namespace Heaviside;

/// <summary>Something the caller supplied is wrong: a file, a name, a setting, an option.</summary>
/// <remarks>The message is one line that a person can act on: what is wrong, where, and what to do.
/// The command line prints it without a stack trace and exits with code 2.</remarks>
public sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
