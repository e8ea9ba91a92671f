using Heaviside.Configuration;

namespace Heaviside.Cli.Benchmarks;

/// <summary>One training step to measure, in units of another.</summary>
/// <param name="Latents">The latent variables, in words.</param>
/// <param name="Name">What is trained how.</param>
/// <param name="Model">The model of the catalogue.</param>
/// <param name="Estimator">The estimator of the catalogue.</param>
/// <param name="Settings">Of both.</param>
/// <param name="Unit">The name of the work with the same latents whose time is the unit.</param>
/// <param name="Aim">The most units that it should take.</param>
internal sealed record DirectWork(string Latents, string Name, string Model, string Estimator, (string Key, string Value)[] Settings, string Unit, double? Aim)
{
    private const string GumbelSoftmax = "gumbel-softmax", Direct = "direct";

    /// <summary>The works: one categorical variable of each number of classes, then 15 bits.</summary>
    internal static IReadOnlyList<DirectWork> All(IEnumerable<int> classes) => [.. classes.SelectMany(OneVariable), .. Bits()];

    /// <summary>The peer's name of this work.</summary>
    internal string Key => $"{Latents.Replace(' ', '-')}/{Name.Replace(' ', '-')}";

    /// <summary>The settings of model and estimator.</summary>
    internal Settings Read() => new(Settings.Select(s => KeyValuePair.Create(s.Key, s.Value)));

    private static DirectWork[] OneVariable(int classes)
    {
        (string, string)[] network = [("latents", $"1x{classes}"), ("encoder-layers", "[300]"), ("decoder-layers", "[300]"), ("activation", "relu"), ("pixel-means", "false")];
        DirectWork Work(string estimator, double? aim) => new($"1x{classes}", estimator, "categorical-vae", estimator, network, GumbelSoftmax, aim);
        return [Work(GumbelSoftmax, null), Work(Direct, 1.0), Work("enumeration", 1.3)];
    }

    private static DirectWork[] Bits()
    {
        const string Latents = "15 bits", Plain = "direct, no pairs";
        DirectWork Work(string name, string estimator, string pairs, string oracle, string unit, double? aim) =>
            new(Latents, name, "pairwise-vae", estimator, [("pairs", pairs), ("oracle", oracle), ("kl-weight", "0")], unit, aim);
        return
        [
            Work(GumbelSoftmax, GumbelSoftmax, "none", "independent", GumbelSoftmax, null),
            Work(Plain, Direct, "none", "independent", GumbelSoftmax, 4),
            Work("direct, supermodular, max-flow", Direct, "supermodular", "max-flow", Plain, 1.3),
            Work("direct, general, branch and bound", Direct, "general", "branch-and-bound", Plain, 2),
            Work("direct, general, exhaustive", Direct, "general", "exhaustive", Plain, 2),
        ];
    }
}
