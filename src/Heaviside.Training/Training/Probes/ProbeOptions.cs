using Heaviside.Configuration;

namespace Heaviside.Training.Probes;

/// <summary>What else is measured at every validation.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
/// <exception cref="InputException">There is no such probe.</exception>
public sealed record ProbeOptions
{
    /// <summary>Names of probes; default none.</summary>
    [Option("what else is measured at every validation")]
    public IReadOnlyList<string> Probes { get; init => field = [.. value.Select(name => ProbeCatalog.All.Find(name).Name)]; } = [];

    /// <summary>Samples of the importance-weighted bounds of probes, 1 or more; default 100.</summary>
    [Option("samples of the importance-weighted bounds of probes", Least = 1, Most = 1_000_000)]
    public int ProbeSamples { get; init => field = OptionInfo.Checked(this, value); } = 100;

    /// <summary>The probes of a run, in the catalogue's order.</summary>
    internal IReadOnlyList<(string Name, Probe Probe)> Create(Experiment experiment) =>
        [.. ProbeCatalog.All.Where(e => Probes.Contains(e.Name)).Select(e => (e.Name, e.Create(this, experiment)))];
}
