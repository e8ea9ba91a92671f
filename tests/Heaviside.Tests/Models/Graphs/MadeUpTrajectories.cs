using Heaviside.Data;

namespace Heaviside.Tests.Models.Graphs;

/// <summary>Smooth paths of objects without a law, and edges by chance: for what must hold of any trajectories.</summary>
internal static class MadeUpTrajectories
{
    internal static TrajectoryData Of(int objects, int frames, int features = 2, int future = 0, int count = 6)
    {
        Field Frames(string name, int from, int length) => new(name, [length, objects, features], (i, _, _, values) =>
        {
            for (var at = 0; at < values.Length; at++)
            {
                var (t, rest) = (from + (at / (objects * features)), at % (objects * features));
                values[at] = (float)Math.Sin((0.3 * t) + (1.7 * rest) + (0.9 * i));
            }
        });
        Field edges = new(TrajectoryData.Edges, [objects * (objects - 1)], (int i, ulong _, int _, Span<long> types) =>
        {
            for (var e = 0; e < types.Length; e++) types[e] = ((e * e) + i) % 3 == 0 ? 1 : 0;
        });
        Examples Part(params Field[] fields) => new(count, fields);
        var trajectories = Frames(TrajectoryData.Trajectories, 0, frames);
        return new("made up", "a formula",
            [Part(trajectories, edges), Part(trajectories, edges), future == 0 ? Part(trajectories, edges) : Part(trajectories, edges, Frames(TrajectoryData.Future, frames, future))], [])
        {
            Features = [.. Enumerable.Range(0, features).Select(d => $"feature {d}")],
            Ranges = [.. Enumerable.Repeat((-1.0, 1.0), features)],
            IsSymmetric = false,
        };
    }

    internal static Batch Batch(this TrainingData data, int count = 3, Split split = Split.Test) => data.InOrder(split, count, seed: 0).At(0, 0);
}
