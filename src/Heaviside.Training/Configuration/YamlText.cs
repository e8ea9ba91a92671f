using System.Text;
using Heaviside.Numerics;

namespace Heaviside.Configuration;

/// <summary>Writes texts as YAML: bare where no reader can misunderstand, else in double quotes.</summary>
internal static class YamlText
{
    private const string BareSymbols = " _-+./(),=[]";

    /// <summary>A setting's text: a list as a flow sequence, anything else as a scalar.</summary>
    public static string Value(string text)
    {
        if (text is not ['[', .., ']']) return Scalar(text);
        var items = TextList.Split(text);
        return items.All(TextList.IsItem) && TextList.Format(items) == text
            ? $"[{string.Join(", ", items.Select(Scalar))}]"
            : Quoted(text);
    }

    /// <summary>Any text as one scalar on one line.</summary>
    public static string Scalar(string text) => IsBare(text) ? text : Quoted(text);

    private static bool IsBare(string text) =>
        text.Length > 0
        && (char.IsAsciiLetterOrDigit(text[0]) || (text[0] is '-' or '.' && text.Length > 1 && char.IsAsciiDigit(text[1])))
        && text[^1] != ' '
        && text.All(c => char.IsAsciiLetterOrDigit(c) || BareSymbols.Contains(c));

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or > '\uFFFD' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        return quoted.Append('"').ToString();
    }
}
