using Heaviside.Estimators;
using Heaviside.Laws;

namespace Heaviside.Laboratory;

/// <summary>Measures gradient estimators at fixed weights: of any model, or of a problem.</summary>
/// <example><code>
/// var reports = GradientLab.Measure(
///     (estimator, rng) => -estimator.Estimate(new Bernoulli(encoder.call(x)), Objective.Differentiable(f), rng).Surrogate.mean(),
///     [.. encoder.parameters()],
///     [("reinforce", new Reinforce()), ("gumbel-softmax", new GumbelSoftmax { Temperature = 0.5 })]);
/// </code></example>
public static class GradientLab
{
    /// <summary>Measures the gradients of a loss by several estimators, and the bias where the latent variables can be enumerated.</summary>
    /// <param name="loss">From an estimator and a source of randomness to the scalar whose gradient is taken.</param>
    /// <param name="parameters">With respect to what.</param>
    /// <param name="estimators">Names and estimators; what they learn is left as it is.</param>
    /// <param name="draws">Estimates of each; 2 or more.</param>
    /// <param name="seed">Decides the noise.</param>
    public static IReadOnlyList<GradientReport> Measure(
        Func<GradientEstimator, Generator, Tensor> loss, IReadOnlyList<Tensor> parameters,
        IEnumerable<(string Name, GradientEstimator Estimator)> estimators, int draws = 1000, ulong seed = 1)
    {
        using var scope = torch.NewDisposeScope();
        var exact = Exact(loss, parameters);
        return [.. estimators.Select(e => Measure(e.Name, e.Estimator, loss, parameters, exact, draws, seed))];
    }

    /// <summary>Measures one estimator.</summary>
    /// <param name="name">What the report calls it.</param>
    /// <param name="estimator">The estimator; of a bound of several samples no bias is reported, since its target is another.</param>
    /// <param name="loss">As in the other overload.</param>
    /// <param name="parameters">With respect to what.</param>
    /// <param name="exact">The exact gradient, <c>[P]</c>, or null.</param>
    /// <param name="draws">How many estimates; 2 or more.</param>
    /// <param name="seed">Decides the noise.</param>
    public static GradientReport Measure(
        string name, GradientEstimator estimator, Func<GradientEstimator, Generator, Tensor> loss, IReadOnlyList<Tensor> parameters,
        Tensor? exact, int draws, ulong seed)
    {
        using var rng = new Generator(seed, parameters[0].device);
        var training = estimator.training;
        estimator.eval(); // running moments would change with every draw
        try
        {
            return GradientReport.Of(
                name,
                draws,
                _ => Flat(loss(estimator, rng), parameters).unsqueeze(0),
                estimator.BoundSamples is null ? exact : null);
        }
        finally
        {
            estimator.train(training);
        }
    }

    /// <summary>Measures an estimator on a problem, many estimates at a time.</summary>
    public static GradientReport Measure(string name, GradientEstimator estimator, Problem problem, int draws, ulong seed)
    {
        const int AtOnce = 50_000;
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(seed, problem.Parameters.device);
        var exact = torch.tensor(problem.ExactGradient(estimator), device: problem.Parameters.device);
        return GradientReport.Of(
            name,
            ((draws - 1) / AtOnce) + 1,
            i => problem.Gradient(estimator, Math.Min(AtOnce, draws - (i * AtOnce)), rng),
            exact);
    }

    /// <summary>The exact gradient of a loss, shape <c>[P]</c>, or null where the latent variables are too many to enumerate.</summary>
    public static Tensor? Exact(Func<GradientEstimator, Generator, Tensor> loss, IReadOnlyList<Tensor> parameters)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(seed: 0, parameters[0].device);
        using var enumeration = new Enumeration();
        try
        {
            return scope.MoveToOuter(Flat(loss(enumeration, rng), parameters));
        }
        catch (UnsupportedException)
        {
            return null;
        }
    }

    // One vector; 0 for a parameter that the loss does not depend on.
    private static Tensor Flat(Tensor loss, IReadOnlyList<Tensor> parameters)
    {
        var gradients = Autograd.GradOrNull([loss], [.. parameters]);
        return torch.cat([.. gradients.Zip(parameters, (g, p) => (g ?? torch.zeros_like(p)).flatten())]);
    }
}
