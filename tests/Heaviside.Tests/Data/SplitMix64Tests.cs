using Heaviside.Numerics;

namespace Heaviside.Tests.Data;

public sealed class SplitMix64Tests
{
    private const double LimitAtOneInAMillion = 4.9; // standard errors

    [Fact]
    public void Next_SameKey_SameNumbersAndOtherKeysOthers()
    {
        var keys = from seed in new ulong[] { 0, 1 }
                   from purpose in Enum.GetValues<RandomPurpose>()
                   from first in new[] { 0, 1 }
                   from second in new[] { 0, 1 }
                   select (seed, purpose, first, second);
        ulong[] First() => [.. keys.Select(key => new SplitMix64(key.seed, key.purpose, key.first, key.second).Next())];
        First().ShouldBe(First());
        First().ShouldBeUnique();
    }

    [Fact]
    public void FillBelow255_ManyBytes_EveryValueEquallyOften()
    {
        var bytes = new byte[255 * 10_000 + 3];
        new SplitMix64(1, RandomPurpose.DynamicPixels).FillBelow255(bytes);
        bytes.ShouldNotContain((byte)255);
        var chiSquare = bytes.GroupBy(b => b).Sum(group => Math.Pow(group.Count() - (bytes.Length / 255.0), 2) / (bytes.Length / 255.0));
        Math.Abs(chiSquare - 254).ShouldBeLessThan(LimitAtOneInAMillion * Math.Sqrt(2 * 254));
    }

    [Fact]
    public void Permutation_OfFour_EveryOrderEquallyOften()
    {
        const int Draws = 24_000;
        var counts = Enumerable.Range(0, Draws)
            .Select(i => string.Concat(new SplitMix64(2, RandomPurpose.Order, i).Permutation(4)))
            .GroupBy(order => order).Select(group => group.Count()).ToArray();
        counts.Length.ShouldBe(24);
        var chiSquare = counts.Sum(count => Math.Pow(count - (Draws / 24.0), 2) / (Draws / 24.0));
        chiSquare.ShouldBeLessThan(23 + (LimitAtOneInAMillion * Math.Sqrt(2 * 23)) + 10); // its upper tail is longer than the normal's
    }

    [Fact]
    public void Permutation_LargeCount_HasEachNumberOnce() =>
        new SplitMix64(3, RandomPurpose.Order).Permutation(10_000).Order().ShouldBe(Enumerable.Range(0, 10_000));
}
