namespace Heaviside;

/// <summary>Something the caller supplied is wrong: a file, a name, a setting, an option.</summary>
/// <remarks>The message is one line that a person can act on: what is wrong, where, and what to do. What it quotes of files and servers
/// cannot steer a terminal: control characters become blanks. The command line prints it without a stack trace and exits with code 2.</remarks>
public sealed class InputException(string message, Exception? inner = null) : Exception(OneLine(message), inner)
{
    private static string OneLine(string message) =>
        message.Any(IsControl) ? string.Concat(message.Select(c => IsControl(c) ? ' ' : c)) : message;

    // Those of Unicode's categories Cc, Zl, Zp, and the overrides of writing direction.
    private static bool IsControl(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
