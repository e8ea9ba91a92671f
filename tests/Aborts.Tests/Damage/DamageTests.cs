using System.Globalization;

namespace Aborts.Tests.Damage;

/// <summary>Thousands of damaged files, in a process of their own: each is read or refused in one line, soon, and without much memory.</summary>
public sealed class DamageTests
{
    private const int Count = 5000;
    private const long MostMemory = 1L << 30;
    private static readonly TimeSpan LongestFile = TimeSpan.FromSeconds(60);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task DamagedFiles_AreReadOrRefusedInOneLine()
    {
        using var process = Outcomes.Start(Program.Damage, $"{Count}");
        var error = process.StandardError.ReadToEndAsync();
        var current = "the first file";
        var read = 0;
        while (true)
        {
            var line = process.StandardOutput.ReadLineAsync();
            if (await Task.WhenAny(line, Task.Delay(LongestFile)) != line)
            {
                process.Kill();
                Assert.Fail($"{current} was not read in {LongestFile.TotalSeconds} seconds");
            }

            if (await line is not { } text) break;
            if (text.StartsWith(Program.Begin, StringComparison.Ordinal)) current = text;
            else if (text.StartsWith(Program.Memory, StringComparison.Ordinal)) long.Parse(text[Program.Memory.Length..], CultureInfo.InvariantCulture).ShouldBeLessThan(MostMemory, current);
            else text.ShouldStartWith("read", Case.Sensitive, current);
            read += text.StartsWith("read", StringComparison.Ordinal) ? 1 : 0;
        }

        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{current}: {await error}");
        read.ShouldBeGreaterThan(Count);
    }
}
