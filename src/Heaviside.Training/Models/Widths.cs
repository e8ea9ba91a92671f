using System.Runtime.CompilerServices;

namespace Heaviside.Models;

/// <summary>Widths of layers of which there must be one.</summary>
internal static class Widths
{
    /// <summary>The widths, if there is one.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal static IReadOnlyList<int> NotNone(IReadOnlyList<int> widths, [CallerMemberName] string property = "") =>
        widths.Count > 0 ? widths : throw new ArgumentException("must have one number at least", property);
}
