using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Data.Simulated;
using Heaviside.Simulators;

namespace Heaviside.Tests.Data.Simulated;

public sealed class SimulatedSourceTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void Load_Springs_HasNamedTensorsAndALongerTest()
    {
        var data = Load(train: 6, validation: 2, test: 3);
        using var scope = torch.NewDisposeScope();
        using var train = data.InOrder(Split.Train, 4, seed: 0).At(0, 0);
        train.Names.ShouldBe(["trajectories", "edges"]);
        train["trajectories"].shape.ShouldBe([4, 5, 3, 4]);
        train["edges"].shape.ShouldBe([4, 6]);
        train["edges"].dtype.ShouldBe(ScalarType.Int64);
        using var test = data.InOrder(Split.Test, 3, seed: 0).At(0, 0);
        test["trajectories"].shape.ShouldBe([3, 5, 3, 4]);
        test["future"].shape.ShouldBe([3, 2, 3, 4]);
        (data.Frames, data.Objects, data.EdgeTypes, data.IsSymmetric).ShouldBe((5, 3, 2, true));
        data.Facts.ShouldContain(("frames", "5, in the test followed by 2 more"));
        data.Facts.First(f => f.Name == "dynamics").Value.ShouldBe(
            "each pair has a spring of constant 0.1 with probability 1/2; coordinates begin at N(0, 0.5^2) with speed 0.5; box [-5, 5]^2 with reflecting walls, forces clipped at 100, symplectic Euler steps of 0.001");
        data.Source.ShouldBe("simulated with seed 42: 6 for training, 2 for validation, 3 for the test");
    }

    // Places are scaled together, and velocities together.
    [Fact]
    public void Scaling_IsThatOfTheTrainingPartAlone()
    {
        var data = Load(train: 6, validation: 2, test: 3);
        var raw = Simulator.Run(seed: 42, (int)Split.Train, first: 0, count: 6, frames: 5).Values;
        foreach (var isVelocity in new[] { false, true })
        {
            bool Is(int at) => at % 4 >= 2 == isVelocity;
            var (least, largest) = (raw.Where((_, at) => Is(at)).Min(), raw.Where((_, at) => Is(at)).Max());
            data.Ranges[isVelocity ? 3 : 0].ShouldBe((least, largest));
            var scaled = Values(data, Split.Train).Where((_, at) => Is(at)).ToList();
            (scaled.Min(), scaled.Max()).ShouldBe((-1f, 1f));
            float Scaled(float value) => (float)((2 * ((double)value - least) / ((double)largest - least)) - 1);
            var test = Simulator.Run(seed: 42, (int)Split.Test, first: 0, count: 3, frames: 7).Values;
            var expected = test.Where((_, at) => Is(at) && at / (3 * 4) % 7 < 5).Select(Scaled);
            Values(data, Split.Test).Where((_, at) => Is(at)).ShouldBe(expected);
        }

        Values(Load(train: 6, validation: 20, test: 30), Split.Train).ShouldBe(Values(data, Split.Train));
    }

    [Theory]
    [InlineData("springs", "objects, frames, future-frames, train, validation, test, simulation-seed")]
    [InlineData("charged", "objects, frames, future-frames, train, validation, test, simulation-seed")]
    [InlineData("kuramoto", "objects, frames, future-frames, directed, train, validation, test, simulation-seed")]
    [InlineData("spanning-trees", "objects, frames, train, validation, test, simulation-seed")]
    public void Catalog_HasSimulators(string name, string options) =>
        string.Join(", ", OptionInfo.In(DataCatalog.Source(name)).Select(o => o.Name)).ShouldBe(options);

    [Fact]
    public void Load_TooMany_SaysSo() =>
        Should.Throw<InputException>(() => new SimulatedSource<Springs>("springs") { Train = 1_000_000, Simulator = new() { Frames = 1000 } }.Load(new(null)))
            .Message.ShouldContain("are more than fit into memory");

    public void Dispose() => folder.Dispose();

    private static Springs Simulator => new() { Objects = 3, Frames = 5, FutureFrames = 2 };

    private TrajectoryData Load(int train, int validation, int test) => (TrajectoryData)new SimulatedSource<Springs>("springs")
    {
        Simulator = Simulator,
        Train = train,
        Validation = validation,
        Test = test,
        Cache = new(folder.Path),
    }.Load(new(null));

    private static float[] Values(TrajectoryData data, Split split)
    {
        using var batch = data.InOrder(split, data.Count(split), seed: 0).At(0, 0);
        return batch.Values<float>(TrajectoryData.Trajectories).ToArray();
    }
}
