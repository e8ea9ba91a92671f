using Heaviside.Studies;
using Heaviside.Tests.Design;

namespace Heaviside.Tests.Studies;

public sealed class StudyTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Path.Combine(Sources.Root(), "recipes"), "*.yaml", SearchOption.AllDirectories).Where(Study.IsIn).Select(f => Path.GetRelativePath(Sources.Root(), f))];

    [Fact]
    public void Read_AWholeStudy_HasAllOfIt()
    {
        var study = ScriptedStudy.Read();

        (study.Id, study.Title, study.Paper, study.Description, study.Grid.Problem).ShouldBe(("papers/study", "A study", "arXiv:0000.00000, Table 1", "What it is.", null));
        study.Grid.Rows.Select(r => r.Name).ShouldBe(["Small, one", "Large"]);
        study.Grid.Columns.Select(c => c.Name).ShouldBe(["First", "Second (0.1)"]);
        study.Select.ShouldBe(new StudyReading("validation", "mean", StudyReadingPlace.Best));
        study.Measures.Select(m => m.Reading).ShouldBe([new("train-bound", "mean", StudyReadingPlace.Last), new("importance-weighted", "mean", StudyReadingPlace.Result)]);
        study.Measures[0].Paper.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create(("Small, one", "First"), new PaperNumber(-112.5, 0.1, "-112.5 ± 0.1")));
        study.Charts.ShouldHaveSingleItem().Lines.ShouldHaveSingleItem().Name.ShouldBe("");
    }

    [Theory]
    [InlineData("charts:", "chart:", "line 42, column 1: unknown key of a study 'chart'; did you mean 'charts'?")]
    [InlineData("    settings: {estimator: reinforce}", "    setings: {estimator: reinforce}", "line 7, column 5: unknown key of a column 'setings'; did you mean 'settings'?")]
    [InlineData("learning-rates: [1e-4]", "learning-rate: [1e-4]", "unknown key of scale 'short' 'learning-rate'; did you mean 'learning-rates'?")]
    [InlineData("      short: {learning-rates", "      shrt: {learning-rates", "unknown scale 'shrt'; did you mean 'short'?")]
    [InlineData("learning-rates: [1e-4]", "learning-rates: [fast]", "'fast' is no learning rate")]
    [InlineData("seeds: [7]", "seeds: [-7]", "'-7' is no seed")]
    [InlineData("[\"Small, one\"]", "[Larg]", "scale 'smoke': unknown row 'Larg'; did you mean 'Large'?")]
    [InlineData("[-112.5 +- 0.1, none]", "[-112.5 +- 0.1]", "line 37, column 7: expected 2 numbers, one for each column ('none' where it has none), got 1")]
    [InlineData("[-112.5 +- 0.1, none]", "[-112.5 + 0.1, none]", "'-112.5 + 0.1' is no number such as -112.5 +- 0.1")]
    [InlineData("      Small, one: [", "      Small one: [", "unknown key of 'paper' 'Small one'; did you mean 'Small, one'?")]
    [InlineData("name: Large", "name: small one", "the names of rows are too much alike: Small, one, small one")]
    [InlineData("  paper:\n    settings: {steps: 1e3}", "  long:\n    settings: {steps: 1e3}", "'paper'")]
    [InlineData("select: {kind: validation, at: best}\n", "", "several learning rates need 'select'")]
    [InlineData("at: best", "at: first", "'at' is 'first', expected last or best")]
    [InlineData("    read: {kind: train-bound}\n    paper", "    paper", "line 32, column 5: 'read' is missing")]
    [InlineData("batch-size: 10", "batch-size: {a: 1}", "'batch-size' holds a mapping")]
    [InlineData("name: A study\n", "", "a study has no 'name'")]
    [InlineData("    read: {kind: train-bound}\n    paper", "    read: {kind: train-bond}\n    paper", "line 35, column 12: unknown kind of lines 'train-bond'; did you mean 'train-bound'?")]
    [InlineData("read: {kind: train-bound}", "read: {kind: train-bound, key: meen}", "unknown number of 'train-bound' 'meen'; did you mean 'mean'?")]
    [InlineData("bound: importance-weighted", "bound: importance-weightd", "unknown bound 'importance-weightd'; did you mean 'importance-weighted'?")]
    [InlineData("kind: validation, at", "kind: toy, at", "unknown kind of lines 'toy'")]
    [InlineData("probes: train-bound", "probes: [test-bound]", "no run of scale 'smoke' has the probe 'train-bound': name it in the setting probes")]
    [InlineData("optimizer: adam", "optimizer: adam, test-samples: 1", "the runs of scale 'smoke' have one test sample")]
    [InlineData("charts:", "charts:\n  - {name: c, unit: u, bound: b, read: {bound: elbo}}", "a test bound is one number and no line: read a kind, one of train, validation")]
    [InlineData("charts:", "pictures:\n  - {name: p, file: sample.png}\ncharts:", "unknown picture of a run 'sample.png'; did you mean 'samples.png'?")]
    [InlineData("    read: {kind: train-bound}\n    paper", "    histogram: bin\n    paper", "unknown key of a measure 'histogram'")]
    public void Read_AMistake_SaysWhereAndWhat(string right, string wrong, string message)
    {
        var yaml = ScriptedStudy.Yaml.ReplaceLineEndings("\n");
        yaml.ShouldContain(right);
        var at = yaml.IndexOf(right, StringComparison.Ordinal);

        var error = Should.Throw<InputException>(() => ScriptedStudy.Read(yaml[..at] + wrong + yaml[(at + right.Length)..])).Message;
        error.ShouldContain(message);
        error.ShouldMatch("study.yaml: line [0-9]+, column [0-9]+: ");
    }

    [Fact]
    public void Read_ARecipeOfOneRun_SaysWhatRunsIt() =>
        Should.Throw<InputException>(() => ScriptedStudy.Read("model: categorical-vae\n")).Message.ShouldMatch(@"study\.yaml: is the recipe of one run \(a study has 'columns' or 'runs-of'\); run it with: heaviside train .*study\.yaml$");

    [Fact]
    public void Recipe_OfAStudy_SaysWhatRunsIt() =>
        Should.Throw<InputException>(() => Heaviside.Configuration.Recipe.Parse(ScriptedStudy.Yaml, "s.yaml")).Message.ShouldBe("s.yaml: is a study, of several runs; run it with: heaviside reproduce s.yaml");

    [Fact]
    public void Read_RunsOfAnotherStudy_SharesItsRunsAndShowsSomeOfThem()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["study.yaml"], ScriptedStudy.Yaml);
        const string other = "name: Other\npaper: p\nruns-of: study\nrows: [Large]\nselect: {kind: validation}\nmeasures:\n  - {name: m, unit: u, bound: b, read: {kind: validation}}\n";
        File.WriteAllText(folder["other.yaml"], other);

        var study = Study.Read(folder["other.yaml"], "papers/other");
        study.Grid.Id.ShouldBe("papers/study");
        var plan = StudyPlan.Create(study, "smoke");
        plan.Rows.ShouldBe(["Large"]);
        plan.Columns.ShouldBe(["First", "Second (0.1)"]);
        plan.RunsFolder.ShouldBe(StudyPlan.Create(Study.Read(folder["study.yaml"], "papers/study"), "smoke").RunsFolder);
        plan.ResultsFolder.ShouldBe(Path.Combine("papers/other", "smoke"));

        File.WriteAllText(folder["other.yaml"], other + "columns: [First]\n");
        var first = StudyPlan.Create(Study.Read(folder["other.yaml"], "papers/other"), "smoke");
        first.Columns.ShouldBe(["First"]);
        first.Runs.Select(r => r.Name).ShouldBe(plan.Runs.Where(r => r.Column == "First").Select(r => r.Name));

        foreach (var (wrong, message) in new[]
        {
            ("settings: {}", "'settings' belongs to the study that 'runs-of' names"), ("columns: []", "'columns' is empty"), ("columns: [Frst]", "unknown column 'Frst'; did you mean 'First'?"),
        })
        {
            File.WriteAllText(folder["other.yaml"], $"{other}{wrong}\n");
            Should.Throw<InputException>(() => Study.Read(folder["other.yaml"], "papers/other")).Message.ShouldContain($"line 8, column 1: {message}");
        }
    }

    [Fact]
    public void Read_RunsOfAStudyOnAProblem_AreOnThatProblem()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["study.yaml"], "problem: one-bit\n" + ScriptedStudy.Yaml);
        const string other = "name: Other\npaper: p\nruns-of: study\nselect: {kind: toy, key: value}\nmeasures:\n  - {name: m, unit: u, bound: b, read: {kind: toy, key: excess}}\n";
        File.WriteAllText(folder["other.yaml"], other);

        Study.Read(folder["other.yaml"], "papers/other").Grid.Problem.ShouldBe("one-bit");
        File.WriteAllText(folder["other.yaml"], other + "problem: mini-vae\n");
        Should.Throw<InputException>(() => Study.Read(folder["other.yaml"], "papers/other")).Message.ShouldContain("line 7, column 1: 'problem' belongs to the study that 'runs-of' names");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_EveryStudyHere_HasRunsAtEveryScale(string file)
    {
        var study = Study.Read(Path.Combine(Sources.Root(), file), file);
        study.Grid.Scales.Keys.Where(s => s != "medium").ShouldBe(["smoke", "short", "paper"]);
        foreach (var scale in study.Grid.Scales.Keys)
        {
            var plan = StudyPlan.Create(study, scale);
            plan.Runs.ShouldNotBeEmpty();
            plan.Runs.Select(r => r.Folder).ShouldBeUnique();
            plan.Cells.ShouldAllBe(c => c.Runs.All(r => r.Steps <= c.PaperSteps));
        }
    }

    [Theory]
    [InlineData("-1.5", -1.5, null)]
    [InlineData("-65.244 +- 0.009", -65.244, 0.009)]
    [InlineData("3 ± 1e-2", 3.0, 0.01)]
    public void PaperNumber_Parse_ReadsValueAndError(string text, double value, double? error)
    {
        var number = PaperNumber.Parse(text).ShouldNotBeNull();
        (number.Value, number.Error).ShouldBe((value, error));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 +-")]
    [InlineData("1 +- -2")]
    [InlineData("1 +- 2 +- 3")]
    [InlineData("nan")]
    public void PaperNumber_Parse_RefusesOtherTexts(string text) => PaperNumber.Parse(text).ShouldBeNull();
}
