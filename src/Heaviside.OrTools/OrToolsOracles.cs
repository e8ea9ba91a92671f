using Heaviside.Structured;

namespace Heaviside.OrTools;

/// <summary>Puts this package's argmax oracles into <see cref="ArgmaxOracleCatalog"/>, where recipes find them.</summary>
public static class OrToolsOracles
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        ArgmaxOracleCatalog.All.Add(new("cp-sat", "free bits, any scores of pairs, any number, by OR-Tools", "doi:10.4230/LIPIcs.CP.2023.3", () => new CpSat()));
        return true;
    });

    /// <summary>Adds <c>cp-sat</c>, once however often this is called: at the start of a program.</summary>
    public static void Register() => _ = Registered.Value;
}
