using Heaviside.Plots;

namespace Heaviside.Laboratory;

/// <summary>The charts of a study.</summary>
internal static class LabCharts
{
    private const string LogVariance = "log variance of the gradient";

    /// <summary>File names, without extension, and charts.</summary>
    internal static IEnumerable<(string Name, LineChart Chart)> Of(IReadOnlyList<ILabRow> rows, string title, string conditions)
    {
        var variance = rows.OfType<VarianceRow>().ToList();
        if (variance.Count > 0)
        {
            yield return ("log-variance", Chart(title, conditions, "training step", LogVariance, Lines(variance, r => r.Estimator, r => r.Step, r => r.LogVariance)));
            if (variance[0].CommonLogVariance is not null)
            {
                yield return ("log-variance-common-mean", Chart(
                    title, conditions, "training step", "log variance about the unbiased mean", Lines(variance, r => r.Estimator, r => r.Step, r => r.CommonLogVariance!.Value)));
            }
        }

        var toy = rows.OfType<ToyRow>().ToList();
        if (toy.Count > 0)
        {
            yield return ("objective", Chart(title, conditions, "training step", "E[f] above its minimum", Lines(toy, r => r.Estimator, r => r.Step, r => r.Excess)));
            yield return ("log-variance", Chart(title, conditions, "training step", LogVariance, Lines(toy, r => r.Estimator, r => r.Step, r => r.LogVariance)));
        }

        var sweep = rows.OfType<SweepRow>().ToList();
        if (sweep.Any(r => r.Value is not null))
        {
            var setting = sweep[0].Setting;
            yield return ("sweep-bias", Chart(title, conditions, setting, "bias / exact gradient", Lines(Across(sweep), r => r.Report.Name, r => r.Value!.Value, r => r.Report.RelativeBias ?? double.NaN)));
            yield return ("sweep-variance", Chart(title, conditions, setting, LogVariance, Lines(Across(sweep), r => r.Report.Name, r => r.Value!.Value, r => r.Report.LogVariance)));
        }
    }

    // What does not depend on the setting is a level line.
    private static IReadOnlyList<SweepRow> Across(List<SweepRow> rows)
    {
        double[] values = [.. rows.Where(r => r.Value is not null).Select(r => r.Value!.Value).Distinct().Order()];
        return [.. rows.SelectMany(r => r.Value is null ? [.. values.Select(v => r with { Value = v })] : new[] { r })];
    }

    private static LineChart Chart(string title, string conditions, string x, string y, IReadOnlyList<ChartSeries> series) =>
        new() { Title = title, Subtitle = conditions, XLabel = x, YLabel = y, Series = series };

    private static IReadOnlyList<ChartSeries> Lines<T>(IEnumerable<T> rows, Func<T, string> name, Func<T, double> x, Func<T, double> y) =>
        [.. rows.GroupBy(name).Select(g => new ChartSeries(g.Key, [.. g.Select(x)], [.. g.Select(y)]))];
}
