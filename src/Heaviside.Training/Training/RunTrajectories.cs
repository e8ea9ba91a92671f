using Heaviside.Data;
using Heaviside.Models.Graphs;
using Heaviside.Pictures;

namespace Heaviside.Training;

/// <summary>Trajectories of the test as they were, and as a run's model predicts them.</summary>
internal static class RunTrajectories
{
    private const int MostFrames = 20;

    /// <summary>The first trajectories of the test: what was seen, what followed, and what the model predicts with the edges that it inferred.</summary>
    /// <param name="experiment">A run whose model predicts.</param>
    /// <param name="count">How many.</param>
    internal static PanelChart Draw(Experiment experiment, int count)
    {
        var data = (TrajectoryData)experiment.Data;
        var frames = Math.Min(MostFrames, data.FutureFrames);
        using var scope = torch.NewDisposeScope();
        using var batch = data.InOrder(Split.Test, count, seed: 0).At(0, 0);
        batch.Device = experiment.Device;
        experiment.Model.eval();
        var seen = GraphData.Trajectories(batch).cpu();
        var followed = frames == 0 ? null : GraphData.ByObject(batch[TrajectoryData.Future]).narrow(2, 0, frames).cpu();
        var predicted = frames == 0 ? null : ((IPredictsFrames)experiment.Model).PredictFrames(batch, frames).cpu();
        var isPlane = data.Features is ["x", "y", ..];
        return new()
        {
            Title = "Trajectories",
            Subtitle = $"The first of the test, {(isPlane ? "coordinates y over x" : $"{data.Features[0]} over frames")}, a color for each object; gray: {data.Frames} frames that were seen; thin: the {frames} that followed; dashed: these as they are predicted from the last one seen with the inferred edges. {RunReport.Conditions(experiment)}",
            Columns = Math.Min(count, 3),
            Width = 1000,
            Height = 160 + (1000 / 3 * ((count + 2) / 3)),
            Panels = [.. Enumerable.Range(0, (int)seen.size(0)).Select(i => new Panel($"{i}",
            [
                .. Lines(seen, i, 0, isPlane, (line, _) => line),
                .. Lines(followed, i, data.Frames, isPlane, (line, o) => line with { Color = o, Width = 1 }),
                .. Lines(predicted, i, data.Frames, isPlane, (line, o) => line with { Color = o, Width = 2.5f, Stroke = PanelStroke.Dashed }),
            ]))],
        };
    }

    private static IEnumerable<PanelLine> Lines(Tensor? frames, int trajectory, int from, bool isPlane, Func<PanelLine, int, PanelLine> style)
    {
        if (frames is null) yield break;
        for (var o = 0; o < frames.size(1); o++)
        {
            double[] Feature(int d) => frames[trajectory][o].select(1, d).to(ScalarType.Float64).contiguous().ToArray<double>();
            double[] times = [.. Enumerable.Range(from, (int)frames.size(2)).Select(t => (double)t)];
            yield return style(isPlane ? new(Feature(0), Feature(1)) : new(times, Feature(0)), o);
        }
    }
}
