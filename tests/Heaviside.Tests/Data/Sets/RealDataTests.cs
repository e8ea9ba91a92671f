using Heaviside.Data;

namespace Heaviside.Tests.Data.Sets;

/// <summary>The real files, where this machine has them.</summary>
public sealed class RealDataTests
{
    [SkippableTheory]
    [InlineData("mnist", 50_000, 10_000, 10_000, 0.1325)]
    [InlineData("mnist-static", 50_000, 10_000, 10_000, 0.132)]
    [InlineData("fashion-mnist", 50_000, 10_000, 10_000, 0.2868)]
    [InlineData("omniglot", 23_000, 1_345, 8_070, null)]
    [InlineData("cifar-10", null, null, 10_000, null)]
    public void Load_RealFiles_HaveKnownCountsAndMean(string name, int? train, int? validation, int? test, double? testMean)
    {
        var location = DataCatalog.Set(name).Find(DataFolders.Standard());
        Skip.If(location is null, $"{name} is not on this machine ({DataFolders.Variable} may name a folder that has it)");
        var set = location.Read();
        if (train is not null) set.Train.Count.ShouldBe(train.Value);
        if (validation is not null) set.Validation.Count.ShouldBe(validation.Value);
        if (test is not null) set.Test.Count.ShouldBe(test.Value);
        if (testMean is not null) set.Test.MeanPixel.ShouldBe(testMean.Value, 0.001);
        if (set.IsBinary) set.Train.Pixels.Span.IndexOfAnyExcept((byte)0, (byte)255).ShouldBe(-1);
        Math.Abs(set.Train.MeanPixel - set.Test.MeanPixel).ShouldBeLessThan(0.01);
    }
}
