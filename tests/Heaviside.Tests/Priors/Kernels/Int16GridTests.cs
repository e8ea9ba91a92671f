using Heaviside.Priors;
using Heaviside.Priors.Kernels;

namespace Heaviside.Tests.Priors.Kernels;

public class Int16GridTests
{
    // Halves of the grid's sums, added as the tables add them.
    [Fact]
    public void TryRound_IndependentUnits_HaveProbabilitiesExactTo1e4()
    {
        float[] biases = [0, 1e-7f, 0.3f, -0.7f, 1, -1, 3, -5, 8, -12, 17, 19.9f, -19.9f, 20, -20.1f, 40, -300, 1000, -1e5f, 1e30f];
        var grid = new Int16Grid(biases.Length, 2);
        grid.TryRound(biases, [2, -0.5f], new float[2 * biases.Length]).ShouldBeTrue();
        for (var i = 0; i < biases.Length; i++)
        {
            var sum = Math.Clamp(grid.Left.Even[i] + grid.Left.Odd[i], short.MinValue, short.MaxValue);
            var p = sum == short.MaxValue ? 1 : sum == short.MinValue ? 0 : Sigmoid(sum * grid.Unit);
            p.ShouldBe(Sigmoid(biases[i]), 1e-4);
        }
    }

    [Fact]
    public void TryRound_ClampedUnits_HaveNoPartInTheUnit()
    {
        var machine = Machines.Restricted(200, 200, 0.1);
        var (free, clamped) = (new Int16Grid(200, 200), new Int16Grid(200, 200));
        Round(free, machine).ShouldBeTrue();
        using (torch.no_grad())
        {
            machine.LeftBias[3].fill_(1e5);
            machine.RightBias[199].fill_(-1e7);
        }

        Round(clamped, machine).ShouldBeTrue();
        clamped.Unit.ShouldBe(free.Unit, 0.1 * free.Unit);
        free.Unit.ShouldBeLessThan(4e-4);
    }

    // The figures of docs/methods/boltzmann-machines.md: how far rounding moves the probabilities given random states.
    [Theory]
    [InlineData(0.1, 3e-4, 1.5e-3)]
    [InlineData(0.5, 4e-4, 4e-3)]
    public void TryRound_200x200_MovesProbabilitiesLittle(double scale, double typical, double most)
    {
        var machine = Machines.Restricted(200, 200, scale);
        var grid = new Int16Grid(200, 200);
        Round(grid, machine).ShouldBeTrue();
        using var rng = new Generator(1);
        using var _ = torch.no_grad();
        var z = torch.randint(0, 2, [1000, 200], torch.float64, generator: rng);
        var weights = torch.tensor(Array.ConvertAll(grid.Weights, w => (double)w), [200, 200]);
        var biases = torch.tensor([.. grid.Right.Even.Zip(grid.Right.Odd, (e, o) => (double)(e + o))]);
        var rounded = ((z.MatMul(weights.transpose(0, 1)) + biases) * grid.Unit).sigmoid();
        var exact = (z.MatMul(machine.Weights.to(torch.float64).transpose(0, 1)) + machine.RightBias.to(torch.float64)).sigmoid();
        (rounded - exact).square().mean().sqrt().Number().ShouldBeLessThan(typical);
        (rounded - exact).abs().max().Number().ShouldBeLessThan(most);
    }

    [Fact]
    public void TryRound_LogitsThatCouldBeTooLarge_IsRefused()
    {
        var machine = Machines.Restricted(200, 200, 2);
        Round(new Int16Grid(200, 200), machine).ShouldBeFalse();
        using (torch.no_grad()) machine.Weights.zero_();
        Round(new Int16Grid(200, 200), machine).ShouldBeTrue();
    }

    private static bool Round(Int16Grid grid, RestrictedBoltzmannMachine machine) =>
        grid.TryRound(machine.LeftBias.ToArray<float>(), machine.RightBias.ToArray<float>(), machine.Weights.ToArray<float>());

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
