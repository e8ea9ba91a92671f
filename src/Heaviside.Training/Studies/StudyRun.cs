namespace Heaviside.Studies;

/// <summary>One run of a study.</summary>
/// <param name="Row">The name of its row.</param>
/// <param name="Column">The name of its column.</param>
/// <param name="LearningRate">The learning rate as the study writes it, or null where it is left to the settings.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Steps">Its training steps.</param>
/// <param name="Settings">All of its settings, each key once.</param>
public sealed record StudyRun(string Row, string Column, string? LearningRate, long Seed, long Steps, IReadOnlyList<KeyValuePair<string, string>> Settings)
{
    /// <summary>The run in words.</summary>
    public string Name => $"{Row}, {Column}{(LearningRate is null ? "" : $", learning rate {LearningRate}")}, seed {Seed}";

    /// <summary>Where it is kept within the folder of the study's runs.</summary>
    public string Folder => Path.Combine(FolderName(Row), FolderName(Column), $"{(LearningRate is null ? "" : $"rate-{LearningRate}-")}seed-{Seed}");

    /// <summary>A name in small letters and digits with hyphens between.</summary>
    internal static string FolderName(string name) =>
        string.Join('-', string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim('.');
}
