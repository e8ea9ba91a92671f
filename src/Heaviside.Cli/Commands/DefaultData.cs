using Heaviside.Cli.Output;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Data.Fetching;
using Heaviside.Files;
using Heaviside.Models;

namespace Heaviside.Cli.Commands;

/// <summary>Fetches the data set of the default run where it is nowhere on this machine, so that the first command needs no other.</summary>
/// <remarks>Every other set is left to <c>heaviside data fetch</c>: nobody has asked for its hundreds of megabytes.</remarks>
internal static class DefaultData
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Pause = TimeSpan.FromSeconds(0.5);

    /// <summary>Sees to it that the set is there, if the settings are for it.</summary>
    /// <exception cref="InputException">It is nowhere and cannot be fetched.</exception>
    internal static void Require(Settings settings, DataFolders folders, CancellationToken stop)
    {
        string? Setting(string name) => settings.Given.FirstOrDefault(s => s.Key == name).Value;
        var given = Setting("data");
        if ((given ?? ModelCatalog.All.Find(Setting("model") ?? ModelCatalog.All[0].Name).DefaultData) != DataCatalog.Default) return;
        var entry = DataCatalog.Set(DataCatalog.Default);
        using var client = new HttpClient { Timeout = Patience };
        RequireAsync(entry, folders, Path.Combine(DataFolders.Cache, entry.Name), new DataFetcher(client) { Retries = 2 }, stop).GetAwaiter().GetResult();
    }

    /// <summary>Sees to it that a set is there, by fetching it into <paramref name="folder"/> if it is not.</summary>
    internal static async Task RequireAsync(DataSetEntry entry, DataFolders folders, string folder, DataFetcher fetcher, CancellationToken stop)
    {
        if (entry.Find(folders) is not null) return;
        try
        {
            using var others = await LockAsync(folder, stop);
            if (entry.Find(folders) is not null) return; // another process has fetched it meanwhile
            ErrorOutput.WriteLine($"data set {entry.Name} is not on this machine: fetching it into {folder}");
            await fetcher.FetchAsync(entry, folder, cancel: stop);
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"data set {entry.Name} is not on this machine and could not be fetched ({e.Message}); get it with: {entry.HowToGet}", e);
        }
    }

    // Runs that start together, those of a study say, would write to the same files.
    private static async Task<FileStream> LockAsync(string folder, CancellationToken stop)
    {
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, ".lock");
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (Disk.IsHeldByAnother(error))
            {
                await Task.Delay(Pause, stop);
            }
        }
    }
}
