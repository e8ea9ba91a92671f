using System.Text.Json.Nodes;
using Heaviside.Estimators;
using Heaviside.Files;
using Heaviside.Models;
using Heaviside.Pictures;

namespace Heaviside.Training;

/// <summary>The course of a run's training and validation, as its metrics have it.</summary>
internal static class RunCurves
{
    /// <summary>The chart; lines that lack a number are left out.</summary>
    /// <exception cref="InputException">A line of the metrics is no JSON object.</exception>
    internal static LineChart Of(RunFolder run, Experiment experiment)
    {
        var rows = MetricsLog.Read(run.MetricsFile);
        var train = rows.Where(r => r.Text(RunMetrics.Kind) == RunMetrics.Train).ToList();
        var validation = rows.Where(r => r.Text(RunMetrics.Kind) == RunMetrics.Validation).ToList();
        var point = train.Select(PointOf).LastOrDefault(p => p is not null) ?? EvaluationPoint.HardSample;
        return new LineChart
        {
            Title = "Training and validation",
            Subtitle = RunReport.Conditions(experiment),
            XLabel = "training step",
            YLabel = experiment.Model is IHasLogWeights ? "nats per example" : experiment.Model.Quantity,
            Series =
            [
                Series(point.ObjectiveName(), train, "objective"),
                Series(experiment.Model is IHasLogWeights ? $"validation bound of {experiment.Model.Quantity} (1 hard sample, valid)" : $"validation, {experiment.Model.Quantity}", validation, "mean"),
            ],
        };
    }

    private static EvaluationPoint? PointOf(JsonObject row) =>
        Enum.GetValues<EvaluationPoint>().Where(p => p.ToString() == row.Text("point")).Select(p => (EvaluationPoint?)p).FirstOrDefault();

    private static ChartSeries Series(string name, List<JsonObject> rows, string value)
    {
        var drawn = rows.Where(r => r.Number("step") is not null).ToList();
        return new(name, [.. drawn.Select(r => r.Number("step")!.Value)], [.. drawn.Select(r => r.Number(value) ?? double.NaN)])
        {
            StandardErrors = [.. drawn.Select(r => r.Number("standard-error") ?? double.NaN)],
        };
    }
}
