using Heaviside.Configuration;

namespace Heaviside.Laboratory;

/// <summary>How a problem's parameters are trained.</summary>
/// <param name="Steps">Training steps.</param>
/// <param name="LearningRate">The step size of Adam.</param>
/// <param name="TuningFactor">The step size of what estimators learn, over that of the parameters.</param>
/// <param name="Seed">Decides the noise.</param>
public sealed record ToyOptions(long Steps, double LearningRate, double TuningFactor, ulong Seed)
{
    /// <summary>Reads the settings steps, learning-rate, tuning-learning-rate-factor and seed; by default as in arXiv:1711.00123.</summary>
    public static ToyOptions Read(Settings s) => new(
        s.Long("steps", 5000, 1, 1_000_000_000, "training steps"),
        s.Double("learning-rate", 0.01, 0, 1e3, "step size of Adam"),
        s.Double("tuning-learning-rate-factor", 1, 0, 1e6, "learning rate of what the estimators learn, over that of the parameters"),
        (ulong)s.Long("seed", 1, 0, long.MaxValue, "seed of the noise"));
}
