using Heaviside.Configuration;

namespace Heaviside.Laboratory;

/// <summary>How a problem's parameters are trained; by default as in arXiv:1711.00123.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
public sealed record ToyOptions
{
    /// <summary>Training steps, 1 or more; default 5000.</summary>
    [Option("training steps", Least = 1, Most = 1_000_000_000)]
    public long Steps { get; init => field = OptionInfo.Checked(this, value); } = 5000;

    /// <summary>The step size of Adam, from 0 to 1000; default 0.01.</summary>
    [Option("step size of Adam", Least = 0, Most = 1e3)]
    public double LearningRate { get; init => field = OptionInfo.Checked(this, value); } = 0.01;

    /// <summary>The step size of what estimators learn, over that of the parameters, from 0 to 1e6; default 1.</summary>
    [Option("learning rate of what the estimators learn, over that of the parameters", Least = 0, Most = 1e6)]
    public double TuningLearningRateFactor { get; init => field = OptionInfo.Checked(this, value); } = 1;

    /// <summary>Decides the noise; default 1.</summary>
    [Option("seed of the noise", Least = 0)]
    public ulong Seed { get; init; } = 1;
}
