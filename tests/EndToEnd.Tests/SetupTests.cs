namespace EndToEnd.Tests;

public sealed class SetupTests : IDisposable
{
    private readonly BareMachine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task SetUp_OnlyDotnet_Builds()
    {
        var result = await machine.SetUp();

        result.ExitCode.ShouldBe(0, result.Errors);
        machine.Calls.ShouldBe(["dotnet build Heaviside.slnx --configuration Release --nologo --verbosity quiet"]);
    }

    [Theory]
    [InlineData]
    [InlineData("8.0.400", "9.0.100")]
    [InlineData("9.0.10")] // not a version 10
    public async Task SetUp_NoDotnet10_SaysWhereToGetIt(params string[] sdks)
    {
        if (sdks.Length > 0) machine.HaveDotnet(sdks);
        else File.Delete(machine["bin/dotnet"]);

        var result = await machine.SetUp();

        result.ExitCode.ShouldBe(1);
        result.Errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("https://dotnet.microsoft.com");
        machine.Builds.ShouldBe(0);
    }

    [Fact]
    public async Task SetUp_OlderSdksBesideIt_Builds()
    {
        machine.HaveDotnet("8.0.400", "10.0.203", "11.0.100");

        (await machine.SetUp()).ExitCode.ShouldBe(0);

        machine.Builds.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SetUp_RootWithApt_InstallsTheDataSetAndUpdatesListsOnlyIfNeeded(bool fresh)
    {
        machine.HaveApt(fresh);

        (await machine.SetUp()).ExitCode.ShouldBe(0);

        machine.HasDataSet.ShouldBeTrue();
        machine.Calls.Contains("apt-get update").ShouldBe(!fresh);
        machine.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task SetUp_NotRoot_LeavesAptAlone()
    {
        machine.HaveApt();
        machine.BecomeUser(1000);

        (await machine.SetUp()).ExitCode.ShouldBe(0);

        machine.Calls.ShouldNotContain(c => c.StartsWith("apt-get"));
        machine.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task SetUp_AptFails_SaysSoOnceAndBuilds()
    {
        machine.HaveAptThatFails();

        var result = await machine.SetUp();

        result.ExitCode.ShouldBe(0);
        result.Errors.ShouldContain("it could not be installed, so the first run that needs it will fetch it");
        machine.Builds.ShouldBe(1);
        (await machine.SetUp()).ShouldBe(new Shell.Result(0, "", ""));
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

    [Theory]
    [InlineData("repo/src/Program.cs")]
    [InlineData("repo/build/Some.targets")]
    [InlineData("repo/Directory.Build.targets")]
    public async Task SetUp_SourceChanged_Builds(string file)
    {
        await SetUpOnce();
        File.SetLastWriteTimeUtc(machine[file], DateTime.UtcNow);

        (await machine.SetUp()).ExitCode.ShouldBe(0);

        machine.Builds.ShouldBe(2);
    }

    [Fact]
    public async Task SetUp_SourceRemoved_Builds()
    {
        await SetUpOnce();
        File.Delete(machine["repo/src/Program.cs"]);

        (await machine.SetUp()).ExitCode.ShouldBe(0);

        machine.Builds.ShouldBe(2);
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

    [Fact]
    public async Task SetUp_TwiceAtOnce_BuildsOnce()
    {
        machine.HaveApt();

        var results = await Task.WhenAll(machine.SetUp(), machine.SetUp(), machine.SetUp());

        results.ShouldAllBe(r => r.ExitCode == 0);
        machine.Calls.Count(c => c.StartsWith("apt-get install")).ShouldBe(1);
        machine.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task SetUp_WithoutFlock_Builds()
    {
        File.Delete(machine["bin/flock"]); // as on macOS

        (await machine.SetUp()).ExitCode.ShouldBe(0);

        machine.Builds.ShouldBe(1);
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
