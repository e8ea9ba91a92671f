using Heaviside.Estimators;
using Heaviside.Laws;
using Heaviside.Numerics;
using Heaviside.Optimizers;

namespace Heaviside.Laboratory;

/// <summary>A problem's parameters on the trajectory of one estimator.</summary>
internal sealed class ToyTrainee : IDisposable
{
    private const int Copies = 1000; // for the variance at one point: known to about 5%

    private readonly Problem problem;
    private readonly GradientEstimator estimator;
    private readonly Tensor[] parameters;
    private readonly Tensor[] tuned;
    private readonly Optimizer optimizer;
    private readonly Generator rng;
    private readonly ulong seed;
    private readonly string name;

    internal ToyTrainee(EstimatorChoice choice, Problem problem, ToyOptions options)
    {
        (this.problem, name, seed) = (problem, choice.Name, options.Seed);
        estimator = choice.Create(settings => problem.Prepare(choice.Entry.Read(settings)));
        RequireSupported(choice);
        parameters = [problem.Copies(1).DetachFromDisposeScope()];
        tuned = [.. estimator.parameters()];
        var groups = tuned.Length > 0 ? [new ParameterGroup(parameters), new(tuned) { lr_factor = options.TuningLearningRateFactor }] : new ParameterGroup[] { new(parameters) };
        optimizer = new Adam(groups, options.LearningRate);
        rng = new(options.Seed, problem.Parameters.device);
    }

    /// <summary>One step down E[f].</summary>
    internal void Step(long step)
    {
        using var scope = torch.NewDisposeScope();
        SetStep(step);
        var estimate = problem.Estimate(estimator, parameters[0], rng);
        parameters[0].grad = LossGradients.Take(estimate.Surrogate.sum(), estimate.TuningLoss, parameters, tuned)[0];
        optimizer.step();
    }

    /// <summary>Where the trajectory is; the estimator is not changed by looking.</summary>
    internal ToyRow Report(long step, double least)
    {
        using var scope = torch.NewDisposeScope();
        using var noise = new Generator(seed, problem.Parameters.device);
        SetStep(step);
        var here = problem with { Parameters = parameters[0].detach()[0] };
        var before = estimator.state_dict().ToDictionary(t => t.Key, t => t.Value.clone());
        var variance = Variance(here.Gradient(estimator, Copies, noise));
        estimator.LoadState(before);
        var value = here.ExactValue();
        return new(step, name, value, value - least, Math.Log(variance));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        rng.Dispose();
        optimizer.Dispose();
        parameters[0].Dispose();
        estimator.Dispose();
    }

    // The mean over the components; exactly 0 where it is but the rounding of equal draws.
    private static double Variance(Tensor draws)
    {
        const double rounding = 1e-15; // relative to the draws
        var variance = draws.var([0]).mean().Number();
        return variance <= rounding * rounding * draws.square().mean().Number() ? 0 : variance;
    }

    private void SetStep(long step)
    {
        foreach (var s in estimator.SelfAndModules().OfType<IScheduled>()) s.Step = step;
    }

    private void RequireSupported(EstimatorChoice choice)
    {
        var reason = estimator.BoundSamples is not null ? "it estimates the gradient of a bound of several samples, not of E[f]"
            : !choice.Entry.Latents.HasFlag(problem.Latents) ? $"it is not for {problem.Latents.ToString().ToLowerInvariant()}"
            : null;
        if (reason is null) return;
        estimator.Dispose();
        throw new InputException($"the estimator '{name}' does not fit the problem '{problem.Name}': {reason}");
    }
}
