namespace Aborts.Tests;

/// <summary>No mistake that a user can make ends the process: each is an exception that says what is wrong.</summary>
public sealed class MistakeTests(Outcomes outcomes) : IClassFixture<Outcomes>
{
    public static TheoryData<string> Names() => [.. Mistake.All.Select(m => m.Name)];

    [Fact]
    public void NamesAreUnique() => Mistake.All.Select(m => m.Name).ShouldBeUnique();

    // Else the others would prove nothing; when TorchSharp throws here, the guard can go.
    [Fact]
    public async Task WithoutItsGuard_AMistakeEndsTheProcess()
    {
        using var process = Outcomes.Start(Program.Unguarded);
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        error.ShouldContain("cannot be multiplied");
        error.ShouldNotContain("Unhandled exception");
        process.ExitCode.ShouldNotBe(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AMistakeThrows(string name)
    {
        var outcome = outcomes.Of(name);
        outcome.ShouldStartWith(Program.Threw);
        foreach (var words in Mistake.All.Single(m => m.Name == name).Says) outcome.ShouldContain(words);
    }
}
