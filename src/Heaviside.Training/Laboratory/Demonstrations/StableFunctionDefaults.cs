namespace Heaviside.Laboratory.Demonstrations;

/// <summary>How a function is trained where its settings do not say.</summary>
internal sealed record StableFunctionDefaults
{
    internal required long Steps { get; init; }

    internal required double LearningRate { get; init; }

    internal required double StabilityWeight { get; init; }

    internal required double MeanWeight { get; init; }

    internal required int[] Layers { get; init; }

    internal required double Gain { get; init; }

    /// <summary>The smaller correlation of mean-centered stability, or 0 where it is not centered.</summary>
    internal required double Rho2 { get; init; }
}
