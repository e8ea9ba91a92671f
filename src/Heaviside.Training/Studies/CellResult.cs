namespace Heaviside.Studies;

/// <summary>A measure in one cell as of now.</summary>
public sealed record CellResult
{
    /// <summary>The row, the column and their runs.</summary>
    public required StudyCell Cell { get; init; }

    /// <summary>The learning rate that the study's rule chose, or null before there is something to choose from or where it is left to the settings.</summary>
    public required string? LearningRate { get; init; }

    /// <summary>The measure at the chosen learning rate, one value per seed that has it.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>The samples per image that the values were taken with, or null where the run does not say.</summary>
    public required int? Samples { get; init; }

    /// <summary>Data set and binarization as the runs say, or null before one has begun.</summary>
    public required string? Data { get; init; }

    /// <summary>The steps of the run, of those with a value at the chosen learning rate, that has got least far.</summary>
    public required long Steps { get; init; }

    /// <summary>How many of the cell's runs are finished.</summary>
    public required int Finished { get; init; }

    /// <summary>How many of them ended with an error.</summary>
    public required int Failed { get; init; }

    /// <summary>The paper's number, or null where it has none.</summary>
    public required PaperNumber? Paper { get; init; }

    /// <summary>The mean over the seeds, or null while there is none.</summary>
    public double? Mean => Values.Count > 0 ? Values.Average() : null;

    /// <summary>The standard error of the mean over the seeds, or null for fewer than two.</summary>
    public double? StandardError => Values.Count > 1 ? Math.Sqrt(Values.Sum(v => (v - Mean!.Value) * (v - Mean.Value)) / (Values.Count - 1) / Values.Count) : null;

    /// <summary>Training steps over the paper's.</summary>
    public double Ratio => (double)Steps / Cell.PaperSteps;

    /// <summary>One word, or a count of runs: <c>finished</c>, <c>waiting</c>, <c>failed</c>, <c>unfinished (2 of 5 runs)</c>.</summary>
    public string State =>
        Cell.Runs.Count == 0 ? "not run"
        : Finished == Cell.Runs.Count ? "finished"
        : Finished + Failed == Cell.Runs.Count ? Finished == 0 ? "failed" : $"{Failed} of {Cell.Runs.Count} runs failed"
        : Values.Count == 0 ? "waiting"
        : $"unfinished ({Finished} of {Cell.Runs.Count} {(Cell.Runs.Count == 1 ? "run" : "runs")})";
}
