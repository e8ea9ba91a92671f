using Heaviside.Files;

namespace Heaviside.Tests.Files;

public sealed class AtomicFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_FilesAndFolders_AppearTogether()
    {
        var target = folder["step-5"];

        AtomicFolder.Write(target, inside =>
        {
            File.WriteAllText(Path.Combine(inside, "a"), "1");
            Directory.CreateDirectory(Path.Combine(inside, "sub"));
            File.WriteAllText(Path.Combine(inside, "sub", "b"), "2");
            Directory.Exists(target).ShouldBeFalse();
        });

        File.ReadAllText(Path.Combine(target, "a")).ShouldBe("1");
        File.ReadAllText(Path.Combine(target, "sub", "b")).ShouldBe("2");
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([target]);
    }

    [Fact]
    public void Write_FillThrows_LeavesNothing()
    {
        Should.Throw<FormatException>(() => AtomicFolder.Write(folder["x"], inside =>
        {
            File.WriteAllText(Path.Combine(inside, "a"), "1");
            throw new FormatException();
        }));

        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Write_LeftoverOfAKilledProcess_IsNotMixedIn()
    {
        Directory.CreateDirectory(folder[".tmp-x"]);
        File.WriteAllText(folder[".tmp-x/stale"], "");

        AtomicFolder.Write(folder["x"], inside => File.WriteAllText(Path.Combine(inside, "a"), "1"));

        Directory.GetFileSystemEntries(folder["x"]).ShouldBe([folder["x/a"]]);
    }

    [Fact]
    public void Write_ExistingFolder_IsRefusedBeforeAnyWork()
    {
        Directory.CreateDirectory(folder["x"]);

        Should.Throw<IOException>(() => AtomicFolder.Write(folder["x"], _ => throw new FormatException()))
            .Message.ShouldBe($"{folder["x"]}: exists already");
    }

    [Fact]
    public void Delete_Folder_RemovesItWithItsContent()
    {
        AtomicFolder.Write(folder["x"], inside => File.WriteAllText(Path.Combine(inside, "a"), "1"));

        AtomicFolder.Delete(folder["x"]);

        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void DeleteLeftovers_MixedFolder_RemovesTemporariesOnly()
    {
        Directory.CreateDirectory(folder[".tmp-x/sub"]);
        File.WriteAllText(folder[".tmp-y"], "");
        File.WriteAllText(folder["keep"], "");

        AtomicFolder.DeleteLeftovers(folder.Path);

        Directory.GetFileSystemEntries(folder.Path).ShouldBe([folder["keep"]]);
    }
}
