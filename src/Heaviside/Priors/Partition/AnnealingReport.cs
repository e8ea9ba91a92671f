using System.Text.Json.Nodes;

namespace Heaviside.Priors.Partition;

/// <summary>What annealed importance sampling can tell of its weights.</summary>
/// <param name="Betas">Steps from beta 0 to beta 1.</param>
/// <param name="Chains">Independent chains, one weight each.</param>
/// <param name="EffectiveChains">How many equal weights would say as much: (sum w)^2 / sum w^2. Where it is a few, the standard error means nothing.</param>
/// <param name="ErrorOfWeights">The standard error of log Z in nats from the variance of the weights.</param>
/// <param name="ErrorOfGroups">The same from the estimates of independent groups of chains.</param>
public sealed record AnnealingReport(int Betas, int Chains, double EffectiveChains, double ErrorOfWeights, double ErrorOfGroups)
{
    internal JsonObject ToJson() => new()
    {
        ["betas"] = Betas,
        ["chains"] = Chains,
        ["effective-chains"] = EffectiveChains,
        ["error-of-weights"] = ErrorOfWeights,
        ["error-of-groups"] = ErrorOfGroups,
    };
}
