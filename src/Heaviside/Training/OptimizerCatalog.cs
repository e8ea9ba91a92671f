using Heaviside.Configuration;
using Heaviside.Torch;

namespace Heaviside.Training;

/// <summary>The optimizers by name, from settings.</summary>
public static class OptimizerCatalog
{
    // One line per optimizer.
    private static readonly Dictionary<string, Func<Settings, IEnumerable<Tensor>, Optimizer>> All = new()
    {
        ["adam"] = (s, p) => torch.optim.Adam(p, lr: 0, Beta(s, 1), Beta(s, 2), Epsilon(s), Decay(s, 0)),
        ["adamw"] = (s, p) => torch.optim.AdamW(p, lr: 0, Beta(s, 1), Beta(s, 2), Epsilon(s), Decay(s, 0.01)),
        ["sgd"] = (s, p) => torch.optim.SGD(p, lr: 0, s.Double("momentum", 0, 0, 1, "momentum of SGD"), weight_decay: Decay(s, 0)),
    };

    /// <summary>The optimizer that the setting optimizer names; the trainer sets its learning rate before every step.</summary>
    public static Optimizer Create(Settings s, IEnumerable<Tensor> parameters) =>
        All[s.Choice("optimizer", "adam", [.. All.Keys], "update rule")](s, parameters);

    private static double Beta(Settings s, int i) =>
        s.Double($"beta{i}", i == 1 ? 0.9 : 0.999, 0, 0.99999999, $"decay of Adam's average of {(i == 1 ? "gradients" : "squared gradients")}");

    private static double Epsilon(Settings s) => s.Double("epsilon", 1e-8, 1e-30, 1, "added to Adam's denominator");

    private static double Decay(Settings s, double fallback) => s.Double("weight-decay", fallback, 0, 1e3, "pull of the weights to 0");
}
