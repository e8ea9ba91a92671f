using System.Numerics;
using System.Runtime.CompilerServices;

namespace Heaviside.Optimizers;

/// <summary>Stochastic gradient descent: <c>m = momentum m + (1 - dampening) g</c>, <c>p -= lr m</c>.</summary>
/// <remarks>As PyTorch has it: the first step is not dampened, and weight decay is added to the gradient.</remarks>
/// <param name="groups">What is optimized.</param>
/// <param name="lr">The learning rate.</param>
public sealed class SGD(IEnumerable<ParameterGroup> groups, double lr) : Optimizer(groups, lr)
{
    /// <summary>SGD of one group.</summary>
    public SGD(IEnumerable<Tensor> parameters, double lr)
        : this([new ParameterGroup(parameters)], lr)
    {
    }

    /// <summary>How much of the last direction is kept; in [0, 1), default 0.</summary>
    public double momentum { get; init => field = Require(value, value is >= 0 and < 1, "in [0, 1)", nameof(momentum)); }

    /// <summary>How much of the gradient is held back from the second step on; in [0, 1], default 0. Without momentum it has no effect.</summary>
    public double dampening { get; init => field = Require(value, value is >= 0 and <= 1, "in [0, 1]", nameof(dampening)); }

    /// <summary>Whether to step from where momentum leads (Nesterov); default false. Without momentum it has no effect.</summary>
    public bool nesterov { get; init; }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames => momentum > 0 ? ["momentum_buffer"] : [];

    /// <inheritdoc/>
    protected override void Update(Tensor parameter, Tensor gradient, IReadOnlyList<Tensor> state, OptimizerStep step)
    {
        var direction = step.WeightDecay == 0 ? gradient : gradient.add(parameter, alpha: step.WeightDecay);
        if (momentum > 0)
        {
            var buffer = state[0].mul_(momentum).add_(direction, alpha: Gain(step));
            direction = nesterov ? direction.add(buffer, alpha: momentum) : buffer;
        }

        parameter.add_(direction, alpha: -step.LearningRate);
    }

    private protected override bool TryFuse<T>(in Elements<T> elements, OptimizerStep step)
    {
        FusedLoop.Run(elements, new Rule<T>(this, step));
        return true;
    }

    // The factor of the gradient in the momentum buffer.
    private double Gain(OptimizerStep step) => momentum == 0 || step.Count == 1 ? 1 : 1 - dampening;

    private readonly struct Rule<T>(SGD sgd, OptimizerStep step) : IUpdate<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Vector<T> decay = new(T.CreateTruncating(step.WeightDecay));
        private readonly Vector<T> momentum = new(T.CreateTruncating(sgd.momentum));
        private readonly Vector<T> gain = new(T.CreateTruncating(sgd.Gain(step)));
        private readonly Vector<T> rate = new(T.CreateTruncating(step.LearningRate));
        private readonly bool nesterov = sgd.nesterov;

        [MethodImpl(MethodImplOptions.AggressiveInlining)] // it is called once per register
        public void Apply(ref Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second)
        {
            var direction = gradient + (decay * parameter);
            first = (momentum * first) + (gain * direction);
            parameter -= rate * (nesterov ? direction + (momentum * first) : first);
        }
    }
}
