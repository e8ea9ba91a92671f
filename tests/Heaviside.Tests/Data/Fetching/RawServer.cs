using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Heaviside.Tests.Data.Fetching;

/// <summary>Answers every request with the same bytes, whatever they are, some at once and then one at a time.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly byte[] answer;

    /// <param name="answer">In Latin-1.</param>
    public RawServer(string answer)
    {
        this.answer = Encoding.Latin1.GetBytes(answer);
        listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/files/");
        _ = Task.Run(ServeAsync);
    }

    public Uri Url { get; }

    /// <summary>What is sent one byte at a time, for ever, behind the answer; null: nothing.</summary>
    public TimeSpan? Drip { get; init; }

    public int Requests { get; private set; }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                Requests++;
                var stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[4096], 1, cancellationToken: stop.Token);
                await stream.WriteAsync(this.answer, stop.Token);
                while (Drip is { } pause)
                {
                    await stream.WriteAsync(new byte[1], stop.Token);
                    await Task.Delay(pause, stop.Token);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // This client has gone, or the test is over.
            }
        }
    }
}
