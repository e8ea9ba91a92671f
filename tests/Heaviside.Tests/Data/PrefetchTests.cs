using Heaviside.Data;

namespace Heaviside.Tests.Data;

public sealed class PrefetchTests
{
    [Fact]
    public void Ahead_Items_ComeInOrderFromOneOtherThread()
    {
        var threads = new HashSet<int>();
        Prefetch.Ahead(Enumerable.Range(0, 1000).Select(i => { threads.Add(Environment.CurrentManagedThreadId); return i; }), 3).ShouldBe(Enumerable.Range(0, 1000));
        threads.ShouldHaveSingleItem().ShouldNotBe(Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void Ahead_Failure_ReachesTheConsumerAfterEarlierItems()
    {
        static IEnumerable<int> Failing()
        {
            yield return 1;
            throw new InputException("broken");
        }
        using var items = Prefetch.Ahead(Failing(), 3).GetEnumerator();
        items.MoveNext().ShouldBeTrue();
        items.Current.ShouldBe(1);
        Should.Throw<InputException>(() => items.MoveNext()).Message.ShouldBe("broken");
    }

    [Fact]
    public void Ahead_SlowConsumer_LimitsWhatIsPrepared()
    {
        const int Ahead = 4;
        int consumed = 0, furthest = 0;
        var source = Enumerable.Range(1, 200).Select(i => { furthest = Math.Max(furthest, i - Volatile.Read(ref consumed)); return i; });
        foreach (var item in Prefetch.Ahead(source, Ahead)) Volatile.Write(ref consumed, item);
        furthest.ShouldBeInRange(1, Ahead + 2); // the queue, one waiting to enter it, one just taken
    }

    [Fact]
    public void Ahead_Dispose_EndsTheSource()
    {
        var ended = false;
        IEnumerable<int> Endless()
        {
            try
            {
                for (var i = 0; ; i++) yield return i;
            }
            finally
            {
                ended = true;
            }
        }
        foreach (var item in Prefetch.Ahead(Endless(), 2))
            if (item == 5) break;
        ended.ShouldBeTrue();
    }
}
