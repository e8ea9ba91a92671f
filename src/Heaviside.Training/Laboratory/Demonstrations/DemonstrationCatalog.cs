using Heaviside.Configuration;

namespace Heaviside.Laboratory.Demonstrations;

/// <summary>Every demonstration: a new one is one file and one entry here.</summary>
public static class DemonstrationCatalog
{
    /// <summary>All demonstrations.</summary>
    public static Catalog<DemonstrationEntry> All { get; } = new("demonstration",
    [
        new("toy-regression", "a function of a Gaussian number with a given mean, whose values stability makes binary", s => new ToyRegression(s)) { Rows = [new ToyRegressionRow(0, 0, 0, 0, 0, 0), new BinRow(0, 0, 0, 0)] },
        new("half-space", "a function on the plane that stability turns into the indicator of a half-plane", s => new HalfSpace(s)) { Rows = [new HalfSpaceRow(0, 0, 0, 0, 0, 0, 0, [])] },
        new("boltzmann-objectives", "the objectives of GumBolt beside log p(x) and its bounds, on a model that can be enumerated", s => new BoltzmannObjectives(s)) { Rows = [new BoltzmannObjectivesRow(0, 0, 0, 0, 0, default, default, default, default, default)] },
    ]);
}
