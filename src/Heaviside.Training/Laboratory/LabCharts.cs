using Heaviside.Laboratory.Demonstrations;
using Heaviside.Numerics;
using Heaviside.Pictures;

namespace Heaviside.Laboratory;

/// <summary>The charts of a study.</summary>
internal static class LabCharts
{
    private const string LogVariance = "log variance of the gradient";

    /// <summary>File names and charts.</summary>
    internal static IEnumerable<(string Name, Chart Chart)> Of(IReadOnlyList<ILabRow> rows, string title, string conditions)
    {
        var variance = rows.OfType<VarianceRow>().ToList();
        if (variance.Count > 0)
        {
            yield return ("log-variance.svg", Chart(title, conditions, "training step", LogVariance, Lines(variance, r => r.Estimator, r => r.Step, r => r.LogVariance)));
            if (variance[0].CommonLogVariance is not null)
            {
                yield return ("log-variance-common-mean.svg", Chart(
                    title, conditions, "training step", "log variance about the unbiased mean", Lines(variance, r => r.Estimator, r => r.Step, r => r.CommonLogVariance!.Value)));
            }
        }

        var toy = rows.OfType<ToyRow>().ToList();
        if (toy.Count > 0)
        {
            yield return ("objective.svg", Chart(title, conditions, "training step", "E[f] above its minimum", Lines(toy, r => r.Estimator, r => r.Step, r => r.Excess)));
            yield return ("log-variance.svg", Chart(title, conditions, "training step", LogVariance, Lines(toy, r => r.Estimator, r => r.Step, r => r.LogVariance)));
        }

        var sweep = rows.OfType<SweepRow>().ToList();
        if (sweep.Any(r => r.Value is not null))
        {
            var setting = string.Join(" or ", sweep.Where(r => r.Value is not null).Select(r => r.Setting).Distinct());
            yield return ("sweep-bias.svg", SweepChart(title, conditions, setting, "bias / exact gradient", isRatio: true, Lines(Across(sweep), r => r.Report.Name, r => r.Value!.Value, r => r.Report.RelativeBias ?? double.NaN, r => r.Report.RelativeError ?? double.NaN)));
            yield return ("sweep-variance.svg", SweepChart(title, conditions, setting, LogVariance, isRatio: false, Lines(Across(sweep), r => r.Report.Name, r => r.Value!.Value, r => r.Report.LogVariance)));
        }

        if (rows.OfType<BinRow>().GroupBy(r => r.Step).ToList() is { Count: > 0 } histograms)
        {
            yield return ("histogram.svg", new HistogramChart
            {
                Title = title,
                Subtitle = conditions,
                XLabel = "output",
                YLabel = "share of outputs",
                Height = 240 + (160 * histograms.Count),
                Histograms = [.. histograms.Select(g => Histogram($"after {Invariant.Format(g.Key)} steps", g))],
            });
        }

        var plane = rows.OfType<HalfSpaceRow>().ToList();
        if (plane.Count > 0)
        {
            (string Name, Func<HalfSpaceRow, double> Of)[] lines = [("volume", r => r.Volume), ("stability", r => r.Stability), ("stability of a half-plane of the volume", r => r.Bound)];
            yield return ("stability.svg", Chart(title, conditions, "training step", "expectation", [.. lines.SelectMany(l => Lines(plane, _ => l.Name, r => r.Step, l.Of))]));
            yield return ("snapshots.png", Snapshots(plane, title, conditions));
        }
    }

    // Most happens at the beginning, so that the first ones are nearer to each other in steps than the last.
    private static HeatMapChart Snapshots(List<HalfSpaceRow> rows, string title, string conditions)
    {
        const int most = 6;
        var shown = Enumerable.Range(0, most).Select(i => (double)i / (most - 1)).Select(share => rows[(int)Math.Round(share * share * share * (rows.Count - 1))]).Distinct();
        var side = (int)Math.Sqrt(rows[0].Values.Count);
        return new()
        {
            Title = title,
            Subtitle = $"{conditions}. The value of the function, from 0 to 1.",
            XLabel = "first input",
            YLabel = "second input",
            Height = 600,
            XRange = (-HalfSpace.Seen, HalfSpace.Seen),
            YRange = (-HalfSpace.Seen, HalfSpace.Seen),
            Maps = [.. shown.Select(r => new ChartMap($"after {Invariant.Format(r.Step)} steps", r.Values, side))],
        };
    }

    // What does not depend on the setting is a level line.
    private static IReadOnlyList<SweepRow> Across(List<SweepRow> rows)
    {
        double[] values = [.. rows.Where(r => r.Value is not null).Select(r => r.Value!.Value).Distinct().Order()];
        return [.. rows.SelectMany(r => r.Value is null ? [.. values.Select(v => r with { Value = v })] : new[] { r })];
    }

    private static ChartHistogram Histogram(string name, IEnumerable<BinRow> bins) =>
        new(name, [.. bins.Select(b => b.Low), bins.Last().High], [.. bins.Select(b => b.Share)]);

    private static LineChart Chart(string title, string conditions, string x, string y, IReadOnlyList<ChartSeries> series) =>
        new() { Title = title, Subtitle = conditions, XLabel = x, YLabel = y, Series = series };

    private static LineChart SweepChart(string title, string conditions, string x, string y, bool isRatio, IReadOnlyList<ChartSeries> series) =>
        new() { Title = title, Subtitle = conditions, XLabel = x, YLabel = y, Series = series, LogX = true, LogY = isRatio };

    private static IReadOnlyList<ChartSeries> Lines<T>(IEnumerable<T> rows, Func<T, string> name, Func<T, double> x, Func<T, double> y, Func<T, double>? error = null) =>
        [.. rows.GroupBy(name).Select(g => new ChartSeries(g.Key, [.. g.Select(x)], [.. g.Select(y)]) { StandardErrors = error is null ? null : [.. g.Select(error)] })];
}
