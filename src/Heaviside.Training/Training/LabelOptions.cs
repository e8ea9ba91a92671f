using Heaviside.Configuration;
using Heaviside.Numerics;

namespace Heaviside.Training;

/// <summary>What a model learns from labels, from settings.</summary>
/// <param name="Count">Training images whose labels are used, the same number of each class; 0: none.</param>
/// <param name="BatchSize">Labeled images per step.</param>
/// <param name="Weight">The weight of the label term.</param>
/// <param name="SupervisedSteps">So many first steps see the labeled images alone.</param>
public sealed record LabelOptions(int Count, int BatchSize, Schedule Weight, long SupervisedSteps)
{
    /// <summary>Reads the settings labels, labeled-batch, label-weight and supervised-steps.</summary>
    public static LabelOptions Read(Settings s) => new(
        s.Int("labels", 0, 0, 100_000_000, "training images whose labels are used, equally many of each class; 0: none"),
        s.Int("labeled-batch", 100, 1, 1_000_000, "labeled images per training step"),
        s.Schedule("label-weight", 1.0, "weight of the label term", ScheduleRange.NotNegative),
        s.Long("supervised-steps", 0, 0, long.MaxValue, "so many first steps see the labeled images alone"));
}
