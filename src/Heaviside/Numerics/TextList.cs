namespace Heaviside.Numerics;

/// <summary>A list as the text of one setting: <c>[200, 100]</c>. Items hold no commas, brackets or line ends.</summary>
internal static class TextList
{
    public static string Format(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

    /// <summary>The items of <c>[a, b]</c>, <c>a, b</c> or <c>a</c>; none for <c>[]</c> and for blank text.</summary>
    public static string[] Split(string text)
    {
        var inner = text is ['[', .. string within, ']'] ? within : text;
        return string.IsNullOrWhiteSpace(inner) ? [] : inner.Split(',', StringSplitOptions.TrimEntries);
    }

    /// <summary>Whether the text can be one item of a list and be found again.</summary>
    public static bool IsItem(string text) => text.Length > 0 && text.Trim() == text && text.AsSpan().IndexOfAny(",[]\r\n") < 0;
}
