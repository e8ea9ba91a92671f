using Heaviside.Configuration;
using Heaviside.Estimators;

namespace Heaviside.Laboratory;

/// <summary>An estimator of the catalogue with settings of its own, as one word: <c>rebar(temperature=0.1, learn-temperature=false)</c>.</summary>
/// <param name="Name">The word, by which results call it.</param>
/// <param name="Entry">The estimator.</param>
/// <param name="Given">Its settings that are not as by default.</param>
public sealed record EstimatorChoice(string Name, EstimatorEntry Entry, IReadOnlyList<KeyValuePair<string, string>> Given)
{
    /// <summary>Reads one choice.</summary>
    /// <exception cref="InputException">It is none, or the estimator does not have these settings.</exception>
    public static EstimatorChoice Parse(string text)
    {
        text = text.Trim();
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0) return new(text, EstimatorCatalog.All.Find(text), []);
        if (text[^1] != ')') throw new InputException($"estimator '{text}': expected NAME or NAME(setting=value, ...)");
        var choice = new EstimatorChoice(text, EstimatorCatalog.All.Find(text[..open].Trim()), [.. Split(text[(open + 1)..^1]).Select(s => Pair(s, text))]);
        choice.Create(choice.Entry.Example).Dispose();
        return choice;
    }

    /// <summary>Reads choices that are separated by commas, those within brackets apart.</summary>
    /// <exception cref="InputException">One of them is none, or is there twice.</exception>
    public static IReadOnlyList<EstimatorChoice> ParseList(string text)
    {
        EstimatorChoice[] choices = [.. Split(text).Select(Parse)];
        if (choices.Length == 0) throw new InputException("no estimator is named; list some with commas between them, such as reinforce,rebar");
        return choices.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new InputException($"the estimator '{twice.Key}' is listed twice")
            : choices;
    }

    /// <summary>The choice with a setting changed; unchanged if it has one already.</summary>
    public EstimatorChoice With(string setting, string value) =>
        Given.Any(s => s.Key == setting) ? this : this with { Given = [.. Given, new(setting, value)] };

    /// <summary>Whether the estimator has a setting that this choice leaves as it is by default.</summary>
    public bool Leaves(string setting)
    {
        var settings = new Settings(Given);
        Entry.Example(settings).Dispose();
        return settings.Resolved.Any(s => s.Key == setting) && !settings.Has(setting);
    }

    /// <summary>Makes the estimator.</summary>
    public GradientEstimator Create(EstimatorInput input) => Create(settings => Entry.Create(settings, input));

    /// <summary>Makes the estimator by other means than the entry's own.</summary>
    /// <exception cref="InputException">A setting is unknown or wrong.</exception>
    internal GradientEstimator Create(Func<Settings, GradientEstimator> create)
    {
        try
        {
            var settings = new Settings(Given);
            var estimator = create(settings);
            settings.EnsureAllRead();
            return estimator;
        }
        catch (InputException error)
        {
            throw new InputException($"estimator '{Name}': {error.Message}", error);
        }
    }

    private static KeyValuePair<string, string> Pair(string text, string choice) => text.IndexOf('=', StringComparison.Ordinal) is var at and > 0
        ? new(text[..at].Trim(), text[(at + 1)..].Trim())
        : throw new InputException($"estimator '{choice}': '{text.Trim()}' is no setting; expected setting=value");

    // At commas that are in no brackets: schedules and lists have some of their own.
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is '(' or '[') depth++;
            else if (i < text.Length && text[i] is ')' or ']') depth--;
            if (i < text.Length && (text[i] != ',' || depth > 0)) continue;
            if (!string.IsNullOrWhiteSpace(text[start..i])) parts.Add(text[start..i]);
            start = i + 1;
        }

        return parts;
    }
}
