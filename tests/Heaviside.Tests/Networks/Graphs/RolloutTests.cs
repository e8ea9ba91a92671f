using Heaviside.Networks.Graphs;

namespace Heaviside.Tests.Networks.Graphs;

public class RolloutTests
{
    [Theory]
    [InlineData(10, 49)]
    [InlineData(9, 10)]
    [InlineData(1, 7)]
    [InlineData(50, 7)]
    public void Every_PredictsEachLaterFrameOnce(int steps, int frames)
    {
        var rollout = Rollout.Every(steps, frames);
        rollout.Segments.SelectMany(s => Enumerable.Range(s.Start + 1, s.Length)).Order().ShouldBe(Enumerable.Range(1, frames - 1));
        rollout.Segments.Select(s => s.Start).Order().ShouldBe(Enumerable.Range(0, frames - 1).Where(t => t % steps == 0));
        rollout.Segments.Select(s => s.Length).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void AfterBurnIn_SeesAllButTheLast()
    {
        var rollout = Rollout.AfterBurnIn(frames: 6, free: 2);
        rollout.IsSeen.ShouldBe([true, true, true, true, false]);
        Rollout.AfterBurnIn(frames: 3, free: 9).IsSeen.ShouldBe([true, false]);
    }
}
