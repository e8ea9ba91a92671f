using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Heaviside.Kernels;

/// <summary>Threads that share the loops of a training step, which are many and short.</summary>
/// <remarks>Only a thread that joined has helpers, so that threads that work side by side do not wait for the same ones. Helpers watch for the
/// next loop for a while before they sleep: to wake a thread takes longer than most loops. What is computed does not depend on
/// their number.</remarks>
/// <example><code>
/// using var team = Team.Join(threads: 2);
/// for (var step = 0; step &lt; 1000; step++) ...   // forward, backward: large matrix products and loops over rows are shared
/// </code></example>
public static class Team
{
    /// <summary>The variable of the environment that <see cref="Threads"/> comes from.</summary>
    public const string Variable = "HEAVISIDE_THREADS";

    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(2);
    private static readonly Lock Busy = new();
    private static readonly SemaphoreSlim Wake = new(0);
    [ThreadStatic] private static int size;
    private static int helpers;
    private static int asleep;
    private static volatile Loop? latest;

    /// <summary>How many threads share the loops of a run: HEAVISIDE_THREADS, or 1.</summary>
    public static int Threads { get; } = int.TryParse(Environment.GetEnvironmentVariable(Variable), out var n) && n > 0 ? n : 1;

    /// <summary>Gives this thread helpers until disposed.</summary>
    /// <param name="threads">How many threads share its loops, itself included, 1 or more; default <see cref="Threads"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one.</exception>
    public static Membership Join(int? threads = null)
    {
        if (threads < 1) throw new ArgumentOutOfRangeException(nameof(threads), threads, "must be 1 or more");
        return new(threads ?? Threads);
    }

    /// <summary>Does all parts, and returns when they are done.</summary>
    internal static void Run(int parts, Action<int> part)
    {
        if (parts < 2 || size < 2 || !Busy.TryEnter())
        {
            using var _ = new Denormals(); // as helpers do: the same bits
            for (var p = 0; p < parts; p++) part(p);
            return;
        }

        try
        {
            for (; helpers < size - 1; helpers++) new Thread(Help) { IsBackground = true, Name = "team" }.Start();
            var loop = new Loop(parts, part);
            latest = loop;
            if (Volatile.Read(ref asleep) is var sleeping and > 0) Wake.Release(sleeping);
            loop.Work();
            loop.Wait();
        }
        finally
        {
            Busy.Exit();
        }
    }

    private static void Help()
    {
        using var _ = new Denormals();
        Loop? done = null;
        while (true)
        {
            var since = Stopwatch.GetTimestamp();
            while (ReferenceEquals(latest, done) && Stopwatch.GetElapsedTime(since) < Watch) Thread.SpinWait(50);
            if (latest is { } loop && !ReferenceEquals(loop, done))
            {
                loop.Work();
                done = loop;
                continue;
            }

            // Who is counted as asleep is woken; a loop that came in between is seen now.
            Interlocked.Increment(ref asleep);
            if (ReferenceEquals(latest, done)) Wake.Wait();
            Interlocked.Decrement(ref asleep);
        }
    }

    /// <summary>While it lasts a thread has helpers.</summary>
    public readonly ref struct Membership
    {
        private readonly int before;

        internal Membership(int threads) => (before, size) = (size, threads);

        /// <summary>Ends it.</summary>
        public void Dispose() => size = before;
    }

    private sealed class Loop(int count, Action<int> part)
    {
        private readonly int end = count;
        private int next;
        private int left = count;
        private Exception? failure;

        internal void Work()
        {
            for (int p; (p = Interlocked.Increment(ref next) - 1) < end;)
            {
                try
                {
                    part(p);
                }
                catch (Exception e)
                {
                    failure = e; // for who waits
                }

                Interlocked.Decrement(ref left);
            }
        }

        internal void Wait()
        {
            var spins = 0;
            while (Volatile.Read(ref left) > 0)
            {
                Thread.SpinWait(20);
                if (++spins % 256 == 0) Thread.Yield();
            }

            if (failure is not null) ExceptionDispatchInfo.Throw(failure); // as one thread would throw it
        }
    }
}
