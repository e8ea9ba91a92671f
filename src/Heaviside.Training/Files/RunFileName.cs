namespace Heaviside.Files;

/// <summary>What the files of a run's folder are called; docs/run-folder.md describes them.</summary>
internal static class RunFileName
{
    internal const string Recipe = "recipe.yaml", Info = "run.json", Metrics = "metrics.jsonl", Result = "result.json", Lock = ".lock", Checkpoints = "checkpoints";
    internal const string Samples = "samples.png", Reconstructions = "reconstructions.png", Classes = "classes.png", Attributes = "attributes.png", Curves = "curves.svg", Graphs = "graphs.svg", Trajectories = "trajectories.svg", Confusion = "confusion.csv", Mistakes = "mistakes.png";
}
