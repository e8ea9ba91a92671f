using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Torch;

namespace Heaviside.Laws;

/// <summary>A small law and objective whose exact gradient is known by enumeration: where estimators are tested.</summary>
/// <param name="Name">Its name in kebab case.</param>
/// <param name="Logits">The logits of one example in double precision, shape <c>[N]</c> for bits and <c>[N, K]</c> for categories.</param>
/// <param name="Law">The law of a batch of logits.</param>
/// <param name="F">The objective at points <c>[P, B, ...]</c>, of shape <c>[P, B]</c>.</param>
/// <param name="Degree">The highest power of one factor in f, or null if f is no polynomial.</param>
public sealed record Problem(string Name, Tensor Logits, Func<Tensor, DiscreteDistribution> Law, Func<Tensor, Tensor> F, int? Degree)
{
    /// <summary>The objective in the form that every estimator takes.</summary>
    public Objective Objective => Objective.Differentiable(F);

    /// <summary>The exact gradient with respect to the logits, in double precision.</summary>
    public double[] ExactGradient()
    {
        using var scope = torch.NewDisposeScope();
        return Gradient(new Enumeration(), copies: 1, rng: null!).ToArray<double>();
    }

    /// <summary>The exact E[f(b)].</summary>
    public double ExactValue()
    {
        using var scope = torch.NewDisposeScope();
        return new Enumeration().Estimate(Law(Logits.unsqueeze(0)), Objective, null!).Value.item<double>();
    }

    /// <summary>Independent gradient estimates, one per copy of the example, shape <c>[copies] + Logits.shape</c>.</summary>
    public Tensor Gradient(GradientEstimator estimator, int copies, Generator rng)
    {
        var logits = Logits.detach().unsqueeze(0).repeat([copies, .. Logits.shape.Select(_ => 1L)]).requires_grad_();
        var surrogate = estimator.Estimate(Law(logits), Objective, rng).Surrogate;
        return torch.autograd.grad([surrogate.sum()], [logits])[0];
    }
}
