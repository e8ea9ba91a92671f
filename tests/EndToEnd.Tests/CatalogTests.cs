using System.CommandLine;
using System.Text.Json.Nodes;
using Heaviside.Cli;
using Heaviside.Cli.Commands;
using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Laws;
using Heaviside.Models;

namespace EndToEnd.Tests;

public sealed class CatalogTests
{
    public static TheoryData<string> Commands => [.. Descendants(CommandLine.Create(), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfEveryCommand_HasExamples(string command)
    {
        var help = Cli.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).ShouldSucceed().Output;
        help.ShouldContain($"Usage:\n  heaviside {command}");
        help.Split("Examples:\n")[1].ShouldStartWith($"  heaviside {command}");
    }

    [Fact]
    public void Examples_OfEveryCommand_Parse()
    {
        var examples = AllCommands(CommandLine.Create()).OfType<CommandWithExamples>().SelectMany(c => c.Examples).ToList();
        examples.Count.ShouldBeGreaterThan(10);
        foreach (var example in examples)
            ParseProblem.Find(CommandLine.Create().Parse(example.Arguments)).ShouldBeNull(example.Arguments);
    }

    [Fact]
    public void Heaviside_Alone_ShowsTheCommands() => Cli.Run().ShouldSucceed().Output.ShouldContain("Commands:\n  train");

    [Fact]
    public void Version_IsPrinted() => Cli.Run("--version").ShouldSucceed().Output.ShouldMatch(@"^heaviside \d+\.\d+\.\d+\n$");

    [Fact]
    public void Estimators_ListTheWholeCatalogue()
    {
        var lines = Cli.Run("estimators").ShouldSucceed().Output.Split('\n');
        foreach (var entry in EstimatorCatalog.All)
        {
            var line = lines.Single(l => l.TrimStart().StartsWith(entry.Name + " ", StringComparison.Ordinal));
            line.ShouldContain(entry.Evaluations);
            line.ShouldContain(entry.Reference);
            line.Contains("needed").ShouldBe(entry.Example().NeedsDifferentiableObjective);
        }

        var json = JsonNode.Parse(Cli.Run("estimators", "--json").ShouldSucceed().Output)!.AsArray();
        json.Select(e => (string)e!["name"]!).ShouldBe(EstimatorCatalog.All.Names);
    }

    [Fact]
    public void Estimators_WithAName_ShowsSettingsAndDefaults() =>
        Cli.Run("estimators", "gumbel-softmax").ShouldSucceed().Output.ShouldMatch(@"temperature +0\.5 +temperature of the relaxation");

    [Fact]
    public void Estimators_WithAName_ShowsOptionsThatOthersBring()
    {
        var text = Cli.Run("estimators", "reinforce").ShouldSucceed().Output;
        text.ShouldMatch(@"baseline-decay +0\.9 +with baseline running: ");
        text.ShouldMatch(@"baseline-value +0 +with baseline constant: ");
        var options = JsonNode.Parse(Cli.Run("estimators", "reinforce", "--json").ShouldSucceed().Output)![0]!["settings"]!.AsArray();
        options.Where(o => o!["condition"] is not null).Select(o => (string)o!["key"]!).ShouldBe(["baseline-value", "baseline-decay"]);
    }

    [Fact]
    public void Models_ListTheCatalogueAndTheSettingsOfOne()
    {
        Cli.Run("models").ShouldSucceed().Output.ShouldContain(ModelCatalog.All.Names[0]);
        var settings = Cli.Run("models", "categorical-vae").ShouldSucceed().Output;
        foreach (var setting in new[] { "latents", "kl-weight", "optimizer", "patience" }) settings.ShouldContain(setting);
        settings.ShouldNotContain("partition");
        settings.ShouldMatch("momentum +0 +with optimizer sgd: ");
        Cli.Run("models", "structured-prediction").ShouldSucceed().Output.ShouldMatch(@"channels +\S.* +with network resnet: ");
        var ofBoltzmann = Cli.Run("models", "boltzmann-vae").ShouldSucceed().Output;
        foreach (var setting in new[] { "chains", "partition", "partition-betas", "partition-runs" }) ofBoltzmann.ShouldContain(setting);
    }

    [Fact]
    public void Data_ListsEverySetAndHowToGetIt()
    {
        var sets = JsonNode.Parse(Cli.Run("data", "--json").ShouldSucceed().Output)!.AsArray();
        sets.Select(s => (string)s!["name"]!).ShouldBe([.. DataCatalog.Sets.Select(s => s.Name), "springs", "charged", "kuramoto", "spanning-trees"]);
        sets.ShouldAllBe(s => (bool)s!["found"]! ? (int)s["train"]! > 0 : new[] { "heaviside data fetch", "heaviside data simulate", "--data-dir" }.Any(((string)s["how-to-get"]!).Contains));
    }

    [Fact]
    public void Doctor_ShowsVersionsAndDataInText()
    {
        var text = Cli.Run("doctor").ShouldSucceed().Output;
        foreach (var words in new[] { "heaviside", ".NET", "libtorch", "threads", "memory", "devices", "data cifar-10" }) text.ShouldContain(words);
    }

    [SkippableFact]
    public void Doctor_WithoutLibtorch_NamesThePackageInOneLine()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        var folder = $"{AppContext.BaseDirectory.TrimEnd('/')}-{Guid.NewGuid():N}"; // on the same file system, so that links do
        try
        {
            Cli.Shell($"cp -al {AppContext.BaseDirectory} {folder} && find {folder} -name 'libtorch*.so' -delete").ShouldSucceed();
            Cli.Shell($"dotnet {folder}/Heaviside.Tool.dll doctor").ShouldFail(2, "dotnet add package libtorch-cpu-linux-");
            Cli.Shell($"dotnet {folder}/Heaviside.Tool.dll train --help").ShouldSucceed(); // help loads nothing
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Check_OfTwoEstimators_PrintsEveryLaw()
    {
        var rows = Cli.Run("check", "--estimator", "reinforce", "--estimator", "straight-through", "--draws", "20000", "--json").ShouldSucceed().JsonLines;
        rows.Select(r => (string)r["estimator"]!).Distinct().ShouldBe(["reinforce", "straight-through"]);
        rows.Where(r => (string)r["estimator"]! == "reinforce").ShouldAllBe(r => Math.Abs((double)r["variance-relative-to-reinforce"]! - 1) < 1e-9);
        rows.Where(r => (bool)r["tested"]!).ShouldAllBe(r => (bool)r["passed"]!);
        rows.ShouldAllBe(r => (double)r["time-relative-to-reinforce"]! > 0);

        Cli.Run("check", "--estimator", "enumeration").ShouldSucceed().Output.ShouldContain("Every claim holds");
    }

    [Fact]
    public void Check_OfAnEstimatorThatClaimsNothing_SaysThatItIsNotTested()
    {
        Cli.Run("check", "--estimator", "straight-through-logit").ShouldSucceed().Output.ShouldContain("not tested: it claims nothing");
        var rows = Cli.Run("check", "--estimator", "straight-through-logit", "--json").ShouldSucceed().JsonLines;
        rows.ShouldAllBe(r => !(bool)r["tested"]!);
        rows.Max(r => (double)r["score"]!).ShouldBeGreaterThan(EstimatorLaws.MaxScore, "its bias is shown all the same");
    }

    [Fact]
    public void Check_OfOneProblem_NamesTheKindsThatAnEstimatorIsFor() =>
        Cli.Run("check", "--estimator", "arm", "--problem", "categorical", "one-bit", "--draws", "1000").ShouldSucceed().Output
            .ShouldMatch(@"only for bits, which leaves out categorical\n(.|\n)*one-bit +.*pass(.|\n)*1 estimators: 1 claims hold");

    [Fact]
    public void Check_UnknownProblem_IsWrongInput() =>
        Cli.Run("check", "--problem", "one-bits").ShouldFail(2, "one-bit");

    [Fact]
    public void Check_ClaimThatDoesNotHold_ExitsWithOne()
    {
        var broken = EstimatorCatalog.All.Find("straight-through") with { New = () => new Overclaiming() };
        CheckCommand.Check([broken], ProblemCatalog.All(), draws: 20_000, asJson: true).ShouldBe(1);
    }

    private static IEnumerable<string> Descendants(Command command, string path) =>
        command.Subcommands.SelectMany(c => Descendants(c, $"{path} {c.Name}".TrimStart())).Prepend(path);

    private static IEnumerable<Command> AllCommands(Command command) => command.Subcommands.SelectMany(AllCommands).Prepend(command);
}
