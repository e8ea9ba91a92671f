using System.Text.Json.Nodes;
using Heaviside.Studies;

namespace Heaviside.Tests.Studies;

/// <summary>A study of two rows and two columns, and records of runs that were never trained.</summary>
internal static class ScriptedStudy
{
    public const string Yaml = """
        name: A study
        paper: arXiv:0000.00000, Table 1
        description: What it is.
        settings: {batch-size: 24, optimizer: adam, probes: train-bound}
        columns:
          - name: First
            settings: {estimator: reinforce}
          - name: Second (0.1)
            settings: {estimator: gumbel-softmax, temperature: 0.1}
        rows:
          - name: Small, one
            settings: {layers: [200], batch-size: 10}
          - name: Large
            settings: {layers: [200, 200]}
            scales:
              short: {learning-rates: [1e-4]}
              paper: {settings: {steps: 2000}}
        scales:
          smoke:
            settings: {steps: 2}
            seeds: [7]
            rows: ["Small, one"]
          short:
            settings: {steps: 100, batch-size: 5}
            seeds: [1, 2]
            learning-rates: [1e-3, 3e-3]
          paper:
            settings: {steps: 1e3}
            seeds: [1]
        select: {kind: validation, at: best}
        measures:
          - name: training bound
            unit: nats
            bound: a valid bound
            read: {kind: train-bound}
            paper:
              Small, one: [-112.5 +- 0.1, none]
          - name: test bound
            unit: nats
            bound: another bound
            read: {bound: importance-weighted}
        charts:
          - name: training bound
            unit: nats
            bound: a valid bound
            read: {kind: train-bound}
        """;

    public static Study Read(string yaml = Yaml)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["study.yaml"], yaml);
        return Study.Read(folder["study.yaml"], "papers/study");
    }

    /// <summary>What a run has after these values of the training bound, one every 50 steps, with these validation bounds beside them.</summary>
    public static RunRecord Record(double[] values, double[] validation, double? test = null) => new()
    {
        Metrics =
        [
            .. values.SelectMany((v, i) => new[] { Line("train-bound", i, v), Line("validation", i, validation[i]) }),
        ],
        Bounds = test is null ? [] : [Parsed(new() { ["kind"] = "elbo", ["mean"] = -999 }), Parsed(new() { ["kind"] = "importance-weighted", ["samples"] = 100, ["mean"] = test })],
        Data = "mnist (a file), binarization dynamic",
        IsFinished = test is not null,
    };

    private static JsonObject Line(string kind, int i, double mean) => Parsed(new() { ["kind"] = kind, ["step"] = 50 * (i + 1), ["mean"] = mean, ["samples"] = 1 });

    // As it comes from a file: numbers without a type.
    private static JsonObject Parsed(JsonObject json) => JsonNode.Parse(json.ToJsonString())!.AsObject();
}
