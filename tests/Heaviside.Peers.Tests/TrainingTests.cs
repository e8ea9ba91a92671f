using static TorchSharp.torch;

namespace Heaviside.Peers.Tests;

/// <summary>That each peer trains: a benchmark against one that does not is worth nothing.</summary>
[Collection(GlobalGenerator.Name)]
public sealed class TrainingTests : IDisposable
{
    private const int Pixels = 64, Batch = 50, Window = 20;

    private readonly NoCollections collections = new();

    /// <summary>Every kind of work of every benchmark that has a loss, and how many steps it takes for that to have fallen beyond doubt.</summary>
    public static TheoryData<string, string, int> Works
    {
        get
        {
            var works = new TheoryData<string, string, int> { { "vae", "3x4", 200 }, { "gumbolt", "1/0/2", 40 } };
            foreach (var name in Estimators.EstimatorTraining.Names) works.Add("estimators", name, 200);
            foreach (var name in new[] { "gumbel-softmax", "direct", "enumeration" }) works.Add("direct", $"1x5/{name}", 200);
            foreach (var name in new[] { "gumbel-softmax", "direct,-no-pairs" }) works.Add("direct", $"15-bits/{name}", 200);
            foreach (var name in new[] { "direct,-supermodular,-max-flow", "direct,-general,-exhaustive" }) works.Add("direct", $"15-bits/{name}", 40);
            foreach (var name in new[] { "soft/4x8x2/16/2/0", "hard/4x8x2/16/2/1", "tree/4x8x2/16/2/1" }) works.Add("nri", name, 200);
            return works;
        }
    }

    [Theory]
    [MemberData(nameof(Works))]
    public void Loss_OverTraining_IsFiniteAndFalls(string benchmark, string work, int steps) => ShouldFall(benchmark, work, steps);

    [Fact]
    [Trait("Category", "Slow")]
    public void Loss_OfTwoGroupsOfBits_IsFiniteAndFalls() => ShouldFall("gumbolt", "2/2/1", 40);

    [Theory]
    [InlineData("plain/10/20/30")]
    [InlineData("tuned/10/20/30")]
    public void Sweeps_HaveNoLoss(string work)
    {
        manual_seed(1);
        Peer.Find("gibbs")!(work, empty(0)).Step(empty(0)).ShouldBeNull();
    }

    public void Dispose() => collections.Dispose();

    private static void ShouldFall(string benchmark, string work, int steps)
    {
        manual_seed(1);
        var images = Images();
        var batches = images.split(Batch);
        var training = Peer.Find(benchmark)!(work, images.mean([0]));
        var losses = Enumerable.Range(0, steps).Select(i => training.Step(batches[i % batches.Length])!.Value).ToArray();

        losses.ShouldAllBe(loss => double.IsFinite(loss));
        losses[^Window..].Average().ShouldBeLessThan(losses[..Window].Average());
    }

    // Four patterns with a tenth of their pixels wrong.
    private static Tensor Images()
    {
        var patterns = bernoulli(full(4, Pixels, 0.3));
        var clean = patterns.index_select(0, randint(0, 4, [10 * Batch], ScalarType.Int64));
        return (clean - bernoulli(full_like(clean, 0.1))).abs();
    }
}
