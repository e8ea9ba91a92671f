using Heaviside.Data;
using Heaviside.Data.Fetching;

namespace Heaviside.Tests.Data.Fetching;

/// <summary>What a server can do to who fetches from it.</summary>
public sealed class HostileServerTests : IDisposable
{
    // Nothing that these servers send is ever read.
    private static readonly DataSetEntry Entry = new()
    {
        Name = "test",
        Summary = "test",
        Forms = [new DataForm(["images.bin"], paths => throw new InvalidOperationException(paths[0]))],
        Downloads = [new RemoteFile(new Uri("http://publisher.invalid/images.bin"), null, 1_000_000)],
    };

    private readonly TempFolder folder = new();
    private readonly HttpClient client = new();

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("file:images.bin")]
    [InlineData("file://localhost/etc/passwd")]
    [InlineData("gopher:images")]
    public async Task Fetch_SentOnToWhatIsNoWebAddress_SaysSo(string address)
    {
        using var server = new RawServer($"HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var e = await Should.ThrowAsync<InputException>(() => new DataFetcher(client) { Mirror = server.Url, RetryDelay = TimeSpan.Zero }.FetchAsync(Entry, folder.Path));
        e.Message.ShouldStartWith($"{server.Url}images.bin: the server ");
        server.Requests.ShouldBe(1);
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Fetch_ReasonThatSteersATerminal_IsPlain(int status)
    {
        using var server = new RawServer($"HTTP/1.1 {status} Not \u001b[31mhere\u009b2J\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var e = await Should.ThrowAsync<InputException>(() => new DataFetcher(client) { Mirror = server.Url, Retries = 0 }.FetchAsync(Entry, folder.Path));
        e.Message.ShouldContain("images.bin");
        e.Message.ShouldNotContain('\u001b');
        e.Message.ShouldNotContain('\u009b');
    }

    // The length is known beforehand, in the header or only as it arrives.
    [Theory]
    [InlineData("Content-Length: 1000000000000\r\n")]
    [InlineData("")]
    public async Task Fetch_MoreThanTheFileHas_StopsAndRemovesIt(string length)
    {
        using var server = new RawServer($"HTTP/1.1 200 OK\r\n{length}Connection: close\r\n\r\n{new string('x', 2_000_000)}") { Drip = TimeSpan.FromMilliseconds(1) };
        var e = await Should.ThrowAsync<InputException>(() => new DataFetcher(client) { Mirror = server.Url, RetryDelay = TimeSpan.Zero }.FetchAsync(Entry, folder.Path));
        e.Message.ShouldContain("the file has at most 1000000");
        server.Requests.ShouldBe(1);
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_PartOfAnotherFileThatIsTooLong_IsRemoved()
    {
        folder.Write("images.bin.part", new byte[1_000_001]);
        using var server = new RawServer("HTTP/1.1 416 No\r\nContent-Range: bytes */1000001\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await Should.ThrowAsync<InputException>(() => new DataFetcher(client) { Mirror = server.Url, Retries = 0 }.FetchAsync(Entry, folder.Path));
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    // Each byte comes well before the silence would count as a cut.
    [Fact]
    public async Task Fetch_OneByteAtATime_CountsAsCut()
    {
        using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n") { Drip = TimeSpan.FromMilliseconds(20) };
        DataFetcher fetcher = new(client) { Mirror = server.Url, Retries = 1, RetryDelay = TimeSpan.Zero, StallTimeout = TimeSpan.FromMilliseconds(300) };
        var e = await Should.ThrowAsync<InputException>(() => fetcher.FetchAsync(Entry, folder.Path));
        e.Message.ShouldContain("gave up after 2 attempts (less than 4096 bytes a second arrived for 0.3 seconds)");
        File.Exists(Path.Combine(folder.Path, "images.bin.part")).ShouldBeTrue("what has arrived is kept");
    }
}
