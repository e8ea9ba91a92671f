using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Heaviside.Tests.Data.Fetching;

/// <summary>Serves files on this machine, as badly as a test wants.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task loop;

    public FileServer()
    {
        using (var socket = new TcpListener(IPAddress.Loopback, 0))
        {
            socket.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}/files/");
        }
        listener.Prefixes.Add(Url.AbsoluteUri);
        listener.Start();
        loop = Task.Run(ServeAsync);
    }

    public Uri Url { get; }

    public Dictionary<string, byte[]> Files { get; } = [];

    public bool SupportsRanges { get; init; } = true;

    /// <summary>Whether a cut connection stays open and silent instead.</summary>
    public bool CutsAreSilent { get; init; }

    /// <summary>How many bytes each of the next answers sends before its connection is cut.</summary>
    public Queue<int> Cuts { get; } = [];

    /// <summary>Status codes of the next answers, instead of files.</summary>
    public Queue<int> Failures { get; } = [];

    /// <summary>The Range header of every request, in order, or an empty text.</summary>
    public List<string> Requests { get; } = [];

    public void Dispose()
    {
        listener.Close();
        loop.Wait();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                Answer(await listener.GetContextAsync());
            }
            catch (Exception) when (!listener.IsListening)
            {
                return;
            }
            catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException)
            {
                // this client has gone; the next one still wants an answer
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var response = context.Response;
        var range = context.Request.Headers["Range"] ?? "";
        Requests.Add(range);
        if (Failures.TryDequeue(out var status) || !Files.ContainsKey(Path.GetFileName(context.Request.Url!.AbsolutePath)))
        {
            response.StatusCode = status == 0 ? 404 : status;
            response.Close();
            return;
        }
        var file = Files[Path.GetFileName(context.Request.Url!.AbsolutePath)];
        var start = SupportsRanges && range != "" ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;
        if (start > 0)
        {
            response.StatusCode = start < file.Length ? 206 : 416;
            response.Headers["Content-Range"] = start < file.Length ? $"bytes {start}-{file.Length - 1}/{file.Length}" : $"bytes */{file.Length}";
        }
        var body = file[Math.Min(start, file.Length)..];
        response.ContentLength64 = body.Length;
        if (Cuts.TryDequeue(out var sent))
        {
            response.OutputStream.Write(body, 0, sent);
            response.OutputStream.Flush();
            if (!CutsAreSilent) response.Abort();
            return;
        }
        response.OutputStream.Write(body);
        response.Close();
    }
}
