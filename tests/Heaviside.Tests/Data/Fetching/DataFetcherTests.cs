using System.Formats.Tar;
using System.Security.Cryptography;
using Heaviside.Data;
using Heaviside.Data.Fetching;

namespace Heaviside.Tests.Data.Fetching;

public sealed class DataFetcherTests : IDisposable
{
    private static readonly byte[] Contents = MakeContents();
    private readonly TempFolder folder = new();
    private readonly HttpClient client = new();
    private readonly FileServer server = new();

    private string Target => Path.Combine(folder.Path, "images.bin");

    private string Part => Target + ".part";

    public void Dispose()
    {
        this.server.Dispose();
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Fetch_WholeFile_IsThereWithItsSum()
    {
        this.server.Files["images.bin"] = Contents;
        var progress = new Recorder();
        var file = (await Fetcher(this.server).FetchAsync(Entry(Sha256(Contents)), folder.Path, progress)).ShouldHaveSingleItem();
        File.ReadAllBytes(Target).ShouldBe(Contents);
        file.ShouldBe(new FetchedFile(Target, Contents.Length, Sha256(Contents)["sha256:".Length..]));
        File.Exists(Part).ShouldBeFalse();
        progress.Reports[0].ShouldBe(new FetchProgress("images.bin", 0, Contents.Length));
        progress.Reports[^1].ShouldBe(new FetchProgress("images.bin", Contents.Length, Contents.Length));
        progress.Reports.Select(report => report.Bytes).ShouldBeInOrder();
    }

    [Fact]
    public async Task Fetch_Md5_IsUnderstood()
    {
        this.server.Files["images.bin"] = Contents;
        await Fetcher(this.server).FetchAsync(Entry($"md5:{Convert.ToHexStringLower(MD5.HashData(Contents))}"), folder.Path);
        File.ReadAllBytes(Target).ShouldBe(Contents);
    }

    [Fact]
    public async Task Fetch_CutConnections_GoOnWhereTheyWereCut()
    {
        this.server.Files["images.bin"] = Contents;
        this.server.Cuts.Enqueue(100_000);
        this.server.Cuts.Enqueue(50_000);
        await Fetcher(this.server).FetchAsync(Entry(Sha256(Contents)), folder.Path);
        File.ReadAllBytes(Target).ShouldBe(Contents);
        this.server.Requests.Count.ShouldBe(3);
        this.server.Requests[0].ShouldBeEmpty();
        long[] starts = [.. this.server.Requests.Skip(1).Select(range => long.Parse(range["bytes=".Length..^1]))];
        starts[0].ShouldBeInRange(1, 100_000); // what the client got before it noticed
        starts[1].ShouldBeInRange(starts[0], starts[0] + 50_000);
    }

    [Fact]
    public async Task Fetch_SilentServer_CountsAsCut()
    {
        using var server = new FileServer { CutsAreSilent = true };
        server.Files["images.bin"] = Contents;
        server.Cuts.Enqueue(100_000);
        DataFetcher fetcher = new(client) { Mirror = server.Url, RetryDelay = TimeSpan.Zero, StallTimeout = TimeSpan.FromMilliseconds(300) };
        await fetcher.FetchAsync(Entry(Sha256(Contents)), folder.Path);
        File.ReadAllBytes(Target).ShouldBe(Contents);
        server.Requests.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Fetch_CutTooOften_KeepsThePartForTheNextCall()
    {
        this.server.Files["images.bin"] = Contents;
        for (var i = 0; i < 3; i++) this.server.Cuts.Enqueue(20_000);
        var e = await Should.ThrowAsync<InputException>(() => Fetcher(this.server, retries: 2).FetchAsync(Entry(Sha256(Contents)), folder.Path));
        e.Message.ShouldContain("gave up after 3 attempts");
        var kept = new FileInfo(Part).Length;
        kept.ShouldBeInRange(1, 60_000);

        await Fetcher(this.server).FetchAsync(Entry(Sha256(Contents)), folder.Path);
        this.server.Requests[^1].ShouldBe($"bytes={kept}-");
        File.ReadAllBytes(Target).ShouldBe(Contents);
    }

    [Fact]
    public async Task Fetch_NoRangeSupport_StartsAgain()
    {
        using var server = new FileServer { SupportsRanges = false };
        server.Files["images.bin"] = Contents;
        server.Cuts.Enqueue(100_000);
        await Fetcher(server).FetchAsync(Entry(Sha256(Contents)), folder.Path);
        File.ReadAllBytes(Target).ShouldBe(Contents);
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Fetch_CompletePart_IsOnlyRenamed()
    {
        this.server.Files["images.bin"] = Contents;
        folder.Write("images.bin.part", Contents);
        await Fetcher(this.server).FetchAsync(Entry(Sha256(Contents)), folder.Path);
        File.ReadAllBytes(Target).ShouldBe(Contents);
        this.server.Requests.ShouldBe([$"bytes={Contents.Length}-"]);
    }

    [Fact]
    public async Task Fetch_PartLongerThanFile_StartsAgain()
    {
        this.server.Files["images.bin"] = Contents;
        folder.Write("images.bin.part", new byte[Contents.Length + 1]);
        await Fetcher(this.server).FetchAsync(Entry(Sha256(Contents)), folder.Path);
        File.ReadAllBytes(Target).ShouldBe(Contents);
    }

    [Fact]
    public async Task Fetch_WrongChecksum_RemovesThePart()
    {
        this.server.Files["images.bin"] = [.. Contents[..^1], (byte)~Contents[^1]];
        var e = await Should.ThrowAsync<InputException>(() => Fetcher(this.server).FetchAsync(Entry(Sha256(Contents)), folder.Path));
        e.Message.ShouldContain(Sha256(Contents));
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_NotThere_SaysSoAtOnce()
    {
        var e = await Should.ThrowAsync<InputException>(() => Fetcher(this.server).FetchAsync(Entry(null), folder.Path));
        e.Message.ShouldContain("images.bin: the server answered 404");
        this.server.Requests.Count.ShouldBe(1);
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_ServerErrors_AreTriedAgain()
    {
        this.server.Files["images.bin"] = Contents;
        this.server.Failures.Enqueue(503);
        this.server.Failures.Enqueue(500);
        await Fetcher(this.server).FetchAsync(Entry(Sha256(Contents)), folder.Path);
        File.ReadAllBytes(Target).ShouldBe(Contents);
    }

    [Fact]
    public async Task Fetch_NoServer_NamesTheAddress()
    {
        var gone = new FileServer();
        gone.Dispose();
        var e = await Should.ThrowAsync<InputException>(() => Fetcher(gone, retries: 1).FetchAsync(Entry(null), folder.Path));
        e.Message.ShouldContain($"{gone.Url}images.bin: gave up after 2 attempts");
    }

    [SkippableFact]
    public async Task Fetch_DiskFull_SaysSoAtOnce()
    {
        Skip.IfNot(File.Exists("/dev/full"), "this system has no /dev/full");
        this.server.Files["images.bin"] = Contents;
        File.CreateSymbolicLink(Part, "/dev/full");
        var e = await Should.ThrowAsync<InputException>(() => Fetcher(this.server).FetchAsync(Entry(null), folder.Path));
        e.Message.ShouldContain($"{Part}: cannot be written: the disk is full");
        this.server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Fetch_RightFileThere_IsNotFetchedAndWrongOneIs()
    {
        this.server.Files["images.bin"] = Contents;
        folder.Write("images.bin", Contents);
        await Fetcher(this.server).FetchAsync(Entry(Sha256(Contents)), folder.Path);
        this.server.Requests.ShouldBeEmpty();
        folder.Write("images.bin", [1, 2, 3]);
        await Fetcher(this.server).FetchAsync(Entry(Sha256(Contents)), folder.Path);
        File.ReadAllBytes(Target).ShouldBe(Contents);
    }

    [Fact]
    public async Task Fetch_NoPublishedSum_WrongContentsAreRemoved()
    {
        this.server.Files["images.bin"] = "<html>moved</html>"u8.ToArray();
        var e = await Should.ThrowAsync<InputException>(() => Fetcher(this.server).FetchAsync(Entry(null), folder.Path));
        e.Message.ShouldContain("is not the set");
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_Archive_KeepsItsNamedMembersOnly()
    {
        this.server.Files["images.tar.gz"] = TarGz(("top/notes.txt", [1]), ("top/images.bin", Contents));
        var entry = Entry(Sha256(this.server.Files["images.tar.gz"]), "images.tar.gz", "images.bin");
        var file = (await Fetcher(this.server).FetchAsync(entry, folder.Path)).ShouldHaveSingleItem();
        file.Sha256.ShouldBe(Sha256(Contents)["sha256:".Length..]);
        Directory.GetFiles(folder.Path).ShouldBe([Target]);
        await Fetcher(this.server).FetchAsync(entry, folder.Path);
        this.server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Fetch_ArchiveWithoutMember_NamesIt()
    {
        this.server.Files["images.tar.gz"] = TarGz(("top/notes.txt", [1]));
        var entry = Entry(Sha256(this.server.Files["images.tar.gz"]), "images.tar.gz", "images.bin");
        (await Should.ThrowAsync<InputException>(() => Fetcher(this.server).FetchAsync(entry, folder.Path))).Message.ShouldContain("does not contain images.bin");
    }

    [Fact]
    public void Catalog_EveryDownload_ServesAForm()
    {
        foreach (var entry in DataCatalog.Sets.Where(e => e.Downloads.Count > 0))
        {
            var names = entry.Downloads.SelectMany(file => file.Members.Count > 0 ? file.Members : [file.Name]);
            entry.Forms.ShouldContain(form => form.Files.Order().SequenceEqual(names.Select(name => name.Replace(".gz", "")).Order()), entry.Name);
            foreach (var file in entry.Downloads)
                if (file.Checksum is { } sum) sum.ShouldMatch("^(sha256:[0-9a-f]{64}|md5:[0-9a-f]{32})$");
        }
    }

    private DataFetcher Fetcher(FileServer server, int retries = 3) => new(client) { Mirror = server.Url, Retries = retries, RetryDelay = TimeSpan.FromMilliseconds(1) };

    /// <summary>A set of one file, which is right when it has the expected bytes.</summary>
    private static DataSetEntry Entry(string? checksum, string name = "images.bin", params string[] members)
    {
        static DataSet Read(IReadOnlyList<string> paths)
        {
            if (!File.ReadAllBytes(paths[0]).SequenceEqual(Contents)) throw new InputException($"{paths[0]}: is not the set");
            ImageSet images = new(Contents, 1, 1, 1);
            return new DataSet("test", "test", images, images.Slice(0, 1, Split.Validation), images.Slice(0, 1, Split.Test));
        }
        return new DataSetEntry
        {
            Name = "test",
            Summary = "test",
            Forms = [new DataForm(["images.bin"], Read)],
            Downloads = [new RemoteFile(new Uri($"http://publisher.invalid/{name}"), checksum, 1_000_000) { Members = members }],
        };
    }

    private static byte[] MakeContents()
    {
        var contents = new byte[300_000];
        new Random(1).NextBytes(contents);
        return contents;
    }

    private static string Sha256(byte[] contents) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(contents))}";

    private static byte[] TarGz(params (string Name, byte[] Contents)[] files)
    {
        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, leaveOpen: true))
            foreach (var (name, contents) in files)
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(contents) });
        return TempFolder.Gzip(archive.ToArray());
    }

    private sealed class Recorder : IProgress<FetchProgress>
    {
        public List<FetchProgress> Reports { get; } = [];

        public void Report(FetchProgress value) => Reports.Add(value);
    }
}
