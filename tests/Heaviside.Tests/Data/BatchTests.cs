using Heaviside.Data;

namespace Heaviside.Tests.Data;

public sealed class BatchTests
{
    [Fact]
    public void Tensors_OfEachName_HaveShapeTypeAndTheDeviceOfTheBatch()
    {
        using var scope = torch.NewDisposeScope();
        using var batch = Make();
        batch.Names.ShouldBe(["state", "action"]);
        batch["state"].shape.ShouldBe([2, 2, 1]);
        batch["state"].ToArray<float>().ShouldBe([1, 2, 3, 4]);
        batch["action"].shape.ShouldBe([2]);
        batch["action"].dtype.ShouldBe(ScalarType.Int64);
        batch.Device.type.ShouldBe(DeviceType.CPU);
        batch["state"].ShouldNotBeSameAs(batch["state"]);
        (batch.Has("action"), batch.Has("reward")).ShouldBe((true, false));
    }

    [Fact]
    public void Names_Unknown_AreRefusedWithWhatThereIs()
    {
        using var batch = Make();
        Should.Throw<InputException>(() => batch["pixels"]).Message.ShouldBe("the data have no 'pixels': they have state, action");
        Should.Throw<InputException>(() => batch.Values<long>("state").Length).Message.ShouldBe("'state' of the data is of numbers with a fraction, expected the other kind");
    }

    [Fact]
    public void Values_AfterDispose_AreRefused()
    {
        var batch = Make();
        batch.Dispose();
        batch.Dispose();
        Should.Throw<ObjectDisposedException>(() => batch["state"]);
    }

    [Fact]
    public void With_WrongLengthOrNameTwice_Throws()
    {
        Should.Throw<ArgumentException>(() => new NamedArrays(2).With("x", new float[5], 3)).Message.ShouldContain("x: expected 6 numbers, [2, 3], got 5");
        Should.Throw<ArgumentException>(() => new NamedArrays(2).With("x", new float[2]).With("x", new long[2])).Message.ShouldContain("there is a 'x' already");
    }

    // Ten lines are enough for batches that nobody has stored.
    private sealed class Coins(ulong seed) : IBatchSource
    {
        public int Count => 8;
        public int BatchesPerEpoch => 2;

        public Batch At(int epoch, int index)
        {
            var random = new Heaviside.Numerics.SplitMix64(seed, Heaviside.Numerics.RandomPurpose.Examples, epoch, index);
            float[] sides = [.. Enumerable.Range(0, 4).Select(_ => (float)random.Below(2))];
            return new Batch(new NamedArrays(4).With("sides", sides), epoch, index);
        }
    }

    [Fact]
    public void Source_OfOnesOwn_GoesOnFromAnyPosition()
    {
        List<string> Of(IEnumerable<Batch> batches, int count) => [.. batches.Take(count).Select(b => $"{b.Epoch}/{b.Index}: {string.Join(' ', b.Values<float>("sides").ToArray())}")];
        var all = Of(new Coins(1).From(), 20);
        Of(new Coins(1).From(4, 1), 11).ShouldBe(all[9..]);
        Of(new Coins(2).From(), 20).ShouldNotBe(all);
        Of(new Coins(1).Epoch(3), 5).ShouldBe(all[6..8]);
    }

    private static Batch Make() => new(new NamedArrays(2).With("state", [1f, 2, 3, 4], 2, 1).With("action", [7L, 8]), 0, 0);
}
