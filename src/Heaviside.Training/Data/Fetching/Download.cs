using System.Net;
using System.Net.Http.Headers;
using Heaviside.Files;

namespace Heaviside.Data.Fetching;

/// <summary>Brings one file into <c>NAME.part</c>, going on where an earlier attempt was cut.</summary>
internal sealed class Download(HttpClient client, Uri url, string part, string name, IProgress<FetchProgress>? progress)
{
    private const int BlockSize = 1 << 17;

    /// <summary>The most that the file may have.</summary>
    public required long MostBytes { get; init; }

    /// <summary>How often to try again after a cut connection or a server error.</summary>
    public required int Retries { get; init; }

    /// <summary>How long to wait before trying again.</summary>
    public required TimeSpan RetryDelay { get; init; }

    /// <summary>How long the server may send nothing, or less than <see cref="LeastRate"/>, before the connection counts as cut.</summary>
    public required TimeSpan StallTimeout { get; init; }

    /// <summary>Bytes per second.</summary>
    public required long LeastRate { get; init; }

    private long BytesOnDisk => File.Exists(part) ? new FileInfo(part).Length : 0;

    /// <summary>Downloads to the end.</summary>
    /// <exception cref="InputException">The server refuses, the connection was cut too often, or the disk takes no more.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TransferAsync(cancel);
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                if (attempt > Retries)
                    throw new InputException($"{url}: gave up after {attempt} attempts ({e.Message}); {BytesOnDisk} bytes are kept, run the same command again to go on", e);
                await Task.Delay(RetryDelay, cancel);
            }
        }
    }

    private async Task TransferAsync(CancellationToken cancel)
    {
        var have = BytesOnDisk;
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (have > 0) request.Headers.Range = new RangeHeaderValue(have, null);
        using var response = await SendAsync(request, cancel);
        var range = response.Content.Headers.ContentRange;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                have = 0; // the server sends the whole file, whatever was asked for
                break;
            case HttpStatusCode.PartialContent when range?.From == have:
                break;
            case HttpStatusCode.RequestedRangeNotSatisfiable when have > 0 && range?.Length == have:
                RequireSize(have);
                return; // everything had arrived already
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                File.Delete(part);
                throw new HttpRequestException("the server's file does not continue what is here");
            case >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests:
                throw new HttpRequestException($"the server answered {Answer(response)}");
            default:
                throw new InputException($"{url}: the server answered {Answer(response)}: the file may have moved, get it by other means");
        }
        var total = have + response.Content.Headers.ContentLength;
        RequireSize(total ?? have);
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        RequireSize(await CopyAsync(body, have, total, cancel));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        }
        catch (Exception e) when (e is NotSupportedException or FormatException or ArgumentException) // what the client has for addresses that are none of the web's
        {
            throw new InputException($"{url}: the server sends on to an address that is neither http nor https: the file may have moved, get it by other means", e);
        }
    }

    // Gives the bytes on disk, where it stops as soon as these are too many.
    private async Task<long> CopyAsync(Stream body, long bytes, long? total, CancellationToken cancel)
    {
        await using var file = Open(append: bytes > 0);
        var block = new byte[BlockSize];
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stall.CancelAfter(StallTimeout);
        var (least, arrived) = (StallTimeout.TotalSeconds * LeastRate, 0L);
        while (true)
        {
            progress?.Report(new FetchProgress(name, bytes, total));
            var read = await ReadAsync(body, block, stall.Token, cancel);
            if (read == 0 || bytes > MostBytes) return bytes;
            if ((arrived += read) >= least)
            {
                stall.CancelAfter(StallTimeout);
                arrived = 0;
            }

            try
            {
                await file.WriteAsync(block.AsMemory(0, read), cancel);
            }
            catch (IOException e)
            {
                throw CannotWrite(e);
            }
            bytes += read;
        }
    }

    private async Task<int> ReadAsync(Stream body, byte[] block, CancellationToken stall, CancellationToken cancel)
    {
        try
        {
            return await body.ReadAsync(block, stall);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"less than {LeastRate} bytes a second arrived for {StallTimeout.TotalSeconds} seconds", e);
        }
    }

    // What is here of another file is of no use.
    private void RequireSize(long bytes)
    {
        if (bytes <= MostBytes) return;
        File.Delete(part);
        throw new InputException($"{url}: the server sends {bytes} bytes or more, the file has at most {MostBytes}: it may have moved, get it by other means");
    }

    private FileStream Open(bool append)
    {
        try
        {
            return new FileStream(part, append ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(e);
        }
    }

    private InputException CannotWrite(Exception e) => new(Disk.Explain(part, e).Message, e);

    private static string Answer(HttpResponseMessage response) => $"{(int)response.StatusCode} {response.ReasonPhrase}";
}
