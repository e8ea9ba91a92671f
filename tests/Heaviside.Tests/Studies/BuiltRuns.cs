using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Laboratory;
using Heaviside.Laboratory.Demonstrations;
using Heaviside.Studies;
using Heaviside.Training;

namespace Heaviside.Tests.Studies;

/// <summary>Builds what a study would run, on blank images or a few simulations, and trains nothing.</summary>
internal static class BuiltRuns
{
    // What these say is read alone: it changes no network and no estimator.
    private static readonly string[] Lengths = ["seed", "learning-rate", "steps", "validate-every", "log-every", "checkpoint-every"];

    private static readonly string?[] Simulated = ["springs", "charged", "kuramoto", "spanning-trees"];

    /// <summary>Builds every run of every scale; of those that differ in length, seed and learning rate alone the first, and of the others these are read.</summary>
    /// <returns>How many runs there are.</returns>
    /// <exception cref="InputException">A run could not begin.</exception>
    public static int Build(Study study)
    {
        var runs = study.Grid.Scales.Keys.SelectMany(scale => StudyPlan.Create(study, scale).Runs).ToList();
        foreach (var alike in runs.GroupBy(r => string.Join('\n', r.Settings.Where(s => !Lengths.Contains(s.Key)).Select(s => $"{s.Key}={s.Value}").Order(StringComparer.Ordinal))))
        {
            Build(study.Grid, alike.First());
            foreach (var run in alike.Skip(1)) ReadLength(study.Grid, run);
        }

        return runs.Count;
    }

    /// <summary>Builds a training run's experiment.</summary>
    public static Experiment Build(Settings settings)
    {
        var given = settings.Given.ToDictionary(s => s.Key, s => s.Value);
        if (Simulated.Contains(given.GetValueOrDefault("data")))
            return Experiment.Create(settings.With([new("train", "40"), new("validation", "20"), new("test", "20")]), DataFolders.Standard());
        return Experiment.Create(settings, new DataSet(
            given.GetValueOrDefault("data", DataCatalog.Default), "blank images", Blank(Split.Train, given), Blank(Split.Validation, given), Blank(Split.Test, given)));
    }

    private static void Build(StudyGrid grid, StudyRun run)
    {
        using var scope = torch.NewDisposeScope();
        if (grid.Problem is { } problem)
        {
            var choice = EstimatorChoice.Parse(run.Settings.Single(s => s.Key == "estimator").Value);
            var settings = new Settings(run.Settings.Where(s => s.Key != "estimator"));
            using var toy = new ToyStudy(ToyStudy.FindProblem(problem, settings), [choice], settings.Fill(new ToyOptions()));
            settings.EnsureAllRead();
        }
        else if (grid.Demonstration is { } name)
        {
            var settings = new Settings(run.Settings);
            using var demonstration = DemonstrationCatalog.All.Find(name).Create(settings);
            settings.EnsureAllRead();
        }
        else
        {
            Build(new Settings(run.Settings)).Dispose();
        }
    }

    private static void ReadLength(StudyGrid grid, StudyRun run)
    {
        var settings = new Settings(run.Settings);
        if (grid.Problem is not null) settings.Fill(new ToyOptions());
        else if (grid.Demonstration is not null) Build(grid, run);
        else settings.Fill(new TrainingOptions()).Steps.ShouldBe(run.Steps);
    }

    // As many images as are to have labels, of all classes alike, and of every value of the attributes.
    private static ImageSet Blank(Split split, IReadOnlyDictionary<string, string> given)
    {
        var count = Math.Max(30, int.Parse(given.GetValueOrDefault("labels", "0")));
        var (channels, side) = given.GetValueOrDefault("data") switch { "cifar-10" => (3, 32), "celeba" => (3, 64), _ => (1, 28) };
        var attributes = given.TryGetValue("attributes", out var names) ? names.Trim('[', ']').Split(", ") : [];
        var table = attributes.Length == 0 ? null : new AttributeTable(attributes, Enumerable.Range(0, count).Select(i => (ulong)(i % (1 << attributes.Length))).ToArray());
        byte[]? labels = table is null ? [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))] : null;
        return new(new byte[count * channels * side * side], channels, side, side, labels is null ? null : (ReadOnlyMemory<byte>?)labels) { Split = split, Attributes = table };
    }
}
