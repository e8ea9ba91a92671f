using System.Text;
using Heaviside.Files;

namespace Heaviside.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WriteText_OverOldFile_ReplacesIt()
    {
        AtomicFile.WriteText(folder["a.txt"], "a much longer old text");
        AtomicFile.WriteText(folder["a.txt"], "né");

        File.ReadAllBytes(folder["a.txt"]).ShouldBe(Encoding.UTF8.GetBytes("né"));
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([folder["a.txt"]]);
    }

    [Fact]
    public void Write_ActionThrows_LeavesTheOldFileAndNoTemporary()
    {
        AtomicFile.WriteText(folder["a.txt"], "old");

        Should.Throw<FormatException>(() => AtomicFile.Write(folder["a.txt"], stream =>
        {
            stream.Write("half"u8);
            stream.Flush();
            throw new FormatException();
        }));

        File.ReadAllText(folder["a.txt"]).ShouldBe("old");
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([folder["a.txt"]]);
    }

    [Fact]
    public void Write_UntilItReturns_ShowsTheOldFile()
    {
        AtomicFile.WriteText(folder["a.txt"], "old");

        AtomicFile.Write(folder["a.txt"], stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            File.ReadAllText(folder["a.txt"]).ShouldBe("old");
        });

        File.ReadAllText(folder["a.txt"]).ShouldBe("new");
    }

    [Fact]
    public void Write_LeftoverOfAKilledProcess_IsReplaced()
    {
        File.WriteAllText(folder[".tmp-a.txt"], "a long leftover of an earlier write");

        AtomicFile.WriteText(folder["a.txt"], "new");

        File.ReadAllText(folder["a.txt"]).ShouldBe("new");
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([folder["a.txt"]]);
    }

    [Fact]
    public void Write_MissingFolder_NamesThePath() =>
        Should.Throw<IOException>(() => AtomicFile.WriteText(folder["no/a.txt"], "x")).Message.ShouldStartWith(folder["no/a.txt"] + ": cannot be written: ");

    [SkippableFact]
    public void Write_FullDisk_SaysSoAndKeepsTheOldFile()
    {
        Skip.IfNot(File.Exists("/dev/full"), "this system has no /dev/full");
        AtomicFile.WriteText(folder["a.txt"], "old");

        var message = Should.Throw<IOException>(() => AtomicFile.Write(folder["a.txt"], _ =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            full.Write("x"u8);
        })).Message;

        message.ShouldBe($"{folder["a.txt"]}: cannot be written: the disk is full; free some space and try again");
        File.ReadAllText(folder["a.txt"]).ShouldBe("old");
    }
}
