using Heaviside.Distributions;
using Heaviside.Priors;
using Heaviside.Tests.Priors;

namespace Heaviside.Tests.Distributions;

/// <summary>The divergence of a smoothed chain from a Boltzmann machine, and its gradient, against quadrature.</summary>
public class SmoothedPathTests
{
    private static readonly (string Kind, double Beta)[] Smoothings = [("spike", 4), ("exponential", 8), ("power", 30)];

    // Sides that are groups, a group on both sides of the machine, three groups on two sides, and products of three.
    public static TheoryData<string, string, int[]> Cases()
    {
        var data = new TheoryData<string, string, int[]>();
        foreach (var (kind, _) in Smoothings)
        {
            data.Add(kind, "restricted 1 x 1", [1, 1]);
            data.Add(kind, "restricted 1 x 2", [2, 1]);
            data.Add(kind, "restricted 1 x 2", [1, 1, 1]);
            data.Add(kind, "third order", [2, 1]);
            data.Add(kind, "third order", [1, 1, 1]);
        }

        return data;
    }

    private static Smoothing Of(string kind) => SmoothingTests.Of(kind, Smoothings.Single(s => s.Kind == kind).Beta);

    private static BoltzmannMachine Machine(string kind)
    {
        BoltzmannMachine machine = kind switch
        {
            "restricted 1 x 1" => new RestrictedBoltzmannMachine(1, 1),
            "restricted 1 x 2" => new RestrictedBoltzmannMachine(1, 2),
            "third order" => new MultilinearBoltzmannMachine(3, [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]]),
            _ => throw new ArgumentException(kind),
        };
        machine.to(torch.float64);
        Machines.Randomize(machine, 1.5, 5);
        return machine;
    }

    // Logits that are affine in the zeta before: the parameters of a group are its biases, then a row of weights for each bit before it. [B, K]
    private static StochasticChain Chain(Tensor parameters, int[] groups)
    {
        var (from, examples) = (0L, parameters.size(0));
        (Tensor Bias, Tensor Weights) Take(int before, int own)
        {
            var part = parameters.slice(1, from, from += (1 + before) * own).view([examples, 1 + before, own]);
            return (part.select(1, 0), part.slice(1, 1));
        }

        StochasticLayer Layer(int i)
        {
            var (bias, weights) = Take(groups[..i].Sum(), groups[i]);
            return new(groups[i], (IReadOnlyList<Tensor> before) => new Bernoulli(bias + (torch.cat([.. before], -1).unsqueeze(-1) * weights).sum(-2)));
        }

        var first = new Bernoulli(Take(0, groups[0]).Bias);
        return new(first, [.. Enumerable.Range(1, groups.Length - 1).Select(Layer)]);
    }

    private static Tensor Parameters(int[] groups, double scale = 1)
    {
        using var rng = new Generator(21);
        return torch.randn([1, groups.Select((own, i) => (1 + groups[..i].Sum()) * own).Sum()], torch.float64, generator: rng) * scale;
    }

    private static Tensor Divergence(SmoothedPath path, BoltzmannMachine machine) => path.Expect(machine.Energy) - path.Entropy();

    // sum_z integral dzeta q(z, zeta) (sum_i log q(z_i | zeta before) + E(z)): as many parameters as draws, so that each has a gradient.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Expect_SeveralLayers_HaveValueAndGradientOfTheExactDivergenceAsMeans(string kind, string machineKind, int[] groups)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(7);
        using var machine = Machine(machineKind);
        const int Draws = 100_000, Nodes = 200;

        var exact = Parameters(groups).requires_grad_();
        var grid = new SmoothedQuadrature(Of(kind), machine.Units, machine.Units - groups[^1], Nodes);
        var law = Chain(exact, groups);
        var divergence = grid.Expect(law, grid.LogProb(law) + machine.Energy(grid.Bits));
        var gradient = Autograd.Grad([divergence], [exact])[0];

        var parameters = exact.detach().expand([Draws, -1]).clone().requires_grad_();
        var values = Divergence(SmoothedPath.Draw(Chain(parameters, groups), Of(kind), 1, rng), machine);
        var gradients = Autograd.Grad([values.sum()], [parameters])[0];
        void ShouldHaveMean(Tensor samples, double mean, string name)
        {
            var error = samples.std().Number() / Math.Sqrt(Draws);
            samples.mean().Number().ShouldBe(mean, (4.5 * error) + 1e-5, name); // and what the grid leaves
        }

        ShouldHaveMean(values.detach(), divergence.Number(), "value");
        for (var i = 0; i < exact.size(1); i++) ShouldHaveMean(gradients.select(1, i), gradient[0, i].Number(), $"parameter {i}");
    }

    [Theory]
    [InlineData("spike", "restricted 1 x 2")]
    [InlineData("exponential", "third order")]
    [InlineData("power", "third order")]
    public void Expect_OneLayer_IsExact(string kind, string machineKind)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(7);
        using var machine = Machine(machineKind);
        int[] groups = [3];
        var parameters = Parameters(groups).requires_grad_();
        var z = machine.Enumerate().unsqueeze(1);
        var logQ = Chain(parameters, groups).JointLogProb(z);
        var exact = (logQ.exp() * (logQ + machine.Energy(z))).sum();
        var divergence = Divergence(SmoothedPath.Draw(Chain(parameters, groups), Of(kind), 1, rng), machine).sum();
        divergence.Number().ShouldBe(exact.Number(), 1e-12);
        var difference = Autograd.Grad([exact - divergence], [parameters])[0];
        difference.abs().max().Number().ShouldBeLessThan(1e-12);
    }

    // Two groups of ten, the machine's sides; the variance of the gradient with respect to the logits of the first. Appendix B of
    // arXiv:1805.07349 calls the spike's an element of REINFORCE: true of bits that are nearly always 1 alone.
    [Fact]
    public void Expect_TwoLayers_HaveTheVarianceOfTheirSmoothing()
    {
        using var scope = torch.NewDisposeScope();
        using var machine = new RestrictedBoltzmannMachine(10, 10);
        machine.to(torch.float64);
        Machines.Randomize(machine, 0.5, 5);
        double Variance(Smoothing smoothing, double shift)
        {
            using var rng = new Generator(7);
            int[] groups = [10, 10];
            var one = Parameters(groups);
            one.slice(1, 0, 10).add_(shift);
            one.slice(1, 20).mul_(0.3);
            var parameters = one.expand([10_000, -1]).clone().requires_grad_();
            var gradients = Autograd.Grad([Divergence(SmoothedPath.Draw(Chain(parameters, groups), smoothing, 1, rng), machine).sum()], [parameters])[0];
            return gradients.slice(1, 0, 10).var(0).sum().Number();
        }

        double[] Variances(double shift) => [.. new Smoothing[] { new SpikeAndExponential(5), new OverlappingExponential(5), new OverlappingExponential(10), new PowerFunction(30) }.Select(s => Variance(s, shift))];
        foreach (var (shift, expected) in new[] { (0.0, new[] { 0.86, 1.07, 17, 4.3 }), (3, [0.24, 0.094, 1.17, 0.65]) })
            foreach (var (actual, about) in Variances(shift).Zip(expected)) actual.ShouldBe(about, 0.15 * about, $"shift {shift}");
    }
}
