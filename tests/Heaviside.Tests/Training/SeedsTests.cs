using Heaviside.Training;

namespace Heaviside.Tests.Training;

public class SeedsTests
{
    private static readonly string[] Purposes =
        ["initial weights", "training", "validation", "pictures", "evaluation on Test", "evaluation on Validation", "evaluation on Train"];

    // 10,000 seeds and all purposes: one collision among 70,000 values of 64 bits has a chance of 1 in 10^10.
    [Fact]
    public void Derive_SeedsAndPurposes_AreAllDistinct() =>
        Enumerable.Range(0, 10_000).SelectMany(seed => Purposes.Select(p => Seeds.Derive((ulong)seed, p))).ShouldBeUnique();

    [Fact]
    public void Derive_NeighboringSeeds_DifferInHalfOfTheBits()
    {
        var flips = Enumerable.Range(0, 1000).Average(s => System.Numerics.BitOperations.PopCount(Seeds.Derive((ulong)s, "training") ^ Seeds.Derive((ulong)s + 1, "training")));
        flips.ShouldBe(32, 4.5 * 4 / Math.Sqrt(1000)); // 64 fair coins have a deviation of 4
    }

    // The value is part of what a recipe means: a changed formula would silently change every published run.
    [Fact]
    public void Derive_KnownSeed_HasTheKnownValue() => Seeds.Derive(1, "training").ShouldBe(2807078127728649225UL);
}
