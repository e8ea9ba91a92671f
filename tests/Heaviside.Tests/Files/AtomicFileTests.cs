using System.Text;
using Heaviside.Files;

namespace Heaviside.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WriteText_OverOldFile_ReplacesIt()
    {
        AtomicFile.WriteText(_folder["a.txt"], "a much longer old text");
        AtomicFile.WriteText(_folder["a.txt"], "né");

        File.ReadAllBytes(_folder["a.txt"]).ShouldBe(Encoding.UTF8.GetBytes("né"));
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder["a.txt"]]);
    }

    [Fact]
    public void Write_ActionThrows_LeavesTheOldFileAndNoTemporary()
    {
        AtomicFile.WriteText(_folder["a.txt"], "old");

        Should.Throw<FormatException>(() => AtomicFile.Write(_folder["a.txt"], stream =>
        {
            stream.Write("half"u8);
            stream.Flush();
            throw new FormatException();
        }));

        File.ReadAllText(_folder["a.txt"]).ShouldBe("old");
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder["a.txt"]]);
    }

    [Fact]
    public void Write_UntilItReturns_ShowsTheOldFile()
    {
        AtomicFile.WriteText(_folder["a.txt"], "old");

        AtomicFile.Write(_folder["a.txt"], stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            File.ReadAllText(_folder["a.txt"]).ShouldBe("old");
        });

        File.ReadAllText(_folder["a.txt"]).ShouldBe("new");
    }

    [Fact]
    public void Write_LeftoverOfAKilledProcess_IsReplaced()
    {
        File.WriteAllText(_folder[".tmp-a.txt"], "a long leftover of an earlier write");

        AtomicFile.WriteText(_folder["a.txt"], "new");

        File.ReadAllText(_folder["a.txt"]).ShouldBe("new");
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder["a.txt"]]);
    }

    [Fact]
    public void Write_MissingFolder_NamesThePath() =>
        Should.Throw<IOException>(() => AtomicFile.WriteText(_folder["no/a.txt"], "x")).Message.ShouldStartWith(_folder["no/a.txt"] + ": cannot be written: ");

    [SkippableFact]
    public void Write_FullDisk_SaysSoAndKeepsTheOldFile()
    {
        Skip.IfNot(File.Exists("/dev/full"), "this system has no /dev/full");
        AtomicFile.WriteText(_folder["a.txt"], "old");

        string message = Should.Throw<IOException>(() => AtomicFile.Write(_folder["a.txt"], _ =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            full.Write("x"u8);
        })).Message;

        message.ShouldBe($"{_folder["a.txt"]}: cannot be written: the disk is full; free some space and try again");
        File.ReadAllText(_folder["a.txt"]).ShouldBe("old");
    }
}
