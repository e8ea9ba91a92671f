namespace Heaviside.Studies;

/// <summary>A column of a study's table: usually an estimator.</summary>
/// <param name="Name">What the table calls it; the folder of its runs too, in small letters.</param>
public sealed record StudyColumn(string Name)
{
    /// <summary>Settings that replace those of the study and of the row; none by default.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];
}
