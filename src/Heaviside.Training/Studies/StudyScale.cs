namespace Heaviside.Studies;

/// <summary>How much of a study is run: <c>smoke</c>, <c>short</c> or <c>paper</c>, as a whole or, as a refinement, in one row.</summary>
public sealed record StudyScale
{
    /// <summary>Settings that replace those of the study, its rows and its columns; none by default.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>The seeds that every cell is run with; none by default, which leaves a row those of the scale.</summary>
    public IReadOnlyList<long> Seeds { get; init; } = [];

    /// <summary>The learning rates that every cell is run with; none by default, which leaves it to the settings.</summary>
    public IReadOnlyList<string> LearningRates { get; init; } = [];

    /// <summary>The names of the rows that are run; null, the default, for all of them.</summary>
    public IReadOnlyList<string>? Rows { get; init; }

    /// <summary>This scale where a row refines it.</summary>
    internal StudyScale With(StudyScale? refinement) => refinement is null ? this : this with
    {
        Settings = [.. Settings, .. refinement.Settings],
        Seeds = refinement.Seeds.Count > 0 ? refinement.Seeds : Seeds,
        LearningRates = refinement.LearningRates.Count > 0 ? refinement.LearningRates : LearningRates,
    };
}
