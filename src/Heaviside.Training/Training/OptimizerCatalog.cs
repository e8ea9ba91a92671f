using Heaviside.Configuration;
using Heaviside.Optimizers;

namespace Heaviside.Training;

/// <summary>The optimizers by name, from settings.</summary>
public static class OptimizerCatalog
{
    // One line per optimizer.
    private static readonly Dictionary<string, Func<Settings, ParameterGroup[], Optimizer>> All = new()
    {
        ["adam"] = (s, g) => new Adam(g, lr: 0) { beta1 = Beta(s, 1), beta2 = Beta(s, 2), eps = Epsilon(s), weight_decay = Decay(s, 0) },
        ["adamw"] = (s, g) => new AdamW(g, lr: 0) { beta1 = Beta(s, 1), beta2 = Beta(s, 2), eps = Epsilon(s), weight_decay = Decay(s, 0.01) },
        ["sgd"] = (s, g) => new SGD(g, lr: 0) { momentum = s.Double("momentum", 0, 0, 0.99999999, "momentum of SGD"), weight_decay = Decay(s, 0) },
    };

    /// <summary>The optimizer that the setting optimizer names; the trainer sets its learning rate before every step.</summary>
    /// <param name="s">The settings.</param>
    /// <param name="model">The model's parameters.</param>
    /// <param name="estimator">What the estimator learns, if anything: without weight decay, with a larger step as in arXiv:1703.07370.</param>
    public static Optimizer Create(Settings s, IEnumerable<Tensor> model, params IEnumerable<Tensor> estimator)
    {
        var decaying = s.Choice("decay", "all", ["all", "matrices"], "which of the model's parameters decay: all, or weights without biases") == "matrices"
            ? model.GroupBy(p => p.dim() > 1).OrderByDescending(g => g.Key).Select(g => new ParameterGroup(g) { weight_decay = g.Key ? null : 0 })
            : [new(model)];
        List<ParameterGroup> groups = [.. decaying];
        Tensor[] tuned = [.. estimator];
        if (tuned.Length > 0) groups.Add(new(tuned) { lr_factor = TuningFactor(s), weight_decay = 0 });
        return All[s.Choice("optimizer", "adam", [.. All.Keys], "update rule")](s, [.. groups]);
    }

    private static double TuningFactor(Settings s) =>
        s.Double("tuning-learning-rate-factor", 10, 0, 1e6, "learning rate of what the estimator learns, over that of the model");

    private static double Beta(Settings s, int i) =>
        s.Double($"beta{i}", i == 1 ? 0.9 : 0.999, 0, 0.99999999, $"decay of Adam's average of {(i == 1 ? "gradients" : "squared gradients")}");

    private static double Epsilon(Settings s) => s.Double("adam-epsilon", 1e-8, 1e-30, 1, "added to Adam's denominator");

    private static double Decay(Settings s, double fallback) => s.Double("weight-decay", fallback, 0, 1e3, "pull of the weights to 0");
}
