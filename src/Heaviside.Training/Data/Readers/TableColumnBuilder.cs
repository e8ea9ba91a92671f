using System.Globalization;
using System.Text;

namespace Heaviside.Data.Readers;

/// <summary>A column while its values come in.</summary>
internal sealed class TableColumnBuilder(string name, ByteSource source)
{
    private const int MostTexts = 10_000, LongestShown = 40;
    private static readonly string[] Missing = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "?"];

    private readonly List<float> values = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>Adds the value of a row.</summary>
    /// <exception cref="InputException">It is missing, or no finite number where numbers were.</exception>
    public void Add(ReadOnlySpan<byte> value, long line)
    {
        var isNumber = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsNaN(number);
        if (!isNumber && Missing.Contains(Shown(value)))
            throw source.Error($"line {line} has no value in column '{name}'{(value.IsEmpty ? "" : $" ('{Shown(value)}')")}: leave out such rows, or the column by 'ignore'");
        if (places.Count > 0) AddText(value, line);
        else if (isNumber)
            values.Add(float.IsFinite((float)number) ? (float)number : throw source.Error($"line {line}, column '{name}': '{Shown(value)}' is too large"));
        else if (values.Count == 0) AddText(value, line);
        else throw source.Error($"line {line}, column '{name}': '{Shown(value)}' is no number, but the values above are");
    }

    /// <summary>The column, its texts in the order of their characters.</summary>
    public TableColumn Build()
    {
        if (places.Count == 0) return new(name, [.. values], null);
        string[] texts = [.. places.Keys.Order(StringComparer.Ordinal)];
        var sorted = new float[texts.Length];
        for (var i = 0; i < texts.Length; i++) sorted[places[texts[i]]] = i;
        return new(name, [.. values.Select(v => sorted[(int)v])], texts);
    }

    private void AddText(ReadOnlySpan<byte> value, long line)
    {
        var text = Encoding.UTF8.GetString(value);
        if (!places.TryGetValue(text, out var place))
        {
            if (places.Count == MostTexts) throw source.Error($"line {line}: column '{name}' has more than {MostTexts} different texts: leave it out by 'ignore'");
            places.Add(text, place = places.Count);
        }

        values.Add(place);
    }

    private static string Shown(ReadOnlySpan<byte> value) =>
        string.Concat(Encoding.UTF8.GetString(value[..Math.Min(value.Length, LongestShown)]).Select(c => char.IsControl(c) ? ' ' : c));
}
