namespace Heaviside.Studies;

/// <summary>A row of a study's table: usually a data set and a network.</summary>
/// <param name="Name">What the table calls it; the folder of its runs too, in small letters.</param>
public sealed record StudyRow(string Name)
{
    /// <summary>Settings that replace those of the study; none by default.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>The names of the columns that the row has; null, the default, for all of them.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What is different at a scale, by its name; nothing by default.</summary>
    public IReadOnlyDictionary<string, StudyScale> Scales { get; init; } = new Dictionary<string, StudyScale>();
}
