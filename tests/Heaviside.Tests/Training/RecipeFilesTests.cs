using System.Runtime.CompilerServices;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Models;
using Heaviside.Tests.Studies;

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
        DataCatalog.All.Names.ShouldContain(given["data"]);
        using var experiment = BuiltRuns.Build(settings);
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

    private static bool IsOfOneRun(string file) => File.ReadLines(file).Any(l => l.StartsWith("model:", StringComparison.Ordinal));

    private static string Folder([CallerFilePath] string path = "")
    {
        var folder = Path.GetDirectoryName(path)!;
        while (!File.Exists(Path.Combine(folder, "Heaviside.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "recipes");
    }
}
