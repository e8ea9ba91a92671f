using Heaviside.Studies;
using Heaviside.Tests.Design;

namespace Heaviside.Tests.Studies;

/// <summary>No study here can fail hours later because of a setting: all that it would run can be built.</summary>
public sealed class StudyRunsTests
{
    [Theory]
    [MemberData(nameof(StudyTests.Files), MemberType = typeof(StudyTests))]
    public void Runs_OfEveryScale_CanBeBuilt(string file) =>
        BuiltRuns.Build(Study.Read(Path.Combine(Sources.Root(), file), file)).ShouldBeGreaterThan(2);

    [Theory]
    [MemberData(nameof(StudyTests.Files), MemberType = typeof(StudyTests))]
    public void RequireRuns_OfEveryStudyAndScale_FindsNothing(string file)
    {
        var study = Study.Read(Path.Combine(Sources.Root(), file), file);
        foreach (var scale in study.Grid.Scales.Keys) StudyPlan.Create(study, scale).RequireRuns();
    }

    // Before the first run is begun, and whichever run has it.
    [Fact]
    public void RequireRuns_ARunWithAMistake_NamesIt()
    {
        var yaml = ScriptedStudy.Yaml.Replace("optimizer: adam", "optimizer: adam, model: sbn", StringComparison.Ordinal).Replace("layers: [200, 200]", "layers: [200, 0]", StringComparison.Ordinal);
        var study = ScriptedStudy.Read(yaml);
        Should.Throw<InputException>(() => { foreach (var scale in study.Grid.Scales.Keys) StudyPlan.Create(study, scale).RequireRuns(); })
            .Message.ShouldMatch("the run '.+' cannot be begun: setting 'layers'");
    }

    [Theory]
    [InlineData("layers: [200]", "layer: [200]", "unknown setting 'layer'; did you mean 'layers'?")]
    [InlineData("layers: [200, 200]", "layers: [200, 0]", "'layers'")]
    [InlineData("learning-rates: [1e-3, 3e-3]", "learning-rates: [1e-3, 1e400]", "is no learning rate")]
    [InlineData("{steps: 2000}", "{steps: 2000, log-every: 0}", "'log-every'")]
    public void Runs_WithAMistakeAtAnyScale_AreFound(string right, string wrong, string message)
    {
        var yaml = ScriptedStudy.Yaml.Replace("optimizer: adam", "optimizer: adam, model: sbn", StringComparison.Ordinal);
        BuiltRuns.Build(ScriptedStudy.Read(yaml)).ShouldBe(2 + 12 + 4);
        yaml.ShouldContain(right);
        Should.Throw<InputException>(() => BuiltRuns.Build(ScriptedStudy.Read(yaml.Replace(right, wrong, StringComparison.Ordinal)))).Message.ShouldContain(message);
    }
}
