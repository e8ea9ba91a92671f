using Heaviside.Configuration;

namespace Heaviside.Optimizers;

/// <summary>Every optimizer: a new one is its options and one line here.</summary>
public static class OptimizerCatalog
{
    /// <summary>All optimizers; the first is the default.</summary>
    public static Catalog<OptimizerEntry> All { get; } = new("optimizer",
    [
        new("adam", () => new AdamOptions()),
        new("adamw", () => new AdamWOptions()),
        new("sgd", () => new SgdOptions()),
    ]);

    /// <summary>The options of the optimizer that the setting optimizer names.</summary>
    /// <exception cref="InputException">A setting is wrong.</exception>
    internal static OptimizerOptions Read(Settings settings) =>
        settings.Fill(All.Find(settings.Choice("optimizer", All[0].Name, All.Names, "update rule")).New());
}
