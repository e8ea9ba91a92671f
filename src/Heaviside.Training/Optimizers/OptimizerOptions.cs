using Heaviside.Configuration;

namespace Heaviside.Optimizers;

/// <summary>What changes the parameters, and how: makes an optimizer once the parameters are there.</summary>
/// <example><code>Optimizer optimizer = new AdamOptions { Beta2 = 0.99 }.Create(model.parameters());</code></example>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
public abstract record OptimizerOptions
{
    /// <summary>Pull of the weights to 0, from 0 to 1000; default 0, of AdamW 0.01.</summary>
    [Option("pull of the weights to 0", Least = 0, Most = 1e3)]
    public double WeightDecay { get; init => field = OptionInfo.Checked(this, value); }

    /// <summary>Which of the model's parameters the pull is on; default all.</summary>
    [Option("which of the model's parameters decay: all, or weights without biases")]
    public DecayedParameters Decay { get; init; }

    /// <summary>The optimizer; whoever uses it sets its learning rate before every step.</summary>
    /// <param name="model">The model's parameters.</param>
    /// <param name="estimator">What the estimator learns; null: nothing. It has no weight decay.</param>
    /// <param name="tuning">How the estimator learns; null: as by default.</param>
    public Optimizer Create(IEnumerable<Tensor> model, IEnumerable<Tensor>? estimator = null, TuningOptions? tuning = null)
    {
        List<ParameterGroup> groups = Decay == DecayedParameters.Matrices
            ? [.. model.GroupBy(p => p.dim() > 1).OrderByDescending(g => g.Key).Select(g => new ParameterGroup(g) { weight_decay = g.Key ? null : 0 })]
            : [new(model)];
        Tensor[] tuned = [.. estimator ?? []];
        if (tuned.Length > 0) groups.Add(new(tuned) { lr_factor = (tuning ?? new()).TuningLearningRateFactor, weight_decay = 0 });
        return Of(groups);
    }

    /// <summary>The optimizer of some groups.</summary>
    protected abstract Optimizer Of(IReadOnlyList<ParameterGroup> groups);
}
