using System.Text.RegularExpressions;

namespace Heaviside.Numerics;

/// <summary>The text form of schedules: a number, or <c>name(value, ..., key=value, ...)</c>.</summary>
internal static partial class ScheduleText
{
    private const string Forms =
        "0.5, linear(FROM, TO, steps=N[, delay=N]), cosine(FROM, TO, steps=N[, delay=N]), " +
        "exponential(START, rate=R[, floor=F][, every=N]), steps(START, FACTOR or [FACTOR, ...], at=[N, ...])";

    public static Schedule Parse(string text)
    {
        if (Invariant.TryParse(text, out double constant)) return constant;
        var call = Call().Match(text);
        if (!call.Success) throw Bad(text, "not understood");
        try
        {
            var arguments = new ScheduleArguments(call.Groups["arguments"].Value);
            Schedule schedule = call.Groups["name"].Value.ToLowerInvariant() switch
            {
                "linear" => new LinearSchedule(arguments.Number("from"), arguments.Number("to"), arguments.Integer("steps"))
                {
                    Delay = arguments.Integer("delay", 0),
                },
                "cosine" => new CosineSchedule(arguments.Number("from"), arguments.Number("to"), arguments.Integer("steps"))
                {
                    Delay = arguments.Integer("delay", 0),
                },
                "exponential" => new ExponentialSchedule(arguments.Number("start"), arguments.Number("rate"))
                {
                    Floor = arguments.Number("floor", 0),
                    Every = arguments.Integer("every", 1),
                },
                "steps" => new StepSchedule(arguments.Number("start"), arguments.Numbers("factor"), arguments.Integers("at")),
                string name => throw new FormatException($"unknown schedule '{name}'"),
            };
            arguments.EnsureAllRead();
            return schedule;
        }
        catch (FormatException error)
        {
            throw Bad(text, error.Message);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw Bad(text, $"{error.ParamName} is {Shown(error.ActualValue)}, {error.Message.Split(" (Parameter")[0]}");
        }
    }

    /// <summary>Writes the call; a named argument that has its default is left out.</summary>
    public static string Format(string name, double[] values, params (string Key, double Value, double? Default)[] named)
    {
        var keyed = from n in named where n.Value != n.Default select $"{n.Key}={Invariant.Format(n.Value)}";
        return $"{name}({string.Join(", ", values.Select(Invariant.Format).Concat(keyed))})";
    }

    private static string? Shown(object? value) => value is double number ? Invariant.Format(number) : value?.ToString();

    private static InputException Bad(string text, string reason) => new($"schedule '{text}': {reason}; the forms are {Forms}");

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z]+)\s*\((?<arguments>.*)\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Call();
}
