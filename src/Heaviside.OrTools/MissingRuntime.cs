using System.Runtime.InteropServices;

namespace Heaviside.OrTools;

/// <summary>What to tell whoever lacks the native library of OR-Tools.</summary>
internal static class MissingRuntime
{
    /// <summary>The error to throw instead of one that loading the library caused; null if it was caused by something else.</summary>
    internal static InputException? Explain(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
            if (cause is DllNotFoundException or BadImageFormatException)
                return new InputException($"the oracle cp-sat needs the native library of OR-Tools: add the package Google.OrTools.runtime.{Platform} to the program (dotnet add package), or choose another oracle", error);
        return null;
    }

    private static string Platform =>
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
}
