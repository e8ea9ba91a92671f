namespace Heaviside.Cli.Benchmarks;

/// <summary>A part of a training step that is measured alone.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Make">Makes it.</param>
internal sealed record WorkPart(string Name, Func<WorkData, ITimed> Make)
{
    /// <summary>Multiplications and additions of one step, where its rate is of interest.</summary>
    internal long Operations { get; init; }
}
