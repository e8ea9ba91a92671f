using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Tests.Design;
using Heaviside.Tests.Training;
using Heaviside.Training;

namespace Heaviside.Tests.Estimators;

/// <summary>The table in docs/estimators.md of which estimator trains which model, pair by pair.</summary>
public class ModelTableTests
{
    private const string Yes = "yes";

    private static readonly (string Estimator, string Model, string Cell)[] Table = Read();

    public static TheoryData<string, string> Working()
    {
        var data = new TheoryData<string, string>();
        foreach (var (estimator, model, _) in Table.Where(p => p.Cell == Yes)) data.Add(model, estimator);
        return data;
    }

    public static TheoryData<string, string, string> Refused()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (estimator, model, cell) in Table.Where(p => p.Cell != Yes)) data.Add(model, estimator, cell);
        return data;
    }

    [Fact]
    public void Table_OfTheDocumentation_HasEveryPairOnce() =>
        Table.Select(p => (p.Estimator, p.Model)).ShouldBe(
            from estimator in EstimatorCatalog.All.Names
            from model in ModelCatalog.All
            where model.Is<DiscreteLatentModel>()
            select (estimator, model.Name));

    [Theory]
    [MemberData(nameof(Working))]
    public void Experiment_PairThatWorks_HasFiniteGradientsOfAllParameters(string model, string estimator)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        using var experiment = Create(model, estimator);
        var objective = experiment.DiscreteModel.Objective(torch.full([3, 16], 0.5), experiment.Estimator!, rng);
        double.IsFinite(objective.Value.Number()).ShouldBeTrue();
        objective.Loss.backward();
        foreach (var (name, parameter) in experiment.Model.named_parameters())
            parameter.grad.ShouldNotBeNull(name).ToArray<float>().ShouldAllBe(g => float.IsFinite(g), name);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Experiment_PairThatDoesNot_IsRefusedForTheReasonInTheTable(string model, string estimator, string reason)
    {
        var message = Should.Throw<InputException>(() => Create(model, estimator)).Message;
        message.ShouldStartWith($"the estimator '{estimator}' cannot train the model '{model}' with these settings: ");
        message.ShouldContain($"needs {reason["for ".Length..]} (");
        message.ShouldNotContain('\n');
    }

    // Few enough bits that their values can be enumerated.
    private static Experiment Create(string model, string estimator) => TinyRun.Experiment(
        [("model", model), ("estimator", estimator), .. model == "boltzmann-vae" ? new[] { ("groups", "[4, 4]"), ("chains", "5") } : []]);

    // Rows of estimators, columns of models, under their heading.
    private static (string Estimator, string Model, string Cell)[] Read()
    {
        var section = File.ReadAllText(Path.Combine(Sources.Root(), "docs", "estimators.md")).Split("## Which estimator trains which model")[1].Split("\n## ")[0];
        string[][] rows = [.. section.Split('\n').Where(l => l.StartsWith('|')).Select(l => l.Trim('|').Split('|').Select(c => c.Trim().Trim('`')).ToArray())];
        return [.. from row in rows[2..] from column in Enumerable.Range(1, row.Length - 1) select (row[0], rows[0][column], row[column])];
    }
}
