using System.CommandLine;
using System.CommandLine.Parsing;
using System.Numerics;
using Heaviside.Cli.Output;
using Heaviside.Numerics;

namespace Heaviside.Cli.Options;

/// <summary>Options that read their values themselves: what is wrong with one is a line that names the option and says what it must be.</summary>
internal static class CheckedOption
{
    /// <summary>A whole number in a range; null where it is not given.</summary>
    internal static Option<T?> Whole<T>(string name, string description, T least, T most)
        where T : struct, IBinaryInteger<T> =>
        new(name) { Description = description, HelpName = "N", CustomParser = result => Numbers(name, result, least, most) is [var one] ? one : null };

    /// <summary>A whole number in a range, with a default.</summary>
    internal static Option<T> Whole<T>(string name, string description, T least, T most, T fallback)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => fallback,
            CustomParser = result => Numbers(name, result, least, most) is [var one] ? one : fallback,
        };

    /// <summary>Whole numbers in a range; none where they are not given.</summary>
    internal static Option<int[]> Wholes(string name, string value, string description, int least, int most) => new(name)
    {
        Description = description,
        HelpName = value,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => Numbers(name, result, least, most),
    };

    /// <summary>One of some names, the first by default.</summary>
    internal static Option<string> Choice(string name, string value, string description, params string[] names) => new(name)
    {
        Description = description,
        HelpName = value,
        DefaultValueFactory = _ => names[0],
        CustomParser = result => Known(name, result, names) is [var one] ? one : names[0],
    };

    /// <summary>Several of some names; none where they are not given.</summary>
    internal static Option<string[]> Choices(string name, string value, string description, params string[] names) => new(name)
    {
        Description = description,
        HelpName = value,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => Known(name, result, names),
    };

    /// <summary>A switch, which takes no value.</summary>
    internal static Option<bool> Switch(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    private static T[] Numbers<T>(string name, ArgumentResult result, T least, T most)
        where T : struct, IBinaryInteger<T>
    {
        var (low, high) = (long.CreateChecked(least), long.CreateChecked(most));
        var numbers = new List<T>();
        foreach (var text in result.Tokens.Select(t => t.Value))
        {
            if (Invariant.TryParse(text, out long value) && value >= low && value <= high) numbers.Add(T.CreateChecked(value));
            else result.AddError($"{name} must be a whole number {(high == long.MaxValue ? $"of {Format.Of(low)} or more" : $"from {Format.Of(low)} to {Format.Of(high)}")}, got '{text}'");
        }

        return [.. numbers];
    }

    private static string[] Known(string name, ArgumentResult result, string[] names)
    {
        foreach (var text in result.Tokens.Select(t => t.Value).Where(t => !names.Contains(t)))
            result.AddError(Suggestion.Unknown($"value of {name}", text, names).Message);
        return [.. result.Tokens.Select(t => t.Value)];
    }
}
