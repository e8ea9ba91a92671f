using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Heaviside.Data;

/// <summary>Runs a sequence ahead of its consumer, on a thread of its own.</summary>
public static class Prefetch
{
    /// <summary>The items of <paramref name="source"/> in order, up to <paramref name="count"/> of them (at least 1) prepared in advance.</summary>
    /// <remarks>The thread starts with the enumeration and has ended when the enumerator's <c>Dispose</c> returns.
    /// What the source throws is thrown to the consumer, after the items that came before.</remarks>
    public static IEnumerable<T> Ahead<T>(IEnumerable<T> source, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Iterate(source, count);
    }

    private static IEnumerable<T> Iterate<T>(IEnumerable<T> source, int count)
    {
        using var stop = new CancellationTokenSource();
        using var queue = new BlockingCollection<T>(count);
        ExceptionDispatchInfo? failure = null;
        var producer = new Thread(() =>
        {
            try
            {
                foreach (var item in source) queue.Add(item, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // the consumer has left
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                queue.CompleteAdding();
            }
        })
        { IsBackground = true, Name = "prefetch" };
        producer.Start();
        try
        {
            foreach (var item in queue.GetConsumingEnumerable()) yield return item;
            failure?.Throw();
        }
        finally
        {
            stop.Cancel();
            producer.Join();
        }
    }
}
