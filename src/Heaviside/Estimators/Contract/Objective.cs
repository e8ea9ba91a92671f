using Heaviside.Numerics;

namespace Heaviside.Estimators;

/// <summary>The function f whose expectation E[f(b)] is optimized, defined on discrete points at least.</summary>
/// <remarks>Points come with a leading dimension of any size P (samples, or several points of one estimate together);
/// f treats each alone. Beyond evaluation, estimators ask for small interfaces such as <see cref="IDifferentiableObjective"/>.</remarks>
public abstract class Objective
{
    /// <summary>An objective that is evaluated at hard points only; the gradient with respect to the points is never asked for.</summary>
    public static Objective BlackBox(Func<Tensor, Tensor> f) => new BlackBoxObjective(f);

    /// <summary>An objective that is also defined between the discrete points and differentiable there.</summary>
    public static Objective Differentiable(Func<Tensor, Tensor> f) => new DifferentiableObjective(f);

    /// <summary>f at each point, in the units of the objective (nats for log-likelihoods).</summary>
    /// <param name="points">Shape <c>[P] + BatchShape + EventShape</c> of the law.</param>
    /// <returns>Shape <c>[P, B]</c>, differentiable with respect to what f depends on.</returns>
    /// <exception cref="ArgumentException">f returned another shape, or the points have no dimension for examples.</exception>
    public Tensor Evaluate(Tensor points)
    {
        Shape.RequirePoints(points);
        var value = ValueAt(points);
        var shape = value.shape;
        if (shape.Length != 2 || shape[0] != points.size(0) || shape[1] != points.size(1))
            throw new ArgumentException($"objective: expected shape [{points.size(0)}, {points.size(1)}], got [{string.Join(", ", shape)}]", nameof(points));
        return value;
    }

    /// <summary>f at each point; the base class checks the shape.</summary>
    protected abstract Tensor ValueAt(Tensor points);
}
