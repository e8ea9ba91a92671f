using Heaviside.Configuration;

namespace Heaviside.Optimizers;

/// <summary>How an estimator that learns something learns it, beside the model.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
public sealed record TuningOptions
{
    /// <summary>The learning rate of what the estimator learns, over that of the model, from 0 to 1e6; default 10, as in arXiv:1703.07370.</summary>
    [Option("learning rate of what the estimator learns, over that of the model", Least = 0, Most = 1e6)]
    public double TuningLearningRateFactor { get; init => field = OptionInfo.Checked(this, value); } = 10;
}
