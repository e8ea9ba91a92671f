using System.Text.RegularExpressions;

namespace Heaviside.Numerics;

/// <summary>The arguments of a schedule's text form, asked for one by one: by name, or by place while there are unnamed ones.</summary>
/// <remarks>Every problem is a <see cref="FormatException"/> with a phrase that fits after a colon.</remarks>
internal sealed partial class ScheduleArguments
{
    private readonly Queue<string> unnamed = new();
    private readonly Dictionary<string, string> named = new(StringComparer.OrdinalIgnoreCase);

    public ScheduleArguments(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        foreach (var argument in CommaOutsideBrackets().Split(text).Select(a => a.Trim()))
        {
            var pair = argument.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length == 2)
            {
                if (!named.TryAdd(pair[0], pair[1])) throw new FormatException($"{pair[0]} is given twice");
            }
            else if (named.Count > 0)
                throw new FormatException($"'{argument}' has no name but follows an argument that has one");
            else
                unnamed.Enqueue(argument);
        }
    }

    public double Number(string name, double? fallback = null)
    {
        if (Take(name) is not { } text) return fallback ?? throw Missing(name);
        return ToNumber(name, text);
    }

    /// <summary>A list of numbers, or one alone.</summary>
    public double[] Numbers(string name)
    {
        var text = Take(name) ?? throw Missing(name);
        return text is ['[', .. string inner, ']'] ? [.. inner.Split(',').Select(item => ToNumber(name, item.Trim()))] : [ToNumber(name, text)];
    }

    public long Integer(string name, long? fallback = null)
    {
        if (Take(name) is not { } text) return fallback ?? throw Missing(name);
        return ToInteger(name, text);
    }

    public long[] Integers(string name)
    {
        var text = Take(name) ?? throw Missing(name);
        if (text is not ['[', .. string inner, ']']) throw new FormatException($"{name} is '{text}', expected a list such as [100, 200]");
        return string.IsNullOrWhiteSpace(inner) ? [] : [.. inner.Split(',').Select(item => ToInteger(name, item.Trim()))];
    }

    public void EnsureAllRead()
    {
        if (unnamed.TryPeek(out var extra)) throw new FormatException($"unexpected '{extra}'");
        if (named.Keys.FirstOrDefault() is { } unknown) throw new FormatException($"unknown argument '{unknown}'");
    }

    private string? Take(string name) =>
        named.Remove(name, out var value) || unnamed.TryDequeue(out value) ? value : null;

    private static double ToNumber(string name, string text) =>
        Invariant.TryParse(text, out double value) ? value : throw new FormatException($"{name} is '{text}', expected a number");

    private static long ToInteger(string name, string text) =>
        Invariant.TryParse(text, out long value) ? value : throw new FormatException($"{name} is '{text}', expected a whole number");

    private static FormatException Missing(string name) => new($"{name} is missing");

    [GeneratedRegex(@",(?![^\[\]]*\])", RegexOptions.CultureInvariant)]
    private static partial Regex CommaOutsideBrackets();
}
