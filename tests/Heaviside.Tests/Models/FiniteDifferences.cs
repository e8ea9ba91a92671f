using Heaviside.Estimators;

namespace Heaviside.Tests.Models;

/// <summary>The gradient of a model's loss against differences of its objective, which the loss is minus the slope of.</summary>
internal static class FiniteDifferences
{
    /// <summary>Compares the slopes along one random direction in each tensor of parameters, in double precision.</summary>
    /// <param name="model">The model.</param>
    /// <param name="at">Its objective as a function of the parameters: the same randomness every time.</param>
    /// <param name="tolerance">Of a slope, relative to 1 + its size.</param>
    /// <param name="least">A slope below it would test nothing.</param>
    public static void ShouldAgree(torch.nn.Module model, Func<TrainingObjective> at, double tolerance, double least)
    {
        at().Loss.backward();
        const double Step = 1e-6;
        foreach (var (name, parameter) in model.named_parameters())
        {
            using var noGrad = torch.no_grad();
            using var random = new Generator(9);
            var direction = torch.randn(parameter.shape, torch.float64, generator: random);
            double Moved(double by)
            {
                parameter.add_(direction, by);
                var value = at().Value.Number();
                parameter.add_(direction, -by);
                return value;
            }

            var slope = (parameter.grad! * direction).sum().Number();
            slope.ShouldBe(-(Moved(Step) - Moved(-Step)) / (2 * Step), tolerance * (1 + Math.Abs(slope)), name);
            Math.Abs(slope).ShouldBeGreaterThan(least, name);
        }
    }
}
