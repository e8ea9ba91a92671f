using Heaviside.Models;
using Heaviside.Training.Probes;

namespace Heaviside.Tests.Training.Probes;

public class GradientVarianceTests
{
    private static SigmoidBeliefNetwork Model()
    {
        using var rng = new Generator(1);
        return new(new(1, 2, 2, [0.2f, 0.5f, 0.7f, 0.9f], rng), new() { Layers = [3] });
    }

    [Fact]
    public void Report_KnownGradients_IsTheMeanVarianceOfEveryComponentByHand()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model();
        using var probe = new GradientVariance(model);
        var parameters = model.parameters().ToArray();
        var random = new Random(4);
        var components = (int)parameters.Sum(p => p.numel());
        var (mean, square) = (new double[components], new double[components]);
        foreach (var steps in new[] { 7, 30 })
        {
            var sum = 0.0;
            for (var step = 0; step < steps; step++)
            {
                var offset = 0;
                foreach (var p in parameters)
                {
                    var g = Enumerable.Range(0, (int)p.numel()).Select(i => (float)(i + random.NextDouble())).ToArray();
                    p.grad = torch.tensor(g, p.shape);
                    foreach (var v in g)
                    {
                        mean[offset] = (0.999 * mean[offset]) + (0.001 * v);
                        square[offset] = (0.999 * square[offset]) + (0.001 * v * v);
                        offset++;
                    }
                }

                probe.AfterBackward(step);
                sum += mean.Zip(square, (m, s) => s - (m * m)).Average();
            }

            var report = probe.Report(null!).ToDictionary(f => f.Name, f => f.Value);
            ((double)report["log-variance"]!).ShouldBe(Math.Log(sum / steps), 1e-5);
            report["steps"].ShouldBe((long)steps); // since the last report, while the averages go on
        }
    }

    [Fact]
    public void Report_ParameterWithoutGradient_IsLeftOut()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model();
        using var probe = new GradientVariance(model);
        model.parameters().First().grad = torch.full(model.parameters().First().shape, 2.0);
        probe.AfterBackward(0);
        // E[g^2] - E[g]^2 = 0.001 * 4 - (0.001 * 2)^2
        ((double)probe.Report(null!)[0].Value!).ShouldBe(Math.Log(0.004 - 0.000004), 1e-6);
    }
}
