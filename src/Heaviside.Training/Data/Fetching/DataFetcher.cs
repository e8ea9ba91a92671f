namespace Heaviside.Data.Fetching;

/// <summary>Downloads data sets.</summary>
/// <remarks>A file grows as <c>NAME.part</c>, is compared with its published checksum and then renamed. A fetch that was cut goes on
/// from the part it has, in the same call and in later ones. At the end the set is read once, which checks every file's contents.</remarks>
/// <param name="client">Makes the requests; its own <c>Timeout</c> bounds the wait for an answer's start only.</param>
public sealed class DataFetcher(HttpClient client)
{
    /// <summary>A folder on a server that has the files under their own names, instead of their publishers; null by default.</summary>
    public Uri? Mirror { get; init; }

    /// <summary>How often to try again after a cut connection or a server error, 0 to 1000; 5 by default.</summary>
    public int Retries
    {
        get;
        init => field = value is >= 0 and <= 1000 ? value : throw new ArgumentOutOfRangeException(nameof(Retries), value, "expected 0 to 1000");
    } = 5;

    /// <summary>How long to wait before trying again; 1 second by default.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a server may send nothing, or less than <see cref="LeastRate"/>, before the connection counts as cut; 30 seconds by default.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The slowest rate that is waited for, in bytes per second, 0 or more; 4,096 by default, which takes eleven hours for the largest set.</summary>
    public long LeastRate
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(LeastRate), value, "expected 0 or more");
    } = 4096;

    /// <summary>Brings the files of a set into a folder; files that are there and right are kept.</summary>
    /// <param name="entry">The set.</param>
    /// <param name="folder">Where the files go; made when missing. By custom <see cref="DataFolders.Cache"/> / the set's name.</param>
    /// <param name="progress">Told after every block, on the downloading thread.</param>
    /// <param name="cancel">Stops the download; what has arrived is kept.</param>
    /// <returns>The set's files with their sums.</returns>
    /// <exception cref="InputException">A server refuses or fails, a checksum is wrong (the part is then removed), the disk takes no more,
    /// or the contents are not the set's.</exception>
    public async Task<IReadOnlyList<FetchedFile>> FetchAsync(
        DataSetEntry entry, string folder, IProgress<FetchProgress>? progress = null, CancellationToken cancel = default)
    {
        if (entry.Downloads.Count == 0) throw new InputException($"data set {entry.Name} cannot be fetched; it is: {entry.HowToGet}");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: cannot be made: {e.Message}", e);
        }
        foreach (var file in entry.Downloads) await FetchAsync(file, folder, progress, cancel);
        CheckContents(entry, folder);

        var fetched = new List<FetchedFile>();
        foreach (var path in entry.Downloads.SelectMany(file => Results(file, folder)))
            fetched.Add(new FetchedFile(path, new FileInfo(path).Length, (await Checksum.OfAsync(path, "sha256:", cancel))["sha256:".Length..]));
        return fetched;
    }

    /// <summary>What a download leaves in the folder: the file itself, or an archive's members.</summary>
    private static IEnumerable<string> Results(RemoteFile file, string folder) =>
        (file.Members.Count > 0 ? file.Members : [file.Name]).Select(name => Path.Combine(folder, name));

    private async Task FetchAsync(RemoteFile file, string folder, IProgress<FetchProgress>? progress, CancellationToken cancel)
    {
        var isArchive = file.Members.Count > 0;
        string target = Path.Combine(folder, file.Name), part = target + ".part";
        if (Results(file, folder).All(File.Exists) && (isArchive || file.Checksum is null || await HasSumAsync(target, file.Checksum, cancel))) return;

        var url = Mirror is null ? file.Url : new Uri($"{Mirror.AbsoluteUri.TrimEnd('/')}/{file.Name}");
        await new Download(client, url, part, file.Name, progress) { MostBytes = file.MostBytes, Retries = Retries, RetryDelay = RetryDelay, StallTimeout = StallTimeout, LeastRate = LeastRate }.RunAsync(cancel);
        if (file.Checksum is not null && !await HasSumAsync(part, file.Checksum, cancel))
        {
            var actual = await Checksum.OfAsync(part, file.Checksum, cancel);
            File.Delete(part);
            throw new InputException($"{url}: what arrived has {actual}, expected {file.Checksum}; it was removed, run the same command to fetch it again");
        }
        if (isArchive)
        {
            await Archive.ExtractAsync(part, file.Members, folder, cancel);
            File.Delete(part);
        }
        else
        {
            File.Move(part, target, overwrite: true);
        }
    }

    private static async Task<bool> HasSumAsync(string path, string checksum, CancellationToken cancel) =>
        await Checksum.OfAsync(path, checksum, cancel) == checksum;

    /// <summary>Reads the set; when it is not right, the files that had no published checksum are removed, since they must be why.</summary>
    private static void CheckContents(DataSetEntry entry, string folder)
    {
        HashSet<string> names = [.. entry.Downloads.SelectMany(file => Results(file, folder)).Select(path => Path.GetFileName(path))];
        DataForm form = entry.Forms.First(form => form.Files.All(file => names.Contains(file) || names.Contains(file + ".gz")));
        try
        {
            form.Read(form.FindIn(folder)!);
        }
        catch (InputException)
        {
            foreach (var file in entry.Downloads.Where(file => file.Checksum is null))
                File.Delete(Path.Combine(folder, file.Name));
            throw;
        }
    }
}
