using System.Text.Json.Nodes;
using Heaviside.Studies;

namespace Heaviside.Tests.Documents;

/// <summary>The results of a study as its results.json has them, so that the pages beside it can be written again without the runs.</summary>
internal static class RecordedResults
{
    /// <summary>Reads them with today's recipe.</summary>
    /// <param name="record">The file, such as <c>rebar/toy/results.json</c>.</param>
    /// <param name="pictures">A folder that stands for that of every run: it gets an empty file for each of the study's pictures.</param>
    public static StudyResults Read(string record, string pictures)
    {
        var json = JsonNode.Parse(Repository.Read("docs", "results", record))!;
        var study = Repository.Study((string)json["study"]!);
        foreach (var picture in study.Pictures) File.WriteAllText(Path.Combine(pictures, picture.File), "");
        return new(StudyPlan.Create(study, (string)json["scale"]!), run => Run(study, json, run, pictures), _ => false);
    }

    // What the measures would read of the run, and nothing else: a line or a bound for each.
    private static RunRecord? Run(Study study, JsonNode json, StudyRun run, string folder)
    {
        List<JsonObject> best = [], last = [], bounds = [];
        JsonNode? any = null;
        foreach (var measure in study.Measures)
        {
            var cell = json["measures"]!.AsArray().Single(m => (string)m!["name"]! == measure.Name)!["cells"]!.AsArray()
                .Single(c => (string)c!["row"]! == run.Row && (string)c["column"]! == run.Column)!;
            any ??= cell;
            var seeds = StudyPlan.Create(study, (string)json["scale"]!).Runs.Where(r => (r.Row, r.Column) == (run.Row, run.Column)).Select(r => r.Seed).ToList();
            if (cell["values"]!.AsArray().ElementAtOrDefault(seeds.IndexOf(run.Seed)) is not { } value) continue;
            var line = new JsonObject
            {
                ["kind"] = measure.Reading.Kind,
                [measure.Reading.Key] = value.DeepClone(),
                ["samples"] = cell["samples"]?.DeepClone(),
                ["step"] = cell["steps"]!.DeepClone(),
            };
            (measure.Reading.Place switch { StudyReadingPlace.Best => best, StudyReadingPlace.Last => last, _ => bounds }).Add(line);
        }
        if ((int)any!["finished"]! == 0) return null;
        var end = new JsonObject { ["kind"] = "end", ["step"] = any["steps"]!.DeepClone() };
        return new() { Metrics = [.. best, .. last, end], Bounds = bounds, Data = (string?)any["data"] ?? "", Folder = folder, IsFinished = true };
    }
}
