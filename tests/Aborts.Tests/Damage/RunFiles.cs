using System.Text.Json.Nodes;
using Heaviside;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Evaluation;
using Heaviside.Studies;
using Heaviside.Training;

namespace Aborts.Tests.Damage;

/// <summary>Files of a run that was stopped: with one of them damaged it is continued, evaluated and read by a study.</summary>
internal sealed class RunFiles : ITrainingObserver
{
    private static readonly Settings Given = new(
    [
        new("latents", "2x3"), new("encoder-layers", "[4]"), new("decoder-layers", "[4]"), new("batch-size", "10"), new("estimator", "rebar"), new("steps", "8"),
        new("validate-every", "2"), new("checkpoint-every", "3"), new("log-every", "1"), new("probes", "gradient-variance"), new("test-samples", "2"),
    ]);

    private static readonly DataSet Images = new("fashion-mnist", "synthetic", Noise(30, Split.Train), Noise(5, Split.Validation), Noise(5, Split.Test));

    private readonly string whole, damaged;
    private CancellationTokenSource? stop;

    internal RunFiles(string folder)
    {
        (whole, damaged) = (Path.Combine(folder, "whole"), Path.Combine(folder, "damaged-run"));
        stop = new CancellationTokenSource();
        using (var experiment = Make(Given))
        using (var run = RunFolder.Create(whole, experiment))
            new Trainer(experiment, run, this).Run(stop.Token);
        stop = null;
        File.WriteAllText(Path.Combine(whole, "result.json"), """{"steps":7,"bounds":[{"kind":"elbo","mean":-10.5,"samples":1}]}""");
    }

    internal IEnumerable<DamagedFile> All()
    {
        var files = Directory.GetFiles(whole, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(whole, f)).Order(StringComparer.Ordinal).ToList();
        foreach (var file in files.Where(f => !f.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            var valid = File.ReadAllBytes(Path.Combine(whole, file));
            yield return new(file, valid, bytes => Use(file, bytes));
            if (!file.EndsWith(".safetensors", StringComparison.Ordinal)) yield return new($"{file} in words", valid, bytes => Use(file, bytes)) { Damage = Mutation.OfText };
        }

        // Without checksums, as version 0.2 wrote them, every field is looked at.
        var state = files.Last(f => f.EndsWith("state.json", StringComparison.Ordinal));
        var old = JsonNode.Parse(File.ReadAllText(Path.Combine(whole, state)))!.AsObject();
        foreach (var key in new[] { "settings", "sums", "sum" }) old.Remove(key);
        for (var i = 0; i < 5; i++) yield return new("state.json of version 0.2", System.Text.Encoding.UTF8.GetBytes(old.ToJsonString()), bytes => Use(state, bytes)) { Damage = Mutation.OfText };
        var recipe = File.ReadAllBytes(Path.Combine(whole, "recipe.yaml"));
        foreach (var damage in new[] { Mutation.Of, Mutation.OfText })
            yield return new("recipe.yaml", recipe, bytes =>
            {
                File.WriteAllBytes(damaged + ".yaml", bytes);
                Recipe.Read(damaged + ".yaml");
            })
            { Damage = damage };
    }

    void ITrainingObserver.Stepped(TrainingState state, TrainingOptions options, double objective, EvaluationPoint point)
    {
        if (state.Step == 7) stop?.Cancel();
    }

    void ITrainingObserver.Validated(TrainingState state, Bound bound)
    {
    }

    void ITrainingObserver.Evaluating(string what, int done, int total)
    {
    }

    void ITrainingObserver.Note(string message)
    {
        if (message.Contains('\n')) throw new InvalidOperationException($"a note of several lines: {message}");
    }

    private static Experiment Make(Settings settings) => Experiment.Create(settings, Images);

    // Each use by itself: one that is refused does not keep the next from being tried.
    private void Use(string file, byte[] bytes)
    {
        if (Directory.Exists(damaged)) Directory.Delete(damaged, recursive: true);
        foreach (var folder in Directory.GetDirectories(whole, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(Path.Combine(damaged, Path.GetRelativePath(whole, folder)));
        foreach (var from in Directory.GetFiles(whole, "*", SearchOption.AllDirectories)) File.Copy(from, Path.Combine(damaged, Path.GetRelativePath(whole, from)));
        File.WriteAllBytes(Path.Combine(damaged, file), bytes);
        InputException? refusal = null;
        foreach (var use in new[] { Study, Evaluate, Resume })
        {
            try
            {
                use();
            }
            catch (InputException error)
            {
                refusal = error;
            }
        }

        if (refusal is not null) throw new InputException(refusal.Message, refusal);
    }

    private void Study()
    {
        var record = RunRecord.Read(damaged)!;
        foreach (var reading in new StudyReading[] { new("validation", "mean", StudyReadingPlace.Best), new("elbo", "mean", StudyReadingPlace.Result) }) reading.Of(record);
    }

    private void Evaluate()
    {
        using var run = RunFolder.OpenToRead(damaged);
        RunReport.Load(run, Make, ((ITrainingObserver)this).Note).Dispose();
    }

    private void Resume()
    {
        using var run = RunFolder.Open(damaged);
        using var experiment = Make(run.ReadSettings());
        run.RequireSameData(experiment);
        RunReport.Write(run, experiment, new Trainer(experiment, run, this).Run(default), this, default);
    }

    private static ImageSet Noise(int count, Split split)
    {
        var pixels = new byte[count * 16];
        new Random(count).NextBytes(pixels);
        return new(pixels, 1, 4, 4) { Split = split };
    }
}
