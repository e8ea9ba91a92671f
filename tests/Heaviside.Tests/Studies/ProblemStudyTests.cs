using Heaviside.Configuration;
using Heaviside.Laboratory;
using Heaviside.Studies;
using Heaviside.Tests.Design;

namespace Heaviside.Tests.Studies;

/// <summary>The studies here whose runs are on a problem.</summary>
public sealed class ProblemStudyTests
{
    public static TheoryData<string> Files => [.. ((IEnumerable<object[]>)StudyTests.Files).Select(f => (string)f[0]).Where(f => Read(f).Grid.Problem is not null)];

    [Fact]
    public void Plan_OfTheToy_HasEveryEstimatorAtBothTargets()
    {
        var plan = StudyPlan.Create(Read(Path.Combine("recipes", "rebar", "toy.yaml")), "short");

        plan.Cells.Select(c => c.Runs.Count).ShouldBe(Enumerable.Repeat(1, 2 * 8));
        var run = plan.RunsWith("t = 0.499, REBAR (0.1)").ShouldHaveSingleItem();
        run.Settings.ToDictionary().ShouldBe(new Dictionary<string, string>
        {
            ["logit"] = "0",
            ["learning-rate"] = "0.01",
            ["target"] = "0.499",
            ["estimator"] = "rebar(temperature=0.1, learn-temperature=false)",
            ["steps"] = "5000",
            ["seed"] = "1",
        }, ignoreOrder: true);
        run.Folder.ShouldBe(Path.Combine("t-0.499", "rebar-0.1", "seed-1"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Runs_OfEveryStudyHere_FitTheirProblem(string file)
    {
        var study = Read(file);
        foreach (var run in StudyPlan.Create(study, "smoke").Runs)
        {
            var choice = EstimatorChoice.Parse(run.Settings.Single(s => s.Key == "estimator").Value);
            var settings = new Settings(run.Settings.Where(s => s.Key != "estimator"));
            var problem = ToyStudy.FindProblem(study.Grid.Problem!, settings);
            var options = settings.Fill(new ToyOptions());
            settings.EnsureAllRead();
            using var toy = new ToyStudy(problem, [choice], options);
            toy.Run(every: 1, new CancellationToken(canceled: true)).ShouldHaveSingleItem(run.Name).Value.ShouldBeGreaterThan(0);
        }
    }

    private static Study Read(string file) => Study.Read(Path.Combine(Sources.Root(), file), Path.GetFileNameWithoutExtension(file));
}
