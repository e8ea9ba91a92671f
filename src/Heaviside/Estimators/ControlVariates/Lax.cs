using Heaviside.Distributions;
using Heaviside.Numerics;

namespace Heaviside.Estimators;

/// <summary>LAX: the score-function estimator of a continuous law with a learned, reparameterized control variate.</summary>
/// <remarks>
/// <para>Approximates grad E[f(z)], z ~ p(z), with (f(z) - c(z)) grad log p(z) + grad c(z); requires nothing of f. Unbiased for
/// every c. With c = f it is the pathwise gradient; with a constant c the score-function estimator with a baseline.</para>
/// <para>c minimizes the mean square of the gradient with respect to the parameters that it is given.</para>
/// <para>No <see cref="GradientEstimator"/>: its law is continuous.</para>
/// <para>Reference: Grathwohl, Choi, Wu, Roeder, Duvenaud 2017, arXiv:1711.00123, section 3.1.</para>
/// </remarks>
public sealed class Lax : Component
{
    private readonly torch.nn.Module<Tensor, Tensor> control;

    /// <summary>With a given control variate.</summary>
    /// <param name="control">c, from points <c>[S, B, ...]</c> to values <c>[S, B]</c>; its parameters are learned.</param>
    public Lax(torch.nn.Module<Tensor, Tensor> control)
        : base(nameof(Lax)) => this.control = this.AddModule("control", control);

    /// <summary>The number of samples S per example, 1 or more; default 1.</summary>
    public int Samples
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Samples), value, "must be 1 or more");
    } = 1;

    /// <summary>One estimate for a batch.</summary>
    /// <param name="p">The law; the first dimension of its batch is the example, the others are independent factors.</param>
    /// <param name="parameters">Tensors that p was made of, of any shapes: TuningLoss is the mean square of the gradient of the
    /// summed surrogate with respect to each, summed over them.</param>
    /// <param name="f">The objective, to be maximized, at points <c>[S, B, ...]</c>.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <exception cref="ArgumentException">f or c has another shape than <c>[S, B]</c>.</exception>
    public Estimate Estimate(ReparameterizedDistribution p, IReadOnlyList<Tensor> parameters, Objective f, Generator rng)
    {
        var path = p.RSample([Samples], rng);
        var z = path.detach();
        var value = f.Evaluate(z);
        var c = control.call(z);
        Shape.Require(c, value.shape);
        var logProb = Shape.SumLast(p.LogProb(z), p.BatchShape.Length - 1);
        var pathwise = control.call(path);

        // The gradient with respect to the parameters, differentiable with respect to what c learns.
        var gradients = Autograd.Grad([(((value.detach() - c) * logProb) + pathwise).mean([0]).sum()], [.. parameters], createGraph: true);
        var tuning = gradients.Select(g => g.square().mean()).Aggregate((a, b) => a + b);
        var surrogate = ((value - c).detach() * logProb) + pathwise + value;
        return new(value.detach(), EvaluationPoint.HardSample, surrogate.mean([0]), tuning);
    }
}
