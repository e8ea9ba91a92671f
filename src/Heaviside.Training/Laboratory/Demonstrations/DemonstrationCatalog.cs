using Heaviside.Configuration;

namespace Heaviside.Laboratory.Demonstrations;

/// <summary>Every demonstration: a new one is one file and one entry here.</summary>
public static class DemonstrationCatalog
{
    /// <summary>All demonstrations.</summary>
    public static Catalog<DemonstrationEntry> All { get; } = new("demonstration",
    [
        DemonstrationEntry.Of("toy-regression", "a function of a Gaussian number with a given mean, whose values stability makes binary", (ToyRegressionOptions options) => new ToyRegression(options), [new ToyRegressionRow(0, 0, 0, 0, 0, 0), new BinRow(0, 0, 0, 0)]),
        DemonstrationEntry.Of("half-space", "a function on the plane that stability turns into the indicator of a half-plane", (HalfSpaceOptions options) => new HalfSpace(options), [new HalfSpaceRow(0, 0, 0, 0, 0, 0, 0, [])]),
        DemonstrationEntry.Of("boltzmann-objectives", "the objectives of GumBolt beside log p(x) and its bounds, on a model that can be enumerated", (BoltzmannObjectivesOptions options) => new BoltzmannObjectives(options), [new BoltzmannObjectivesRow(0, 0, 0, 0, 0, default, default, default, default, default)]),
    ]);
}
