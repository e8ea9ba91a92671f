namespace Heaviside.Priors.Partition;

/// <summary>What parallel tempering has sampled: w = E_0 - E of the states at every beta. Any number of estimates can be made of it.</summary>
public sealed class TemperedSamples
{
    // Of each beta and run, so that an estimate takes no longer than the sampling. Values in the same 2048th of their range are taken as one,
    // which changes log Z by less than 1e-4.
    private const int MostPoints = 2048;

    private readonly double[] betas;
    private readonly int sweeps;
    private readonly double[] times;
    private readonly double[] rates;
    private readonly long[] trips;
    private readonly GainPoints[][] runs; // [run][beta]
    private readonly long[] samples;

    internal TemperedSamples(float[] betas, int runs, int sweeps, int every, float[][] records, ReplicaExchange exchange)
    {
        this.betas = Array.ConvertAll(betas, b => (double)b);
        this.sweeps = sweeps;
        (LogBase, IsBase) = (exchange.LogBase, exchange.IsBase);
        rates = exchange.ExchangeRates();
        trips = [.. exchange.RoundTrips];
        times = new double[betas.Length];
        samples = new long[betas.Length];
        this.runs = [.. Enumerable.Range(0, runs).Select(_ => new GainPoints[betas.Length])];
        for (var i = 0; i < betas.Length; i++)
        {
            float[][] series = [.. Enumerable.Range(0, runs).Select(r => records[(r * betas.Length) + i])];
            var time = Autocorrelation.Time(series);
            var step = (int)Math.Round(time);
            times[i] = time * every;
            for (var r = 0; r < runs; r++)
            {
                var points = GainPoints.Of([.. Thinned(series[r], step)]);
                samples[i] += points.Values.Length;
                this.runs[r][i] = points.Condensed(MostPoints);
            }
        }
    }

    /// <summary>The ladder, from 0 to 1.</summary>
    public IReadOnlyList<double> Betas => betas;

    /// <summary>log Z at beta 0 in nats, which is exact.</summary>
    public double LogBase { get; }

    /// <summary>Whether the machine is what is sampled at beta 0.</summary>
    internal bool IsBase { get; }

    /// <summary>Independent runs.</summary>
    public int Runs => runs.Length;

    /// <summary>The points of each beta of one run.</summary>
    internal IReadOnlyList<GainPoints> OfRun(int run) => runs[run];

    /// <summary>The points of each beta of all runs.</summary>
    internal IReadOnlyList<GainPoints> OfAll() =>
        [.. Enumerable.Range(0, betas.Length).Select(i => GainPoints.Join(runs.Select(r => r[i])).Condensed(MostPoints))];

    /// <summary>What there is to tell with an estimate whose values for single runs are given.</summary>
    internal TemperingReport Report(IReadOnlyList<double> ofRuns) => new(betas, rates, times, samples, trips, ofRuns, sweeps);

    private static IEnumerable<double> Thinned(float[] series, int step)
    {
        for (var i = 0; i < series.Length; i += step) yield return series[i];
    }
}
