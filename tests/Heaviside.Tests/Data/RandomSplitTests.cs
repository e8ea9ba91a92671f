using Heaviside.Data;

namespace Heaviside.Tests.Data;

public sealed class RandomSplitTests
{
    [Fact]
    public void Of_OneSet_PutsEachExampleIntoOnePart()
    {
        var partition = new RandomSplit().Of(50);
        (partition.Train.Count, partition.Validation.Count, partition.Test.Count).ShouldBe((40, 5, 5));
        Enum.GetValues<Split>().SelectMany(partition.Part).Order().ShouldBe(Enumerable.Range(0, 50));
        $"{partition}".ShouldBe("split at random with seed 1: 40 for training, 5 for validation, 5 for the test");
        new RandomSplit().Of(50).Test.ShouldBe(partition.Test);
        new RandomSplit { Seed = 2 }.Of(50).Test.ShouldNotBe(partition.Test);
        new RandomSplit { ValidationPercent = 20, TestPercent = 30 }.Of(50).Part(Split.Validation).Count.ShouldBe(10);
    }

    [Fact]
    public void Of_PartsThatAreGiven_KeepsThem()
    {
        var split = new RandomSplit();
        var partition = split.Of(10, validation: 3, test: 2);
        (partition.Train, partition.Validation, partition.Test).ShouldSatisfyAllConditions(
            p => p.Train.ShouldBe(Enumerable.Range(0, 10)), p => p.Validation.ShouldBe([10, 11, 12]), p => p.Test.ShouldBe([13, 14]));
        var drawn = split.Of(10, test: 2);
        drawn.Test.ShouldBe([10, 11]);
        drawn.Train.Concat(drawn.Validation).Order().ShouldBe(Enumerable.Range(0, 10));
        $"{drawn}".ShouldStartWith("validation part drawn with seed 1: 9 for training, 1 for validation");
    }

    [Fact]
    public void Of_TooFew_SaysSo()
    {
        Should.Throw<InputException>(() => new RandomSplit().Of(2)).Message.ShouldBe("of 2 examples, 1 for validation and 1 for the test leave none to learn from");
        Should.Throw<InputException>(() => new RandomSplit { ValidationPercent = 60, TestPercent = 60 }.Of(10)).Message.ShouldContain("leave none to learn from");
        Should.Throw<ArgumentOutOfRangeException>(() => new RandomSplit { TestPercent = 0 });
    }
}
