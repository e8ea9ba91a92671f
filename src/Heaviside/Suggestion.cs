namespace Heaviside;

/// <summary>Finds what a person probably meant by a name that is not known.</summary>
public static class Suggestion
{
    /// <summary>The known name nearest to <paramref name="name"/>, or null when none is near enough to be a slip.</summary>
    /// <remarks>Near: a Damerau-Levenshtein distance of at most 1 plus a quarter of the name's length, ignoring case;
    /// failing that, the first known name that <paramref name="name"/> abbreviates.</remarks>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        string[] names = [.. known];
        var limit = 1 + name.Length / 4;
        string? nearest = null;
        foreach (var candidate in names)
        {
            var distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance > limit || distance >= Math.Max(name.Length, candidate.Length)) continue;
            limit = distance - 1; // only a strictly nearer one replaces it: the first wins a tie
            nearest = candidate;
        }
        return nearest ?? (name.Length < 2 ? null : names.FirstOrDefault(n => n.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The error for an unknown name: what it is, the nearest known name, and all the names there are.</summary>
    /// <param name="kind">What is named, in the singular: "estimator".</param>
    /// <param name="name">The name that was given.</param>
    /// <param name="known">Every name that would have been right.</param>
    public static InputException Unknown(string kind, string name, IEnumerable<string> known)
    {
        string[] names = [.. known];
        var list = names.Length == 0 ? "there are none" : "known: " + string.Join(", ", names);
        return new InputException(Nearest(name, names) is { } nearest
            ? $"unknown {kind} '{name}'; did you mean '{nearest}'? ({list})"
            : $"unknown {kind} '{name}' ({list})");
    }

    /// <summary>Edits that turn one text into the other: insert, delete, replace, or swap two neighbors.</summary>
    internal static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replace, 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        return d[a.Length, b.Length];
    }
}
