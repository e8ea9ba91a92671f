using Heaviside.Files;

namespace Heaviside.Tests.Files;

public sealed class AtomicFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_FilesAndFolders_AppearTogether()
    {
        string target = _folder["step-5"];

        AtomicFolder.Write(target, inside =>
        {
            File.WriteAllText(Path.Combine(inside, "a"), "1");
            Directory.CreateDirectory(Path.Combine(inside, "sub"));
            File.WriteAllText(Path.Combine(inside, "sub", "b"), "2");
            Directory.Exists(target).ShouldBeFalse();
        });

        File.ReadAllText(Path.Combine(target, "a")).ShouldBe("1");
        File.ReadAllText(Path.Combine(target, "sub", "b")).ShouldBe("2");
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([target]);
    }

    [Fact]
    public void Write_FillThrows_LeavesNothing()
    {
        Should.Throw<FormatException>(() => AtomicFolder.Write(_folder["x"], inside =>
        {
            File.WriteAllText(Path.Combine(inside, "a"), "1");
            throw new FormatException();
        }));

        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Write_LeftoverOfAKilledProcess_IsNotMixedIn()
    {
        Directory.CreateDirectory(_folder[".tmp-x"]);
        File.WriteAllText(_folder[".tmp-x/stale"], "");

        AtomicFolder.Write(_folder["x"], inside => File.WriteAllText(Path.Combine(inside, "a"), "1"));

        Directory.GetFileSystemEntries(_folder["x"]).ShouldBe([_folder["x/a"]]);
    }

    [Fact]
    public void Write_ExistingFolder_IsRefusedBeforeAnyWork()
    {
        Directory.CreateDirectory(_folder["x"]);

        Should.Throw<IOException>(() => AtomicFolder.Write(_folder["x"], _ => throw new FormatException()))
            .Message.ShouldBe($"{_folder["x"]}: exists already");
    }

    [Fact]
    public void Delete_Folder_RemovesItWithItsContent()
    {
        AtomicFolder.Write(_folder["x"], inside => File.WriteAllText(Path.Combine(inside, "a"), "1"));

        AtomicFolder.Delete(_folder["x"]);

        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void DeleteLeftovers_MixedFolder_RemovesTemporariesOnly()
    {
        Directory.CreateDirectory(_folder[".tmp-x/sub"]);
        File.WriteAllText(_folder[".tmp-y"], "");
        File.WriteAllText(_folder["keep"], "");

        AtomicFolder.DeleteLeftovers(_folder.Path);

        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder["keep"]]);
    }
}
