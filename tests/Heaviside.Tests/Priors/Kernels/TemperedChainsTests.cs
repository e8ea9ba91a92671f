using Heaviside.Kernels;
using Heaviside.Priors;
using Heaviside.Priors.Kernels;
using Heaviside.Priors.Partition;

namespace Heaviside.Tests.Priors.Kernels;

public class TemperedChainsTests
{
    // All sums of such parameters are exact in single precision, so that their order does not matter.
    [Theory]
    [InlineData(PartitionBase.Biases, 200, 200)]
    [InlineData(PartitionBase.Biases, 37, 90)]
    [InlineData(PartitionBase.Biases, 5, 3)]
    [InlineData(PartitionBase.Uniform, 90, 37)]
    [InlineData(PartitionBase.Uniform, 1, 1)]
    public void Sweep_ParametersWithFewDigits_IsThePlainSampler(PartitionBase from, int left, int right)
    {
        const int Chains = 30, GroupSize = 7;
        var machine = Machines.Restricted(left, right, 0.2);
        using (torch.no_grad())
            foreach (var parameter in machine.parameters()) parameter.copy_((parameter * 256).round() / 256);

        using var rng = new Generator(5);
        var chains = new TemperedChains(machine, from, Chains, GroupSize, rng);
        for (var c = 0; c < Chains; c++) chains.Betas[c] = c / 32f;
        using var same = new Generator(5);
        var plain = new PlainSampler(machine, from, chains, GroupSize, same);
        for (var sweep = 0; sweep < 20; sweep++)
        {
            chains.Sweep(0, 2);
            chains.Sweep(2, chains.Groups);
            plain.Sweep();
            for (var c = 0; c < Chains; c++)
            {
                chains.State(c).ShouldBe(plain.States[c]);
                chains.Gains[c].ShouldBe(plain.Gain(c));
            }
        }
    }

    // One state of each chain: samples are independent.
    [Theory]
    [InlineData(PartitionBase.Biases, 8, 8)]
    [InlineData(PartitionBase.Uniform, 5, 3)]
    [InlineData(PartitionBase.Biases, 2, 11)]
    public void Sweep_SmallMachine_HasTheMomentsOfEachBeta(PartitionBase from, int left, int right)
    {
        const int Chains = 20_000;
        var machine = Machines.Restricted(left, right);
        foreach (var beta in new[] { 0f, 0.3f, 1f })
        {
            using var rng = new Generator(2);
            var chains = new TemperedChains(machine, from, Chains, GibbsSampler.GroupSize, rng);
            Array.Fill(chains.Betas, beta);
            for (var sweep = 0; sweep < 40; sweep++) chains.Sweep(0, chains.Groups);
            var samples = torch.tensor([.. Enumerable.Range(0, Chains).SelectMany(c => chains.State(c)).Select(b => (float)b)], [Chains, left + right]);
            Machines.Deviation(samples, Machines.Moments(Machines.Tempered(machine, beta, from))).ShouldBeLessThan(4.5);
        }
    }

    [Fact]
    public void LogBase_OfAnyMachine_IsLogZAtBeta0()
    {
        var machine = Machines.Restricted(9, 6, 30);
        using var rng = new Generator(1);
        foreach (var from in Enum.GetValues<PartitionBase>())
            new TemperedChains(machine, from, 3, 2, rng).LogBase.ShouldBe(Machines.Tempered(machine, 0, from).LogPartition().Number(), 1e-10);
    }

    [Fact]
    public void Constructor_ParametersThatAreNoNumbers_AreRefused()
    {
        var machine = Machines.Restricted(3, 2);
        using var _ = torch.no_grad();
        machine.Weights[1, 1].fill_(float.NaN);
        using var rng = new Generator(1);
        Should.Throw<InvalidOperationException>(() => new TemperedChains(machine, PartitionBase.Biases, 3, 2, rng)).Message.ShouldContain("not finite");
    }

    /// <summary>The same law with the same random numbers, a unit at a time.</summary>
    private sealed class PlainSampler
    {
        private const int Lanes = 8;

        private readonly float[] a;
        private readonly float[] b;
        private readonly float[] w;
        private readonly float[] betas;
        private readonly bool isUniform;
        private readonly int groupSize;
        private readonly Xoshiro128[] streams;

        // From the states in which the chains begin, and what their streams give after these.
        public PlainSampler(RestrictedBoltzmannMachine machine, PartitionBase from, TemperedChains chains, int groupSize, Generator rng)
        {
            (a, b, w) = (machine.LeftBias.ToArray<float>(), machine.RightBias.ToArray<float>(), machine.Weights.ToArray<float>());
            (isUniform, betas, this.groupSize) = (from == PartitionBase.Uniform, chains.Betas, groupSize);
            streams = ChainStreams.In(ChainStreams.Create(chains.Groups, rng)).ToArray();
            for (var group = 0; group < streams.Length; group++) ChainStreams.NextKey(ref streams[group]);
            States = [.. Enumerable.Range(0, betas.Length).Select(chains.State)];
        }

        public byte[][] States { get; }

        public void Sweep()
        {
            Draw(a.Length, b, 0, j => i => w[(j * a.Length) + i]);
            Draw(0, a, a.Length, i => j => w[(j * a.Length) + i]);
        }

        public double Gain(int chain)
        {
            var (sum, z) = (0.0, States[chain]);
            for (var j = 0; j < b.Length; j++)
                for (var i = 0; i < a.Length; i++) sum += z[i] * z[a.Length + j] * w[(j * a.Length) + i];
            return isUniform ? sum + a.Concat(b).Zip(z, (bias, bit) => (double)bias * bit).Sum() : sum;
        }

        // Units from a place on, given those from another place on.
        private void Draw(int place, float[] bias, int given, Func<int, Func<int, float>> weight)
        {
            for (var first = 0; first < bias.Length; first += Lanes)
            {
                for (var c = 0; c < betas.Length; c++)
                {
                    var u = streams[c / groupSize].NextUniform();
                    for (var unit = first; unit < Math.Min(first + Lanes, bias.Length); unit++)
                    {
                        var sum = 0f;
                        for (var k = 0; k < a.Length + b.Length - bias.Length; k++) sum += States[c][given + k] * weight(unit)(k);
                        States[c][place + unit] = u[unit - first] < 1 / (1 + Math.Exp(-((sum * betas[c]) + (isUniform ? betas[c] * bias[unit] : bias[unit])))) ? (byte)1 : (byte)0;
                    }
                }
            }
        }
    }
}
