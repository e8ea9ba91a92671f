using System.Collections.Concurrent;
using Heaviside.Kernels;

namespace Heaviside.Tests.Kernels;

public class TeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Run_AnyNumberOfThreads_DoesEachPartOnce(int threads)
    {
        using var team = Team.Join(threads);
        for (var loop = 0; loop < 300; loop++)
        {
            var done = new int[17];
            Team.Run(done.Length, part => Interlocked.Increment(ref done[part]));
            done.ShouldAllBe(times => times == 1);
        }
    }

    [Fact]
    public void Run_HelpersThatSleep_AreWoken()
    {
        using var team = Team.Join(2);
        for (var loop = 0; loop < 5; loop++)
        {
            Team.Run(4, _ => { });
            Thread.Sleep(20); // ten times as long as they watch
        }
    }

    [Fact]
    public void Run_ManyThreadsAtOnce_AllFinish()
    {
        var sums = new ConcurrentBag<int>();
        Parallel.For(0, 8, _ =>
        {
            using var team = Team.Join(3);
            var sum = 0;
            Team.Run(50, part => Interlocked.Add(ref sum, part));
            sums.Add(sum);
        });
        sums.ShouldBe(Enumerable.Repeat(49 * 25, 8));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_PartThatFails_FailsAsOnOneThread(int threads)
    {
        using var team = Team.Join(threads);
        Should.Throw<ArgumentException>(() => Team.Run(6, part => throw new ArgumentException("part"))).Message.ShouldBe("part");
        Team.Run(6, _ => { });
    }

    // The loops that threads share.
    [Fact]
    public void Loops_AnyNumberOfThreads_GiveTheSameBits()
    {
        float[] Gradients(int threads)
        {
            using var scope = torch.NewDisposeScope();
            using var team = Team.Join(threads);
            using var rng = new Generator(3);
            var (x, l) = (torch.rand([500, 90], generator: rng).requires_grad_(), torch.randn([3, 500, 90], generator: rng).requires_grad_());
            BernoulliLogLikelihood.Of(x, l).sum().backward();
            return [.. x.grad!.ToArray<float>(), .. l.grad!.ToArray<float>()];
        }

        var alone = Gradients(1);
        foreach (var threads in new[] { 2, 4 }) Gradients(threads).ShouldBe(alone);
    }
}
