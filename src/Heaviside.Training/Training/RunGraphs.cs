using System.Globalization;
using System.Text;
using Heaviside.Data;
using Heaviside.Models.Graphs;
using Heaviside.Networks.Graphs;
using Heaviside.Pictures;

namespace Heaviside.Training;

/// <summary>What a run that infers edges shows: the graphs as a table, beside the true ones, and trajectories as they were predicted.</summary>
public static class RunGraphs
{
    private const int Right = 0, Wrong = 1;

    /// <summary>The edges of all trajectories of a part as lines of comma-separated values: which trajectory, receiver and sender, the inferred type and how probable it
    /// is, and the true type.</summary>
    /// <param name="experiment">The run.</param>
    /// <param name="split">The part.</param>
    /// <exception cref="InputException">The run's model infers no edges.</exception>
    public static string Edges(Experiment experiment, Split split)
    {
        var (model, pairs) = (Model(experiment), new ObjectPairs(Trajectories(experiment).Objects));
        var table = new StringBuilder("trajectory,receiver,sender,type,probability,true-type\n");
        var trajectory = 0;
        foreach (var graph in Infer(experiment, model, split))
        {
            for (var e = 0; e < pairs.Count; e++)
                table.Append(CultureInfo.InvariantCulture, $"{trajectory},{pairs.Receivers[e]},{pairs.Senders[e]},{graph.Types[e]},{graph.Probabilities[e]:0.######},{graph.True[e]}\n");
            trajectory++;
        }

        return table.ToString();
    }

    /// <summary>Graphs of the first trajectories of the test, each true one above the one that was inferred: edges of types from 1 on, those that are not in the other in another color.</summary>
    /// <param name="experiment">The run.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="InputException">The run's model infers no edges.</exception>
    public static PanelChart Graphs(Experiment experiment, int count)
    {
        var pairs = new ObjectPairs(Trajectories(experiment).Objects);
        var graphs = Infer(experiment, Model(experiment), Split.Test).Take(count).ToList();
        var columns = Math.Min(count, 6);
        return new()
        {
            Title = "Graphs, true above inferred",
            Subtitle = $"The first of the test; lines are edges of types other than 0, and what is only in one of the two is in another color. {RunReport.Conditions(experiment)}",
            Columns = columns,
            Width = 1000,
            Height = 140 + (2 * 1000 / columns * ((count + columns - 1) / columns)),
            Panels = [.. graphs.Chunk(columns).SelectMany((row, at) => row
                .Select((g, i) => Drawing($"true {(at * columns) + i}", pairs, g.True, g.Types))
                .Concat(Enumerable.Repeat(new Panel("", []), columns - row.Length))
                .Concat(row.Select((g, i) => Drawing($"inferred {(at * columns) + i}", pairs, g.Types, g.True))))],
        };
    }

    private static Panel Drawing(string name, ObjectPairs pairs, long[] types, long[] others)
    {
        var angles = Enumerable.Range(0, pairs.Objects).Select(i => 2 * Math.PI * i / pairs.Objects).ToArray();
        PanelLine Line(int e) => new([Math.Sin(angles[pairs.Receivers[e]]), Math.Sin(angles[pairs.Senders[e]])], [Math.Cos(angles[pairs.Receivers[e]]), Math.Cos(angles[pairs.Senders[e]])])
        {
            Color = types[e] == others[e] ? Right : Wrong,
            Width = types[e] == others[e] ? 1.5f : 2.5f,
        };
        return new(name,
        [
            .. Enumerable.Range(0, pairs.Count).Where(e => types[e] != 0).Select(Line),
            new([.. angles.Select(Math.Sin)], [.. angles.Select(Math.Cos)]) { IsDot = true },
        ]);
    }

    private static List<(long[] Types, double[] Probabilities, long[] True)> Infer(Experiment experiment, IInfersEdges model, Split split)
    {
        experiment.Model.eval();
        var graphs = new List<(long[], double[], long[])>();
        foreach (var batch in experiment.Data.InOrder(split, Evaluation.BoundEvaluator.BatchSize, seed: 0).Epoch())
        {
            using var _ = batch;
            using var scope = torch.NewDisposeScope();
            batch.Device = experiment.Device;
            var (types, probabilities) = model.InferEdges(batch);
            var edges = (int)types.size(1);
            var (inferred, truth) = (types.ToArray<long>(), batch[TrajectoryData.Edges].ToArray<long>());
            var chosen = probabilities.to(ScalarType.Float64).gather(-1, types.unsqueeze(-1)).ToArray<double>();
            for (var i = 0; i < batch.Count; i++)
                graphs.Add((inferred[(i * edges)..((i + 1) * edges)], chosen[(i * edges)..((i + 1) * edges)], truth[(i * edges)..((i + 1) * edges)]));
        }

        return graphs;
    }

    private static IInfersEdges Model(Experiment experiment) => experiment.Model as IInfersEdges
        ?? throw new InputException($"the model '{experiment.ModelName}' infers no edges: choose a run of nri or edge-classifier");

    private static TrajectoryData Trajectories(Experiment experiment) => (TrajectoryData)experiment.Data;
}
