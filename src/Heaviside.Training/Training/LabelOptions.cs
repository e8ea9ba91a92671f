using Heaviside.Configuration;
using Heaviside.Numerics;

namespace Heaviside.Training;

/// <summary>What a model learns from labels.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
public sealed record LabelOptions
{
    /// <summary>Training examples whose labels are used, the same number of each class; default 0: none.</summary>
    [Option("training images whose labels are used, equally many of each class; 0: none", Least = 0, Most = 100_000_000)]
    public int Labels { get; init => field = OptionInfo.Checked(this, value); }

    /// <summary>Labeled examples per step, 1 or more; default 100.</summary>
    [Option("labeled images per training step", Least = 1, Most = 1_000_000)]
    public int LabeledBatch { get; init => field = OptionInfo.Checked(this, value); } = 100;

    /// <summary>The weight of the label term, 0 or more; default 1.</summary>
    [Option("weight of the label term", Least = 0)]
    public Schedule LabelWeight { get; init => field = OptionInfo.Checked(this, value); } = 1.0;

    /// <summary>So many first steps see the labeled examples alone; default 0.</summary>
    [Option("so many first steps see the labeled images alone", Least = 0)]
    public long SupervisedSteps { get; init => field = OptionInfo.Checked(this, value); }
}
