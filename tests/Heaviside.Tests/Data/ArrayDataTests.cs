using Heaviside.Data;

namespace Heaviside.Tests.Data;

public sealed class ArrayDataTests
{
    [Fact]
    public void Arrays_SplitHere_AreBatchesOfTheirNames()
    {
        ArrayData data = new("squares", "counted", Table(20));
        data.Source.ShouldBe("counted; split at random with seed 1: 16 for training, 2 for validation, 2 for the test");
        var seen = new List<long>();
        foreach (var split in Enum.GetValues<Split>())
            foreach (var batch in data.InOrder(split, 3, seed: 0).Epoch())
                using (batch)
                {
                    var x = batch.Values<float>("x");
                    var y = batch.Values<long>("y");
                    for (var i = 0; i < batch.Count; i++) (x[2 * i], x[(2 * i) + 1], y[i]).ShouldBe((y[i], y[i] * y[i], y[i]));
                    seen.AddRange(y);
                }

        seen.Order().ShouldBe(Enumerable.Range(0, 20).Select(i => (long)i));
        using var scope = torch.NewDisposeScope();
        using var tensors = data.Shuffled(Split.Train, 8, seed: 1).At(2, 1);
        (tensors["x"].shape, tensors["y"].shape).ShouldSatisfyAllConditions(s => s.Item1.ShouldBe([8, 2]), s => s.Item2.ShouldBe([8]));
    }

    [Fact]
    public void Fingerprint_OfOtherNumbersNamesOrSplits_IsAnother()
    {
        static string Of(NamedArrays arrays, ulong seed = 1) => new ArrayData("a", "b", arrays, new RandomSplit { Seed = seed }).Fingerprint;
        var usual = Of(Table(20));
        usual.ShouldMatch("^[0-9a-f]{64}$");
        Of(Table(20)).ShouldBe(usual);
        string[] others = [Of(Table(21)), Of(Table(20), 2), Of(Table(20, "z"))];
        others.ShouldNotContain(usual);
        others.ShouldBeUnique();
    }

    [Fact]
    public void Parts_WithOtherFields_Throw() =>
        Should.Throw<ArgumentException>(() => new ArrayData("a", "b", Table(3).ToExamples(), Table(3).ToExamples(), Table(3, "z").ToExamples())).Message
            .ShouldBe("expected the fields x [2] of numbers, y [] of whole numbers in every part, got z [2] of numbers, y [] of whole numbers");

    private static NamedArrays Table(int count, string name = "x") => new NamedArrays(count)
        .With(name, [.. Enumerable.Range(0, count).SelectMany(i => new float[] { i, i * i })], 2)
        .With("y", [.. Enumerable.Range(0, count).Select(i => (long)i)]);
}
