using Heaviside.Distributions;
using Heaviside.Torch;

namespace Heaviside.Estimators;

/// <summary>LAX: the score-function estimator of a continuous law with a learned, reparameterized control variate.</summary>
/// <remarks>
/// <para>Approximates grad E[f(z)], z ~ p(z), with (f(z) - c(z)) grad log p(z) + grad c(z); requires nothing of f. Unbiased for
/// every c. With c = f it is the pathwise gradient; with a constant c the score-function estimator with a baseline.</para>
/// <para>c minimizes the mean square of the gradient with respect to the parameters that it is given.</para>
/// <para>No <see cref="GradientEstimator"/>: its law is continuous.</para>
/// <para>Reference: Grathwohl, Choi, Wu, Roeder, Duvenaud 2017, arXiv:1711.00123, section 3.1.</para>
/// </remarks>
/// <param name="control">c, from points <c>[S, B, ...]</c> to values <c>[S, B]</c>; its parameters are learned.</param>
public sealed class Lax(Module<Tensor, Tensor> control) : Module
{
    /// <summary>The number of samples S per example, 1 or more; default 1.</summary>
    public int Samples
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Samples), value, "must be 1 or more");
    } = 1;

    /// <summary>One estimate for a batch.</summary>
    /// <param name="p">The law; the first dimension of its batch is the example, the others are independent factors.</param>
    /// <param name="parameters">The tensors that p was made of, with respect to which the variance is minimized.</param>
    /// <param name="f">The objective, to be maximized.</param>
    /// <param name="rng">The source of randomness.</param>
    public Estimate Estimate(ReparameterizedDistribution p, IReadOnlyList<Tensor> parameters, Objective f, Generator rng)
    {
        var path = p.RSample(Samples, rng);
        var z = path.detach();
        var value = f.Evaluate(z);
        var c = control.forward(z);
        var logProb = p.LogProb(z);
        var score = ((value.detach() - c) * Shape.SumLast(logProb, logProb.shape.Length - 2)).mean(0);

        // The gradient itself, differentiable with respect to what c learns, and the surrogate that has it.
        var pathwise = control.forward(path).mean(0);
        var gradients = torch.autograd.grad([score.sum(), pathwise.sum()], [.. parameters], create_graph: true);
        var tuning = gradients.Select(g => g.square().mean()).Aggregate((a, b) => a + b);
        var surrogate = gradients.Zip(parameters, Along).Aggregate((a, b) => a + b);
        return new(value.detach(), EvaluationPoint.HardSample, surrogate + value.mean(0), tuning);
    }

    // Parameters have the example as their first dimension.
    private static Tensor Along(Tensor gradient, Tensor parameter) =>
        Shape.SumLast(gradient.detach() * parameter, parameter.shape.Length - 1);
}
