using System.CommandLine;
using Heaviside.Cli.Output;
using Heaviside.Data;
using Heaviside.Data.Fetching;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside data fetch</c>.</summary>
internal static class DataFetchCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "Which data set" };
    private static readonly Option<string?> To = new("--to") { Description = "Folder for it [default: the user's cache]", HelpName = "FOLDER" };
    private static readonly Option<Uri?> Mirror = new("--mirror") { Description = "Folder on a server that has the files, instead of their publisher", HelpName = "URL", CustomParser = ParseUrl };

    internal static Command Create() => new CommandWithExamples(
        "fetch",
        "Downloads a data set; a download that was cut goes on where it stopped.",
        new("data fetch mnist", "into the user's cache folder"),
        new("data fetch omniglot --to datasets/omniglot", "into a folder of your own"))
    {
        Name, To, Mirror,
    }.Doing(Run);

    private static async Task<int> Run(ParseResult parsed)
    {
        var entry = DataCatalog.Set(parsed.GetRequiredValue(Name));
        var folder = parsed.GetValue(To) ?? Path.Combine(DataFolders.Cache, entry.Name);
        using var interrupt = new Interrupt("stopping; press Ctrl-C again to quit at once");
        using var client = new HttpClient();
        var fetcher = new DataFetcher(client) { Mirror = parsed.GetValue(Mirror) };
        IReadOnlyList<FetchedFile> files = [];
        await Terminal.Out.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new RemainingTimeColumn())
            .StartAsync(async progress => files = await fetcher.FetchAsync(entry, folder, new Bars(progress), interrupt.Token));
        foreach (var file in files) Console.Out.WriteLine($"{file.Path}  {Format.Of(file.Bytes)} bytes  sha256:{file.Sha256}");
        return Application.Success;
    }

    private static Uri? ParseUrl(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (result.Tokens is not [var token]) return null;
        if (Uri.TryCreate(token.Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
        result.AddError($"--mirror '{token.Value}' is no address that begins with http:// or https://");
        return null;
    }

    /// <summary>A bar for every file.</summary>
    private sealed class Bars(ProgressContext context) : IProgress<FetchProgress>
    {
        private readonly Dictionary<string, ProgressTask> tasks = [];

        public void Report(FetchProgress value)
        {
            if (!tasks.TryGetValue(value.File, out var task)) tasks[value.File] = task = context.AddTask(Markup.Escape(value.File));
            task.IsIndeterminate = value.Total is null;
            task.MaxValue = value.Total ?? double.MaxValue;
            task.Value = value.Bytes;
        }
    }
}
