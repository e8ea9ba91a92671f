using Heaviside.Regularizers;

namespace Heaviside.Tests.Regularizers;

/// <summary>What theory says of noise stability, and whether the estimates agree with it.</summary>
public class StabilityLawTests
{
    public static TheoryData<int> KnownStabilities() => [.. Enumerable.Range(0, BoundedFunction.Known.Count)];

    [Theory]
    [MemberData(nameof(KnownStabilities))]
    public void Quadrature_KnownFunctions_GivesTheClosedForms(int known)
    {
        var (f, rho, stability) = BoundedFunction.Known[known];
        GaussianQuadrature.Stability(f.Of, rho, f.Breaks).ShouldBe(stability, 1.5e-6, f.Name);
    }

    // Stab_rho[f] = sum_m rho^m c_m^2.
    [Theory]
    [InlineData(1, 0, 0.9)]
    [InlineData(1, 0.5, 0.5)]
    [InlineData(2, -0.5, 0.7)]
    public void Quadrature_HermiteCoefficients_SumToTheStability(double slope, double shift, double rho)
    {
        var f = BoundedFunction.Sigmoid(slope, shift).Of;
        Enumerable.Range(0, 60).Sum(m => Math.Pow(rho, m) * Math.Pow(GaussianQuadrature.Hermite(f, m), 2))
            .ShouldBe(GaussianQuadrature.Stability(f, rho), 1e-8);
    }

    // With rho1 = 2h and rho2 = h the error of degree m is (2^m - 2) h^m c_m^2: of order h^2.
    [Fact]
    public void DifferenceOfStabilities_SmallCorrelations_IsCenteredStabilityUpToTheirProduct()
    {
        var f = BoundedFunction.Sigmoid(2, 0.5).Of;
        var mean = GaussianQuadrature.Mean(f);
        double Error(double h) =>
            GaussianQuadrature.Stability(f, 2 * h) - GaussianQuadrature.Stability(f, h) - GaussianQuadrature.Stability(x => f(x) - mean, h);
        var squares = Enumerable.Range(0, 40).Select(m => Math.Pow(GaussianQuadrature.Hermite(f, m), 2)).ToArray();
        foreach (var h in new[] { 0.2, 0.1, 0.01 })
            Error(h).ShouldBe(Enumerable.Range(1, 39).Sum(m => (Math.Pow(2, m) - 2) * Math.Pow(h, m) * squares[m]), 1e-9);
        (Error(0.002) / (0.002 * 0.002)).ShouldBe(2 * squares[2], 0.1 * squares[2]);
    }

    [Theory]
    [MemberData(nameof(KnownStabilities))]
    public void StabilityRegularizer_KnownFunctions_IsUnbiased(int known)
    {
        var (f, rho, stability) = BoundedFunction.Known[known];
        AgreesWith(stability, new StabilityRegularizer { Rho = rho, Alpha = 1, Clip = StabilityClip.Dimension, Reduction = StabilityReduction.Sum }, f, e => e.Stability);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void MeanCenteredStability_KnownFunctions_IsUnbiased(bool shared)
    {
        var centered = new MeanCenteredStability { Rho1 = 0.9, Rho2 = 0.4, SharedNoise = shared, Reduction = StabilityReduction.Mean };
        foreach (var f in new[] { BoundedFunction.HalfSpace, BoundedFunction.Sigmoid(5, 0.5), BoundedFunction.Probit(2, 0.5) })
            AgreesWith(GaussianQuadrature.Stability(f.Of, 0.9, f.Breaks) - GaussianQuadrature.Stability(f.Of, 0.4, f.Breaks), centered, f, e => e.Maximand);
        AgreesWith(0.0625 * (0.9 - 0.4), centered, BoundedFunction.Affine, e => e.Maximand);
        AgreesWith((Math.Asin(0.9) - Math.Asin(0.4)) / (2 * Math.PI), centered, BoundedFunction.HalfSpace, e => e.Maximand);
    }

    [Fact]
    public void MeanCenteredStability_SharedNoise_LowersTheVariance()
    {
        double Variance(bool shared)
        {
            var draws = Draws(new MeanCenteredStability { Rho1 = 0.9, Rho2 = 0.8, SharedNoise = shared, Reduction = StabilityReduction.Mean }, BoundedFunction.Sigmoid(2, 0), e => e.Maximand);
            return MathNet.Numerics.Statistics.Statistics.Variance(draws);
        }

        Variance(shared: true).ShouldBeLessThan(0.5 * Variance(shared: false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void MeanCenteredStability_Constant_IsZeroWithoutAGradient(bool shared)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var level = torch.full([], 0.3).requires_grad_();
        var estimate = new MeanCenteredStability { SharedNoise = shared }.Estimate(z => (0 * z) + level, torch.zeros([50, 4]), rng);
        estimate.Maximand.Number().ShouldBe(0, 1e-6);
        Autograd.Grad([estimate.Maximand], [level])[0].Number().ShouldBe(0, 1e-6);
    }

    private static void AgreesWith(double expected, NoiseStability regularizer, BoundedFunction f, Func<StabilityEstimate, Tensor> read)
    {
        var draws = Draws(regularizer, f, read);
        var error = MathNet.Numerics.Statistics.Statistics.StandardDeviation(draws) / Math.Sqrt(draws.Length);
        Math.Abs(draws.Average() - expected).ShouldBeLessThan(4.5 * error, f.Name);
    }

    // The layer's input is the noise alone, as in the definition.
    private static double[] Draws(NoiseStability regularizer, BoundedFunction f, Func<StabilityEstimate, Tensor> read)
    {
        using var rng = new Generator(3);
        return [.. Enumerable.Range(0, 60).Select(_ =>
        {
            using var scope = torch.NewDisposeScope();
            return read(regularizer.Estimate(f.OfTensor, torch.zeros([2000, 4], torch.float64), rng)).Number();
        })];
    }
}
