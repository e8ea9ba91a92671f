using Heaviside.Configuration;
using Heaviside.Priors.Kernels;

namespace Heaviside.Priors.Partition;

/// <summary>Annealed importance sampling: independent chains go from beta 0 to beta 1, and the mean of their weights is Z / Z_0.</summary>
/// <remarks>
/// <para>A chain begins with an exact sample at beta 0. At each step k of K its weight is multiplied by exp((beta_(k+1) - beta_k) w),
/// w = E_0 - E of the state that it has, and one Gibbs sweep at beta_(k+1) follows; betas are equally spaced.</para>
/// <para>The mean weight is unbiased, so that its logarithm is too small on average, by about half its variance: a log-likelihood
/// made with it is optimistic. Where all weights are equal, they say nothing of their variance, and the error is unknown. Reference: arXiv:physics/9803008; for restricted machines doi:10.1145/1390156.1390266.</para>
/// </remarks>
public sealed class AnnealedImportanceSampling : PartitionEstimator
{
    private const int MostGroups = 20;
    private const double Rounding = 1e-9; // of a log-weight: nearer ones are equal

    /// <inheritdoc/>
    public override string Name => "ais";

    /// <summary>The law at beta 0; default the uniform one, from which weights of trained machines vary less.</summary>
    [Option("what annealing begins from: the machine's biases, or all states alike", Name = "partition-annealing-base")]
    public PartitionBase Base { get; init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Base), value, "is no base"); } = PartitionBase.Uniform;

    /// <summary>Steps from beta 0 to beta 1, from 1 to 1,000,000; default 1000.</summary>
    [Option("steps of annealing", Name = "partition-betas", Least = 1, Most = 1_000_000)]
    public int Betas { get; init => field = OptionInfo.Checked(this, value); } = 1000;

    /// <summary>Independent chains, from 2 to 1,000,000; default 1024.</summary>
    [Option("chains of annealing", Name = "partition-chains", Least = 2, Most = 1_000_000)]
    public int Chains { get; init => field = OptionInfo.Checked(this, value); } = 1024;

    /// <inheritdoc/>
    private protected override PartitionEstimate EstimateOf(RestrictedBoltzmannMachine machine, Generator rng, PartitionWork work)
    {
        var chains = new TemperedChains(machine, Base, Chains, GibbsSampler.GroupSize, rng);
        var logWeights = new double[Chains];
        work.Steps("annealing", Betas, (first, end) => work.Spread(0, chains.Groups, (from, to) =>
        {
            for (var k = first; k < end; k++) Step(chains, k, logWeights, from, to);
        }));
        return Estimate(chains, logWeights);
    }

    // At step 0, beta is 0, where a sweep gives an exact sample.
    private void Step(TemperedChains chains, int k, double[] logWeights, int from, int to)
    {
        var (beta, next) = (Beta(k), Beta(k + 1));
        var mine = chains.First(from)..chains.First(to);
        chains.Betas.AsSpan(mine).Fill(beta);
        chains.Sweep(from, to);
        for (var c = mine.Start.Value; c < mine.End.Value; c++) logWeights[c] += ((double)next - beta) * chains.Gains[c];
    }

    private float Beta(int k) => (float)k / Betas;

    private PartitionEstimate Estimate(TemperedChains chains, double[] logWeights)
    {
        var largest = logWeights.Max();
        var weights = Array.ConvertAll(logWeights, l => Math.Exp(l - largest));
        var (mean, squares) = (weights.Average(), weights.Average(w => w * w));

        // var(log m) is nearly var(m) / m^2.
        var ofWeights = Math.Sqrt(Math.Max(0, (squares / (mean * mean)) - 1) / (Chains - 1));
        var ofGroups = ErrorOfGroups(logWeights);
        var error = largest - logWeights.Min() <= Rounding ? 0 : Math.Max(ofWeights, ofGroups);
        return PartitionEstimate.OfSamples(Name, chains.LogBase + largest + Math.Log(mean), error, chains.IsBase) with
        {
            Annealing = new(Betas, Chains, Chains * mean * mean / squares, ofWeights, ofGroups),
        };
    }

    // From the mean weights of groups, each nearly as good as the whole with fewer chains.
    private double ErrorOfGroups(double[] logWeights)
    {
        var groups = Math.Min(MostGroups, Chains / 2);
        var logs = Enumerable.Range(0, groups)
            .Select(g => LogMean(logWeights[(g * Chains / groups)..((g + 1) * Chains / groups)]))
            .ToArray();
        return StandardError.OfMean(logs);

        // A group may be so much lighter than the heaviest that its weights beside that one's are 0.
        static double LogMean(double[] logs)
        {
            var largest = logs.Max();
            return largest + Math.Log(logs.Average(l => Math.Exp(l - largest)));
        }
    }
}
