using System.Text.RegularExpressions;

namespace Heaviside.Tools.OperatorGenerator;

/// <summary>One parameter of an operator, as the schema writes it.</summary>
internal sealed record Parameter(string Type, string Name, string? Default, bool IsMutated)
{
    /// <summary>Whether callers are not offered it: it takes the schema's default.</summary>
    internal bool IsHidden { get; init; }
}

/// <summary>An operator schema, such as <c>aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor</c>.</summary>
internal sealed partial record Schema(string Text, string Name, string Overload, Parameter[] Parameters, string[] Returns, string[] ReturnNames)
{
    internal string FullName => $"{Name}.{Overload}";

    internal static Schema Parse(string text)
    {
        var match = Line().Match(text);
        var returns = Split(match.Groups["returns"].Value.Trim() is ['(', .. var inner, ')'] ? inner : match.Groups["returns"].Value);
        return new(
            text,
            match.Groups["name"].Value,
            match.Groups["overload"].Value,
            Hide([.. Split(match.Groups["parameters"].Value).Where(p => p != "*").Select(ParseParameter)]),
            [.. returns.Select(r => Alias().Replace(r, "").Split(' ')[0])],
            [.. returns.Select(r => Alias().Replace(r, "").Split(' ') is [_, var name] ? name : "")]);
    }

    // x.mean(0) must not mean "the mean of all, as type number 0", as C# would have it for mean(self, dtype).
    private static Parameter[] Hide(Parameter[] parameters) =>
        parameters is [{ Name: "self" }, { Name: "dtype" } dtype] ? [parameters[0], dtype with { IsHidden = true }] : parameters;

    private static Parameter ParseParameter(string text)
    {
        var mutated = text.Contains("!)", StringComparison.Ordinal);
        var match = ParameterText().Match(Alias().Replace(text, ""));
        return new(match.Groups["type"].Value, match.Groups["name"].Value, match.Groups["default"] is { Success: true } d ? d.Value : null, mutated);
    }

    /// <summary>Splits at the commas that stand outside of brackets.</summary>
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                if (text[start..i].Trim() is { Length: > 0 } part) parts.Add(part);
                start = i + 1;
            }
            else if (text[i] is '(' or '[')
            {
                depth++;
            }
            else if (text[i] is ')' or ']')
            {
                depth--;
            }
        }

        return parts;
    }

    [GeneratedRegex(@"^aten::(?<name>\w+)(\.(?<overload>\w+))?\((?<parameters>.*)\) -> (?<returns>.*)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"\([a-z|]+(!|( -> \*))?\)")]
    private static partial Regex Alias();

    [GeneratedRegex(@"^(?<type>\S+) (?<name>\w+)(=(?<default>.*))?$")]
    private static partial Regex ParameterText();
}
