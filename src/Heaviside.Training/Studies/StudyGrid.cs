namespace Heaviside.Studies;

/// <summary>The runs of a study, trainings or of the laboratory, on a problem or demonstrations: rows by columns, each with some learning rates and seeds. Several studies may measure one grid.</summary>
/// <param name="Id">The study that the runs belong to, such as <c>rebar/table-app1</c>: the folder they are kept in.</param>
/// <param name="Settings">Settings of every run.</param>
/// <param name="Rows">One or more.</param>
/// <param name="Columns">One or more.</param>
/// <param name="Scales">By name; one of them is <see cref="PaperScale"/>, what the paper did.</param>
public sealed record StudyGrid(
    string Id,
    IReadOnlyList<KeyValuePair<string, string>> Settings,
    IReadOnlyList<StudyRow> Rows,
    IReadOnlyList<StudyColumn> Columns,
    IReadOnlyDictionary<string, StudyScale> Scales)
{
    /// <summary>The scale that others are compared with.</summary>
    public const string PaperScale = "paper";

    /// <summary>Where the steps of <see cref="PaperScale"/> come from, such as "ours, the paper names none"; null, the default, where the paper names them.</summary>
    public string? OriginOfSteps { get; init; }

    /// <summary>The problem that every run trains one estimator on, in the laboratory; null, the default, where the runs train models.</summary>
    public string? Problem { get; init; }

    /// <summary>The demonstration that every run is one of, in the laboratory; null, the default, where they are none.</summary>
    public string? Demonstration { get; init; }
}
