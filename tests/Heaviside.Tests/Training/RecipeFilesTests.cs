using System.Runtime.CompilerServices;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Models;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

/// <summary>The recipes of single runs that come with the program.</summary>
public class RecipeFilesTests
{
    public static TheoryData<string> Recipes() =>
        [.. Directory.EnumerateFiles(Folder(), "*.yaml", SearchOption.AllDirectories).Where(IsOfOneRun).Select(f => Path.GetRelativePath(Folder(), f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Recipe_AsItIs_BuildsItsExperiment(string name)
    {
        var recipe = Recipe.Read(Path.Combine(Folder(), name));
        recipe.Name.ShouldNotBeNullOrWhiteSpace();
        recipe.Paper.ShouldNotBeNullOrWhiteSpace();
        Settings settings = new(recipe.Settings);
        var given = recipe.Settings.ToDictionary(s => s.Key, s => s.Value);
        DataCatalog.Names.ShouldContain(given["data"]);
        using var experiment = Experiment.Create(settings, new DataSet(given["data"], "blank images", Blank(Split.Train, given), Blank(Split.Validation, given), Blank(Split.Test, given)));
        experiment.Model.GetType().ShouldBe(given["model"] switch
        {
            "sbn" => typeof(SigmoidBeliefNetwork),
            "gmvae" => typeof(GaussianMixtureVae),
            "categorical-vae" => typeof(CategoricalVae),
            "mixed-vae" => typeof(MixedVae),
            _ => typeof(StructuredPrediction),
        });
        experiment.Options.BatchSize.ShouldBe(int.Parse(given["batch-size"]));
    }

    // As many images as are to have labels, and of every value of the attributes.
    private static ImageSet Blank(Split split, IReadOnlyDictionary<string, string> given)
    {
        var count = Math.Max(30, int.Parse(given.GetValueOrDefault("labels", "0")));
        var attributes = given.TryGetValue("attributes", out var names) ? names.Trim('[', ']').Split(", ") : [];
        var table = attributes.Length == 0 ? null : new AttributeTable(attributes, Enumerable.Range(0, count).Select(i => (ulong)(i % (1 << attributes.Length))).ToArray());
        return new(new byte[count * 784], 1, 28, 28) { Split = split, Attributes = table };
    }

    private static bool IsOfOneRun(string file) => File.ReadLines(file).Any(l => l.StartsWith("model:", StringComparison.Ordinal));

    private static string Folder([CallerFilePath] string path = "")
    {
        var folder = Path.GetDirectoryName(path)!;
        while (!File.Exists(Path.Combine(folder, "Heaviside.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "recipes");
    }
}
