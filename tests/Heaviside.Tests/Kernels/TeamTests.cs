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

    // A training step of GumBolt: every loop that threads share.
    [Fact]
    public void Loops_AnyNumberOfThreads_GiveTheSameBits()
    {
        float[] Gradients(int threads)
        {
            using var scope = torch.NewDisposeScope();
            using var team = Team.Join(threads);
            using var rng = new Generator(3);
            var (x, w, c) = (torch.randn([3, 500, 70], generator: rng).requires_grad_(), torch.randn([90, 70], generator: rng).requires_grad_(), torch.randn([90], generator: rng).requires_grad_());
            using var norm = torch.nn.BatchNorm1d(90);
            var hidden = NormalizedTanh.Of(norm, Affine.Of(x, w, c).flatten(0, 1)).view([3, 500, 90]);
            var y = RelaxedBits.Of(hidden, LogisticNoise.Draw([3, 500, 90], rng), 0.2);
            var (a, b, coupling) = (torch.randn([40], generator: rng).requires_grad_(), torch.randn([50], generator: rng).requires_grad_(), torch.randn([50, 40], generator: rng).requires_grad_());
            (BernoulliLogLikelihood.Of(y, hidden) - BilinearEnergy.Of(y, a, b, coupling)).sum().backward();
            return [.. new[] { x, w, c, a, b, coupling }.SelectMany(t => t.grad!.ToArray<float>())];
        }

        var alone = Gradients(1);
        foreach (var threads in new[] { 2, 4 }) Gradients(threads).ShouldBe(alone);
    }
}
