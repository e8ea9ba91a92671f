using System.Text.Json.Nodes;
using Heaviside.Configuration;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

public class RunFolderTests
{
    [Fact]
    public void Create_NewFolder_HasTheCompleteRecipeAndTheCircumstances()
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment(("learning-rate", "0.002"));
        using var folder = RunFolder.Create(run.Path, experiment);
        var recipe = folder.ReadSettings().Given.ToDictionary();
        recipe.ShouldBe(experiment.Settings.Resolved.ToDictionary(s => s.Key, s => s.Value), ignoreOrder: true);
        recipe["learning-rate"].ShouldBe("0.002");
        recipe["temperature"].ShouldBe("0.5"); // a default
        var info = JsonNode.Parse(File.ReadAllText(folder.InfoFile))!;
        ((string?)info["data"]!["fingerprint"]).ShouldBe(TinyRun.Data.Fingerprint);
        ((int)info["data"]!["train"]!).ShouldBe(45);
        ((long)info["seed"]!).ShouldBe(7);
        // 16 x 6 + 6, 6 x 12 + 12, 12 x 7 + 7, 7 x 16 + 16
        ((long)info["parameters"]!).ShouldBe(102 + 84 + 91 + 128);
    }

    [Fact]
    public void ReadSettings_WrittenRecipe_MakesTheSameRun()
    {
        using var first = new TinyRun();
        using var again = new TinyRun();
        first.Train();
        Settings settings;
        using (var folder = RunFolder.Open(first.Path)) settings = folder.ReadSettings();
        again.Train(default, [.. settings.Given.Select(s => (s.Key, s.Value))]);
        again.ShouldEqual(first);
    }

    [Fact]
    public void Create_FolderWithFiles_SaysWhatToDo()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["thesis.tex"], "");
        using var experiment = TinyRun.Experiment();
        Should.Throw<InputException>(() => RunFolder.Create(folder.Path, experiment)).Message.ShouldContain("--resume");
        Directory.GetFiles(folder.Path).Length.ShouldBe(1);
    }

    // What a process leaves that is killed while it creates a run: at first nothing, in the end all but the recipe.
    [Theory]
    [InlineData()]
    [InlineData(".lock")]
    [InlineData(".lock", ".tmp-run.json")]
    [InlineData(".lock", "run.json")]
    [InlineData(".lock", "run.json", ".tmp-recipe.yaml")]
    public void Create_KilledWhileItWasCreatedBefore_StartsOver(params string[] leftovers)
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment();
        Directory.CreateDirectory(run.Path);
        foreach (var name in leftovers) File.WriteAllText(Path.Combine(run.Path, name), "half");
        Should.Throw<InputException>(() => RunFolder.Open(run.Path)).Message.ShouldContain("no run folder");
        using (var folder = RunFolder.Create(run.Path, experiment)) folder.RequireSameData(experiment);
        Directory.GetFiles(run.Path).Select(f => Path.GetFileName(f)).ShouldBe(["recipe.yaml", "run.json"], ignoreOrder: true);
        run.Train().Step.ShouldBe(12);
    }

    [Fact]
    public void Create_WithoutTheRecipeButWithWork_IsRefused()
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment();
        run.TrainTo(4);
        File.Delete(Path.Combine(run.Path, "recipe.yaml"));
        Should.Throw<InputException>(() => RunFolder.Create(run.Path, experiment)).Message.ShouldContain("is not empty");
        run.Checkpoints().ShouldNotBeEmpty();
    }

    [Fact]
    public void Create_CannotWrite_LeavesNoLock()
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment();
        var obstacle = Directory.CreateDirectory(Path.Combine(run.Path, "run.json"));
        Should.Throw<IOException>(() => RunFolder.Create(run.Path, experiment));
        obstacle.Delete();
        using var folder = RunFolder.Create(run.Path, experiment);
        folder.Root.ShouldBe(run.Path);
    }

    [Fact]
    public void Open_FolderWithoutRun_Throws()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<InputException>(() => RunFolder.Open(folder.Path)).Message.ShouldContain("no run folder");
        Should.Throw<InputException>(() => RunFolder.Open(folder["nowhere"])).Message.ShouldContain("no run folder");
    }

    [Fact]
    public void Open_AlreadyOpen_ThrowsUntilItIsClosed()
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment();
        using (RunFolder.Create(run.Path, experiment))
            Should.Throw<InputException>(() => RunFolder.Open(run.Path)).Message.ShouldContain("another process");
        using var later = RunFolder.Open(run.Path);
        later.Root.ShouldBe(run.Path);
    }

    // As of an archive: nothing can be written, and whoever holds the lock is no matter.
    [Fact]
    public void OpenToRead_WhileAnotherProcessTrains_ChangesNothing()
    {
        using var run = new TinyRun();
        run.TrainTo(8);
        File.WriteAllText(Path.Combine(run.Path, ".tmp-left"), "by another process, which still writes it");
        using var held = new FileStream(Path.Combine(run.Path, ".lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var before = Directory.GetFileSystemEntries(run.Path, "*", SearchOption.AllDirectories);
        using (var folder = RunFolder.OpenToRead(run.Path))
        using (var experiment = RunReport.Load(folder, settings => TinyRun.Experiment([.. settings.Given.Select(s => (s.Key, s.Value))]), run.Observer.Note))
            experiment.Options.Steps.ShouldBe(12);
        Directory.GetFileSystemEntries(run.Path, "*", SearchOption.AllDirectories).ShouldBe(before);
        RunFolder.IsInUse(run.Path).ShouldBeTrue();
    }

    [Fact]
    public void IsInUse_LockThatAKilledProcessLeft_IsFalse()
    {
        using var run = new TinyRun();
        run.TrainTo(2);
        File.WriteAllText(Path.Combine(run.Path, ".lock"), "");
        RunFolder.IsInUse(run.Path).ShouldBeFalse();
        RunFolder.IsInUse(run.Path + "-nowhere").ShouldBeFalse();
    }

    [Fact]
    public void Differences_OtherLibraryAndThreads_NamesBothValues()
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Create(run.Path, experiment);
        folder.Differences(experiment).ShouldBeEmpty();
        var info = JsonNode.Parse(File.ReadAllText(folder.InfoFile))!;
        info["libtorch"] = "0.1";
        info["threads"]!["operators"] = 99;
        info["system"] = "another, which changes nothing";
        File.WriteAllText(folder.InfoFile, info.ToJsonString());
        folder.Differences(experiment).ShouldBe(
            [$"libtorch: {Machine.LibtorchVersion}, was 0.1", $"threads operators: {torch.get_num_threads()}, was 99"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"data\":")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"seed\":1e400}")]
    public void RequireSameData_InformationIsDamaged_SaysSo(string json)
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Create(run.Path, experiment);
        File.WriteAllText(folder.InfoFile, json);
        Should.Throw<InputException>(() => folder.RequireSameData(experiment)).Message.ShouldStartWith(folder.InfoFile);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"data":{"fingerprint":"ab"}}""")]
    [InlineData("""{"data":[1]}""")]
    public void RequireSameData_NoFingerprint_IsOtherData(string json)
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Create(run.Path, experiment);
        File.WriteAllText(folder.InfoFile, json);
        Should.Throw<InputException>(() => folder.RequireSameData(experiment)).Message.ShouldContain("was trained on other data");
    }

    [Fact]
    public void RequireSameData_OtherFingerprint_NamesTheData()
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Create(run.Path, experiment);
        folder.RequireSameData(experiment);
        File.WriteAllText(folder.InfoFile, File.ReadAllText(folder.InfoFile).Replace(TinyRun.Data.Fingerprint, new string('0', 64), StringComparison.Ordinal));
        Should.Throw<InputException>(() => folder.RequireSameData(experiment)).Message.ShouldContain("00000000...");
    }
}
