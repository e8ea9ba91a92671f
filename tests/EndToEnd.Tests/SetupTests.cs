namespace EndToEnd.Tests;

public sealed class SetupTests : IDisposable
{
    private readonly BareMachine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task SetUp_NotRootAndPackagesMissing_NamesTheCommandAndStops()
    {
        machine.HaveApt();
        machine.BecomeUser(1000);

        var result = await machine.SetUp();

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain("sudo apt-get update && sudo apt-get install -y --no-install-recommends " +
            "cmake g++ make libtorch-dev libopenblas0-pthread libgloo-dev dataset-fashion-mnist\n");
        machine.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task SetUp_NoAptAndPackagesMissing_SaysWhatToInstall()
    {
        var result = await machine.SetUp();

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain("no Debian system");
        result.Errors.ShouldContain("cmake g++ make libtorch-dev");
    }

    [Fact]
    public async Task SetUp_NoDotnet_SaysWhereToGetIt()
    {
        File.Delete(machine["bin/dotnet"]);

        var result = await machine.SetUp();

        result.ExitCode.ShouldBe(1);
        result.Errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("https://dotnet.microsoft.com");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SetUp_RootAndPackagesMissing_InstallsThemAndUpdatesListsOnlyIfNeeded(bool fresh)
    {
        machine.HaveApt(fresh);

        (await machine.SetUp()).ExitCode.ShouldBe(0);

        machine.Calls.Contains("apt-get update").ShouldBe(!fresh);
        machine.Calls.Count(c => c.StartsWith("apt-get install") && !c.Contains("--simulate")).ShouldBe(1);
        machine.Calls.Count(c => c.StartsWith("cmake --build")).ShouldBe(1);
        machine.Calls.Count(c => c.StartsWith("dotnet build")).ShouldBe(1);
    }

    [Fact]
    public async Task SetUp_NothingMissing_IsSilentAndDoesNothing()
    {
        await SetUpOnce();
        var before = machine.Calls;

        var result = await machine.SetUp();

        result.ShouldBe(new Shell.Result(0, "", ""));
        machine.Calls.ShouldBe(before);
    }

    [Fact]
    public async Task SetUp_OnlyTheDataSetMissingAndNotRoot_GoesOn()
    {
        await SetUpOnce();
        File.Delete(machine["installed/dataset-fashion-mnist"]);
        machine.BecomeUser(1000);

        (await machine.SetUp()).ShouldBe(new Shell.Result(0, "", ""));
    }

    [Theory]
    [InlineData("repo/src/Program.cs", 1, 2)]
    [InlineData("repo/native/shim.cpp", 2, 2)] // the program carries a copy of the shim
    public async Task SetUp_SourceChanged_BuildsWhatDependsOnIt(string file, int shims, int solutions)
    {
        await SetUpOnce();
        File.SetLastWriteTimeUtc(machine[file], DateTime.UtcNow);

        (await machine.SetUp()).ExitCode.ShouldBe(0);

        machine.Calls.Count(c => c.StartsWith("cmake --build")).ShouldBe(shims);
        machine.Calls.Count(c => c.StartsWith("dotnet build")).ShouldBe(solutions);
    }

    [Fact]
    public async Task SetUp_SourceRemoved_Builds()
    {
        await SetUpOnce();
        File.Delete(machine["repo/src/Program.cs"]);

        (await machine.SetUp()).ExitCode.ShouldBe(0);

        machine.Calls.Count(c => c.StartsWith("dotnet build")).ShouldBe(2);
    }

    [Fact]
    public async Task SetUp_BuildFails_ShowsItsOutputAndIsTriedAgain()
    {
        await SetUpOnce();
        File.AppendAllLines(machine["bin/dotnet"], ["echo 'error CS1002: ; expected'", "exit 1"]);
        File.SetLastWriteTimeUtc(machine["repo/src/Program.cs"], DateTime.UtcNow);

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var result = await machine.SetUp();
            result.ExitCode.ShouldBe(1);
            result.Errors.ShouldContain("error CS1002");
        }
    }

    [Theory]
    [InlineData("CMAKE_PREFIX_PATH")]
    [InlineData("HEAVISIDE_LIBTORCH")]
    public async Task SetUp_NamedFolderWithoutLibtorch_SaysSoInOneLine(string variable)
    {
        machine.HaveApt();

        var result = await machine.SetUp((variable, "/nowhere"));

        result.ExitCode.ShouldBe(1);
        result.Errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain($"{variable}=/nowhere holds no libtorch");
    }

    [Fact]
    public async Task SetUp_AnotherLibtorchNamed_DemandsNoPackageAndBuildsTheShimAfresh()
    {
        await SetUpOnce();
        File.Delete(machine["installed/libtorch-dev"]);
        machine.BecomeUser(1000);
        var other = machine.HaveLibtorch("torch");

        var result = await machine.SetUp(("CMAKE_PREFIX_PATH", $"/nowhere:{other}/share/cmake"));

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Errors.ShouldContain(other);
        machine.Calls.Count(c => c.StartsWith("cmake --build")).ShouldBe(2);
        (await machine.SetUp(("HEAVISIDE_LIBTORCH", other))).Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task SetUp_TwiceAtOnce_BuildsOnce()
    {
        machine.HaveApt();

        var results = await Task.WhenAll(machine.SetUp(), machine.SetUp(), machine.SetUp());

        results.ShouldAllBe(r => r.ExitCode == 0);
        machine.Calls.Count(c => c.StartsWith("cmake --build")).ShouldBe(1);
        machine.Calls.Count(c => c.StartsWith("dotnet build")).ShouldBe(1);
    }

    /// <summary>Installs and builds everything, and puts that a minute into the past, so that a touched file is newer.</summary>
    private async Task SetUpOnce()
    {
        machine.HaveApt();
        (await machine.SetUp()).ExitCode.ShouldBe(0);
        var before = DateTime.UtcNow.AddMinutes(-1);
        foreach (var path in Directory.EnumerateFileSystemEntries(machine["repo"], "*", SearchOption.AllDirectories).OrderDescending())
            File.SetLastWriteTimeUtc(path, before);
    }
}
