using System.Text;
using Heaviside.Numerics;

namespace Heaviside.Configuration;

/// <summary>The <c>key: value</c> texts of a run, read with types, ranges and defaults by the components that use them.</summary>
/// <remarks>Reading a setting also records it, so that afterwards <see cref="Resolved"/> is the complete recipe as run,
/// <see cref="Describe"/> documents what the components understand, and <see cref="EnsureAllRead"/> finds misspelled keys.
/// Keys are in kebab case; an underscore counts as a hyphen.</remarks>
/// <exception cref="InputException">A key is given twice, or a value does not parse or is out of its range.</exception>
public sealed class Settings
{
    private readonly OrderedDictionary<string, string> given = [];
    private readonly OrderedDictionary<string, Setting> read = [];

    /// <summary>Settings from the pairs given, none by default; a key may come once.</summary>
    public Settings(IEnumerable<KeyValuePair<string, string>>? given = null)
    {
        foreach (var (key, value) in given ?? [])
            if (!this.given.TryAdd(Kebab(key), value)) throw new InputException($"setting '{Kebab(key)}' is given twice");
    }

    /// <summary>Every setting read so far, in the order of first reading, defaults filled in.</summary>
    public IReadOnlyList<Setting> Resolved => [.. read.Values];

    /// <summary>The texts that were given, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Given => [.. this.given];

    /// <summary>The value in force of a setting that was read, as text.</summary>
    /// <exception cref="KeyNotFoundException">Nobody has read it.</exception>
    public string Value(string key) => read[Kebab(key)].Value;

    /// <summary>Whether a value was given for the key.</summary>
    public bool Has(string key) => this.given.ContainsKey(Kebab(key));

    /// <summary>New, unread settings in which each of <paramref name="overrides"/> replaces the value of its key or is added.</summary>
    public Settings With(IEnumerable<KeyValuePair<string, string>> overrides)
    {
        var merged = new Settings(this.given);
        foreach (var (key, value) in overrides) merged.given[Kebab(key)] = value;
        return merged;
    }

    /// <summary>A whole number.</summary>
    public int Int(string key, int fallback, int min, int max, string description) =>
        (int)Long(key, fallback, min, max, description);

    /// <summary>A whole number of 64 bits.</summary>
    public long Long(string key, long fallback, long min, long max, string description) =>
        Get(key, fallback, "a whole number " + NumberRange.Of(min, max, long.MinValue, long.MaxValue), description, Invariant.Format, text =>
            Invariant.TryParse(text, out long value) && value >= min && value <= max ? value : null);

    /// <summary>A finite number; a bound may be infinite.</summary>
    public double Double(string key, double fallback, double min, double max, string description) =>
        Get(key, fallback, "a number " + NumberRange.Of(min, max, double.NegativeInfinity, double.PositiveInfinity), description, Invariant.Format,
            text => Invariant.TryParse(text, out double value) && value >= min && value <= max ? value : null);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool Bool(string key, bool fallback, string description) =>
        Get(key, fallback, "true or false", description, value => value ? "true" : "false", text => text.ToLowerInvariant() switch
        {
            "true" or "yes" or "on" => true,
            "false" or "no" or "off" => false,
            _ => null,
        });

    /// <summary>Any text, leading and trailing blanks removed.</summary>
    public string Text(string key, string fallback, string description) =>
        Get(key, new Words(fallback), "text", description, value => value.Text, text => new Words(text)).Text;

    /// <summary>One of the given names, in any case.</summary>
    public string Choice(string key, string fallback, IReadOnlyList<string> names, string description)
    {
        if (!names.Contains(fallback)) throw new ArgumentException($"expected one of {string.Join(", ", names)}, got '{fallback}'", nameof(fallback));
        return Get(key, new Words(fallback), "one of " + string.Join(", ", names), description, value => value.Text, text =>
            names.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? new Words(name) : (Words?)null,
            text => Suggestion.Nearest(text, names)).Text;
    }

    /// <summary>Any of the given names: <c>[a, b]</c>, <c>a, b</c> or <c>a</c>, in any case.</summary>
    public IReadOnlyList<string> Choices(string key, IReadOnlyList<string> fallback, IReadOnlyList<string> names, string description)
    {
        string? Find(string text) => names.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        var list = Get(key, new Items<Words>([.. fallback.Select(name => new Words(name))]), "a list of " + string.Join(", ", names), description,
            items => Numerics.TextList.Format(items.Values.Select(item => item.Text)),
            text => Items<Words>.Parse(text, item => Find(item) is { } name ? new Words(name) : null),
            text => Numerics.TextList.Split(text).Where(item => Find(item) is null).Select(item => Suggestion.Nearest(item, names)).FirstOrDefault());
        return [.. list.Values.Select(item => item.Text)];
    }

    /// <summary>Whole numbers: <c>[200, 100]</c>, <c>200, 100</c> or <c>200</c>.</summary>
    public IReadOnlyList<int> IntList(string key, IReadOnlyList<int> fallback, int min, int max, string description) =>
        Get(key, new Items<int>(fallback), $"a list of whole numbers {NumberRange.Of(min, max, int.MinValue, int.MaxValue)}", description,
            list => Numerics.TextList.Format(list.Values.Select(v => Invariant.Format(v))),
            text => Items<int>.Parse(text, item => Invariant.TryParse(item, out long v) && v >= min && v <= max ? (int)v : null)).Values;

    /// <summary>Finite numbers: <c>[0.1, 1e-3]</c>, <c>0.1, 1e-3</c> or <c>0.1</c>.</summary>
    public IReadOnlyList<double> DoubleList(string key, IReadOnlyList<double> fallback, double min, double max, string description) =>
        Get(key, new Items<double>(fallback), $"a list of numbers {NumberRange.Of(min, max, double.NegativeInfinity, double.PositiveInfinity)}", description,
            list => Numerics.TextList.Format(list.Values.Select(Invariant.Format)),
            text => Items<double>.Parse(text, item => Invariant.TryParse(item, out double v) && v >= min && v <= max ? v : null)).Values;

    /// <summary>Texts: <c>[a, b]</c>, <c>a, b</c> or <c>a</c>.</summary>
    public IReadOnlyList<string> TextList(string key, IReadOnlyList<string> fallback, string description) =>
        [.. Get(key, new Items<Words>([.. fallback.Select(item => new Words(item))]), "a list of texts", description,
            items => Numerics.TextList.Format(items.Values.Select(item => item.Text)), text => Items<Words>.Parse(text, item => new Words(item))).Values.Select(item => item.Text)];

    /// <summary>A value as a function of the step, in the text form of <see cref="Numerics.Schedule"/>; whoever takes it checks the range, which is for people here.</summary>
    public Schedule Schedule(string key, Schedule fallback, double min, double max, string description)
    {
        const string Form = "a number or a schedule such as linear(0, 1, steps=5000)";
        var range = NumberRange.Of(min, max);
        return (Schedule)Parsed(key, fallback, description, Numerics.Schedule.Parse, double.IsFinite(min) || double.IsFinite(max) ? $"{Form}, at every step {range}" : Form);
    }

    /// <summary>What is parsed from a text, and written as its <see cref="object.ToString"/> says.</summary>
    internal object Parsed(string key, object fallback, string description, Func<string, object> parse, string range = "text")
    {
        var text = Record(key, $"{fallback}", range, description);
        try
        {
            var value = parse(text);
            Resolve(key, $"{value}");
            return value;
        }
        catch (Exception error) when (error is InputException or FormatException)
        {
            throw new InputException($"setting '{Kebab(key)}': {error.Message}", error);
        }
    }

    /// <summary>Throws for a given key that nobody has read, naming the nearest one that was.</summary>
    /// <param name="later">Keys that will be read later.</param>
    public void EnsureAllRead(params IReadOnlyList<string> later)
    {
        string[] known = [.. read.Keys, .. later];
        foreach (var key in this.given.Keys.Except(known))
            throw Suggestion.Nearest(key, known) is { } nearest ? new InputException($"unknown setting '{key}'; did you mean '{nearest}'?") : Suggestion.Unknown("setting", key, known);
    }

    /// <summary>Every setting read so far as aligned text, one a line: key, default, range, description.</summary>
    public string Describe()
    {
        var keyWidth = read.Keys.Select(k => k.Length).DefaultIfEmpty().Max();
        var defaultWidth = Math.Min(24, read.Values.Select(s => s.Default.Length).DefaultIfEmpty().Max());
        var text = new StringBuilder();
        foreach (var s in read.Values)
            text.Append($"{s.Key.PadRight(keyWidth)}  {s.Default.PadRight(defaultWidth)}  {s.Description} ({s.Range})\n");
        return text.ToString();
    }

    private T Get<T>(string key, T fallback, string range, string description, Func<T, string> format, Func<string, T?> parse,
        Func<string, string?>? suggest = null) where T : struct
    {
        var text = Record(key, format(fallback), range, description);
        if (!Has(key)) return fallback;
        if (parse(text) is not { } value)
        {
            var hint = suggest?.Invoke(text) is { } nearest ? $"; did you mean '{nearest}'?" : "";
            throw new InputException($"setting '{Kebab(key)}' is '{text}', expected {range}{hint}");
        }
        Resolve(key, format(value));
        return value;
    }

    /// <summary>Notes that the key was asked for; returns the text given for it, else the default.</summary>
    private string Record(string key, string fallback, string range, string description)
    {
        key = Kebab(key);
        var text = this.given.TryGetValue(key, out var given) ? given.Trim() : fallback;
        if (read.TryGetValue(key, out var earlier) && earlier.Default != fallback)
            throw new InvalidOperationException($"setting '{key}' is read with the default {fallback}, and before with {earlier.Default}");
        read.TryAdd(key, new Setting(key, text, fallback, range, description));
        return text;
    }

    private void Resolve(string key, string value) => read[Kebab(key)] = read[Kebab(key)] with { Value = value };

    private static string Kebab(string key) => key.Trim().Replace('_', '-');

    private readonly record struct Words(string Text);

    private readonly record struct Items<T>(IReadOnlyList<T> Values) where T : struct
    {
        public static Items<T>? Parse(string text, Func<string, T?> parse)
        {
            T?[] items = [.. Numerics.TextList.Split(text).Select(parse)];
            return items.Any(item => item is null) ? null : new Items<T>([.. items.Select(item => item!.Value)]);
        }
    }
}
