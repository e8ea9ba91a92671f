using Heaviside.Priors.Partition;

namespace Heaviside.Tests.Priors.Partition;

public class AutocorrelationTests
{
    // x' = rho x + noise has the autocorrelation time (1 + rho) / (1 - rho).
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.98)]
    public void Time_AutoregressiveSeries_IsKnown(double rho)
    {
        using var rng = new Generator(6);
        var series = Enumerable.Range(0, 20).Select(_ =>
        {
            var noise = torch.randn([20_000], torch.float64, generator: rng).ToArray<double>();
            var (x, values) = (noise[0] / Math.Sqrt(1 - (rho * rho)), new float[noise.Length]);
            for (var i = 0; i < noise.Length; i++) values[i] = (float)(x = (rho * x) + noise[i]);
            return values;
        }).ToList();
        var expected = (1 + rho) / (1 - rho);
        Autocorrelation.Time(series).ShouldBeInRange(0.85 * expected, 1.15 * expected);
    }

    [Fact]
    public void Time_SeriesThatStayApart_IsTheirLength() =>
        Autocorrelation.Time([[.. Enumerable.Repeat(0f, 1000)], [.. Enumerable.Repeat(1f, 1000)]]).ShouldBe(1000);

    [Fact]
    public void Time_Constants_IsOne() => Autocorrelation.Time([[3, 3, 3], [3, 3, 3]]).ShouldBe(1);
}
