namespace Heaviside.Cli.Benchmarks;

/// <summary>One training step to measure.</summary>
/// <param name="Name">What is trained how.</param>
/// <param name="Ours">Makes ours.</param>
internal sealed record Work(string Name, Func<WorkData, ITimed> Ours)
{
    /// <summary>The latent variables, where a table has several; works with others have other units.</summary>
    internal string? Latents { get; init; }

    /// <summary>The name of the work with the same latents whose time is the unit, if any.</summary>
    internal string? Unit { get; init; }

    /// <summary>The most units that it should take.</summary>
    internal double? Aim { get; init; }

    /// <summary>The peer's name of this work; by default its own.</summary>
    internal string Key { get => field ?? Name; init; }

    /// <summary>What of the step is measured alone beside it.</summary>
    internal IReadOnlyList<WorkPart> Parts { get; init; } = [];
}
