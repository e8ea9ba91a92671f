namespace EndToEnd.Tests;

/// <summary>A program of another name with the same commands: what it says to type is what can be typed.</summary>
[Collection(InProcess.Alone)]
public sealed class HostTests
{
    [Theory]
    [InlineData("trian")]
    [InlineData("train --stpes 3")]
    [InlineData("train no-such-model")]
    [InlineData("train rebar/table-app1")]
    [InlineData("reproduce rebar/mnist-linear-1")]
    [InlineData("train --estimator nothing")]
    public void Messages_OfAHost_NameItAndNoOther(string line)
    {
        var result = InProcess.Run(line.Split(' '), program: "mine");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldStartWith("mine: ");
        result.Error.ShouldNotContain("heaviside");
    }

    [Theory]
    [InlineData("")]
    [InlineData("train --help")]
    [InlineData("bench --help")]
    [InlineData("bench vae --help")]
    public void Help_OfAHost_NamesIt(string line)
    {
        var result = InProcess.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), program: "mine");
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("mine ");
        result.Output.ShouldNotContain("heaviside ");
    }
}
