using Heaviside.Kernels;
using Heaviside.Priors;
using Heaviside.Priors.Kernels;
using Heaviside.Torch;

namespace Heaviside.Tests.Priors.Kernels;

public class TemperedChainsTests
{
    // All sums of such parameters are exact in single precision, so that their order does not matter.
    [Theory]
    [InlineData(200, 200)]
    [InlineData(37, 90)]
    [InlineData(5, 3)]
    [InlineData(1, 1)]
    public void Sweep_ParametersWithFewDigits_IsThePlainSampler(int left, int right)
    {
        const int Chains = 30, GroupSize = 7;
        var machine = Machines.Restricted(left, right, 0.2);
        using (torch.no_grad())
            foreach (var parameter in machine.parameters()) parameter.copy_((parameter * 256).round() / 256);

        using var rng = new Generator(5);
        var chains = new TemperedChains(machine, Chains, GroupSize, rng);
        for (var c = 0; c < Chains; c++) chains.Betas[c] = c / 32f;
        using var same = new Generator(5);
        var plain = new PlainSampler(machine, chains.Betas, GroupSize, same);
        for (var sweep = 0; sweep < 20; sweep++)
        {
            chains.Sweep(0, 2);
            chains.Sweep(2, chains.Groups);
            plain.Sweep();
            for (var c = 0; c < Chains; c++)
            {
                chains.State(c).ShouldBe(plain.States[c]);
                chains.Interactions[c].ShouldBe(plain.Interaction(c));
            }
        }
    }

    // One state of each chain: samples are independent.
    [Theory]
    [InlineData(8, 8)]
    [InlineData(5, 3)]
    [InlineData(2, 11)]
    public void Sweep_SmallMachine_HasTheMomentsOfEachBeta(int left, int right)
    {
        const int Chains = 20_000;
        var machine = Machines.Restricted(left, right);
        foreach (var beta in new[] { 0f, 0.3f, 1f })
        {
            using var rng = new Generator(2);
            var chains = new TemperedChains(machine, Chains, GibbsSampler.GroupSize, rng);
            Array.Fill(chains.Betas, beta);
            for (var sweep = 0; sweep < 40; sweep++) chains.Sweep(0, chains.Groups);
            var samples = torch.tensor([.. Enumerable.Range(0, Chains).SelectMany(c => chains.State(c)).Select(b => (float)b)], [Chains, left + right]);
            Machines.Deviation(samples, Machines.Moments(Machines.Tempered(machine, beta))).ShouldBeLessThan(4.5);
        }
    }

    // Weights of 0 only: the law does not change, and the base is log Z.
    [Fact]
    public void LogBase_OfAnyMachine_IsLogZWithoutWeights()
    {
        var machine = Machines.Restricted(9, 6, 30);
        using var rng = new Generator(1);
        new TemperedChains(machine, 3, 2, rng).LogBase.ShouldBe(Machines.Tempered(machine, 0).LogPartition().item<double>(), 1e-10);
    }

    [Fact]
    public void Constructor_ParametersThatAreNoNumbers_AreRefused()
    {
        var machine = Machines.Restricted(3, 2);
        using var _ = torch.no_grad();
        machine.Weights[1, 1].fill_(float.NaN);
        using var rng = new Generator(1);
        Should.Throw<InvalidOperationException>(() => new TemperedChains(machine, 3, 2, rng)).Message.ShouldContain("not finite");
    }

    /// <summary>The same law with the same random numbers, a unit at a time.</summary>
    private sealed class PlainSampler
    {
        private const int Lanes = 8;

        private readonly float[] a;
        private readonly float[] b;
        private readonly float[] w;
        private readonly float[] betas;
        private readonly int groupSize;
        private readonly Xoshiro128[] streams;

        public PlainSampler(RestrictedBoltzmannMachine machine, float[] betas, int groupSize, Generator rng)
        {
            (a, b, w) = (machine.LeftBias.ToArray<float>(), machine.RightBias.ToArray<float>(), machine.Weights.ToArray<float>());
            (this.betas, this.groupSize) = (betas, groupSize);
            streams = ChainStreams.In(ChainStreams.Create((betas.Length + groupSize - 1) / groupSize, rng)).ToArray();
            States = [.. betas.Select(_ => new byte[a.Length + b.Length])];
        }

        public byte[][] States { get; }

        public void Sweep()
        {
            Draw(a.Length, b, 0, j => i => w[(j * a.Length) + i]);
            Draw(0, a, a.Length, i => j => w[(j * a.Length) + i]);
        }

        public double Interaction(int chain)
        {
            var (sum, z) = (0.0, States[chain]);
            for (var j = 0; j < b.Length; j++)
                for (var i = 0; i < a.Length; i++) sum += z[i] * z[a.Length + j] * w[(j * a.Length) + i];
            return sum;
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
                        States[c][place + unit] = u[unit - first] < 1 / (1 + Math.Exp(-((sum * betas[c]) + bias[unit]))) ? (byte)1 : (byte)0;
                    }
                }
            }
        }
    }
}
