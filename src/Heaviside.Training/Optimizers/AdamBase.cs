using System.Numerics;
using System.Runtime.CompilerServices;

namespace Heaviside.Optimizers;

/// <summary>Steps along a running mean of the gradient, divided elementwise by the root of that of its square.</summary>
/// <remarks>
/// The bias corrections are computed in float64, and the running means move by <c>1 - beta</c> towards the new value,
/// so that a beta2 as near to 1 as 0.99999 loses no accuracy in float32.
/// </remarks>
public abstract class AdamBase : Optimizer
{
    private protected AdamBase(IEnumerable<ParameterGroup> groups, double lr)
        : base(groups, lr)
    {
    }

    /// <summary>How much of the mean of the gradient is kept; in [0, 1), default 0.9.</summary>
    public double beta1 { get; init => field = Require(value, value is >= 0 and < 1, "in [0, 1)", nameof(beta1)); } = 0.9;

    /// <summary>How much of the mean of the squared gradient is kept; in [0, 1), default 0.999.</summary>
    public double beta2 { get; init => field = Require(value, value is >= 0 and < 1, "in [0, 1)", nameof(beta2)); } = 0.999;

    /// <summary>Added to the divisor; from 1e-30 to 1e30, default 1e-8.</summary>
    public double eps { get; init => field = Require(value, value is >= 1e-30 and <= 1e30, "in [1e-30, 1e30]", nameof(eps)); } = 1e-8;

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<string> StateNames => ["exp_avg", "exp_avg_sq"];

    /// <summary>The factor of the parameter that is added to the gradient, and the part of it that is taken away directly.</summary>
    private protected abstract (double Penalty, double Shrinkage) Decay(OptimizerStep step);

    /// <inheritdoc/>
    protected sealed override void Update(Tensor parameter, Tensor gradient, IReadOnlyList<Tensor> state, OptimizerStep step)
    {
        var (penalty, shrinkage) = Decay(step);
        var (size, scale) = Correct(step);
        var g = penalty == 0 ? gradient : gradient.add(parameter, alpha: penalty);
        if (shrinkage != 0) parameter.mul_(1 - shrinkage);
        var mean = state[0].lerp_(g, 1 - beta1);
        var square = state[1].lerp_(g.square(), 1 - beta2);
        parameter.addcdiv_(mean, square.sqrt().mul_(scale).add_(eps), value: -size);
    }

    private protected sealed override bool TryFuse<T>(in Elements<T> elements, OptimizerStep step)
    {
        FusedLoop.Run(elements, new Rule<T>(this, step));
        return true;
    }

    // The running means start from zero: dividing by 1 - beta^t makes them averages.
    private (double Size, double Scale) Correct(OptimizerStep step) =>
        (step.LearningRate / (1 - Math.Pow(beta1, step.Count)), 1 / Math.Sqrt(1 - Math.Pow(beta2, step.Count)));

    private readonly struct Rule<T> : IUpdate<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Vector<T> penalty, keep, rate1, rate2, scale, eps, size;

        internal Rule(AdamBase adam, OptimizerStep step)
        {
            var decay = adam.Decay(step);
            var correction = adam.Correct(step);
            (penalty, keep) = (All(decay.Penalty), All(1 - decay.Shrinkage));
            (rate1, rate2, eps) = (All(1 - adam.beta1), All(1 - adam.beta2), All(adam.eps));
            (size, scale) = (All(correction.Size), All(correction.Scale));

            static Vector<T> All(double value) => new(T.CreateTruncating(value));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)] // it is called once per register
        public void Apply(ref Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second)
        {
            var g = gradient + (penalty * parameter);
            first += rate1 * (g - first);
            second += rate2 * ((g * g) - second);
            parameter = (keep * parameter) - (size * first / ((Vector.SquareRoot(second) * scale) + eps));
        }
    }
}
