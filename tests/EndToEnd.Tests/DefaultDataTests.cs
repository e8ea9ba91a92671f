using Heaviside;
using Heaviside.Cli.Commands;
using Heaviside.Data;
using Heaviside.Data.Fetching;
using Heaviside.Tests.Data.Fetching;

namespace EndToEnd.Tests;

/// <summary>The default run on a machine without the set.</summary>
public sealed class DefaultDataTests : IDisposable
{
    private static readonly byte[] Contents = [1, 2, 3];
    private readonly TemporaryFolder folder = new();
    private readonly FileServer server = new();
    private readonly HttpClient client = new();

    public void Dispose()
    {
        server.Dispose();
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Require_Missing_IsFetchedOnceForAllThatStartTogether()
    {
        server.Files["images.bin"] = Contents;

        await Task.WhenAll(Require(Small()), Require(Small()), Require(Small()));

        server.Requests.Count.ShouldBe(1);
        File.ReadAllBytes(folder["cache", "test", "images.bin"]).ShouldBe(Contents);
    }

    [Fact]
    public async Task Require_There_FetchesNothing()
    {
        Directory.CreateDirectory(folder["cache", "test"]);
        File.WriteAllBytes(folder["cache", "test", "images.bin"], Contents);

        await Require(Small());

        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Require_NoNetwork_SaysHowToGetItInOneLine()
    {
        server.Dispose();

        var error = await Should.ThrowAsync<InputException>(() => Require(DataCatalog.Set(DataCatalog.Default)));

        error.Message.ShouldStartWith("data set fashion-mnist is not on this machine and could not be fetched (");
        error.Message.ShouldEndWith("); get it with: apt-get install dataset-fashion-mnist, or heaviside data fetch fashion-mnist");
    }

    [Fact]
    public async Task Require_CacheThatCannotBeWritten_SaysHowToGetTheSet()
    {
        File.WriteAllText(folder["cache"], "a file in the place of the folder");

        (await Should.ThrowAsync<InputException>(() => Require(Small()))).Message.ShouldContain("get it with: heaviside data fetch test");
    }

    private Task Require(DataSetEntry entry)
    {
        DataFetcher fetcher = new(client) { Mirror = server.Url, Retries = 0 };
        return DefaultData.RequireAsync(entry, new DataFolders(null, folder["cache"]), folder["cache", entry.Name], fetcher, default);
    }

    private static DataSetEntry Small() => new()
    {
        Name = "test",
        Summary = "three pixels",
        Forms = [new DataForm(["images.bin"], Read)],
        Downloads = [new RemoteFile(new Uri("http://publisher.invalid/images.bin"), null, 1_000_000)],
    };

    private static DataSet Read(IReadOnlyList<string> paths)
    {
        ImageSet images = new(File.ReadAllBytes(paths[0]), 1, 1, 1);
        return new DataSet("test", "test", images, images.Slice(0, 1, Split.Validation), images.Slice(0, 1, Split.Test));
    }
}
