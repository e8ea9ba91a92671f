using Heaviside.Simulators;

namespace Heaviside.Tests.Simulators;

public sealed class SimulatorTests
{
    public static TheoryData<string, int> Simulators
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var name in new[] { "springs", "charged", "kuramoto", "directed", "spanning-trees" })
                foreach (var objects in new[] { 2, 5, 20 }) data.Add(name, objects);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Simulators))]
    public void Run_OnAnyNumberOfThreads_HasTheSameBits(string name, int objects)
    {
        var simulator = New(name, objects);
        var one = simulator.Run(seed: 1, stream: 0, first: 0, count: 21, frames: 2, threads: 1);
        var many = simulator.Run(seed: 1, stream: 0, first: 0, count: 21, frames: 2, threads: 5);
        one.Values.ShouldAllBe(v => float.IsFinite(v));
        one.Values.Length.ShouldBe(21 * 2 * objects * simulator.Features.Count);
        many.Values.ShouldBe(one.Values);
        many.Edges.ShouldBe(one.Edges);
    }

    [Theory]
    [MemberData(nameof(Simulators))]
    public void Run_OneAlone_HasTheBitsThatItHasAmongMany(string name, int objects)
    {
        var simulator = New(name, objects);
        var many = simulator.Run(seed: 1, stream: 0, first: 0, count: 21, frames: 2);
        foreach (var index in new[] { 0, 6, 20 })
        {
            var alone = simulator.Run(seed: 1, stream: 0, first: index, count: 1, frames: 2);
            alone.Values.ShouldBe(many.Values.Chunk(alone.Values.Length).ElementAt(index));
            alone.Edges.ShouldBe(many.Edges.Chunk(alone.Edges.Length).ElementAt(index));
        }
    }

    // No frame knows of later ones.
    [Theory]
    [MemberData(nameof(Simulators))]
    public void Run_Longer_BeginsWithTheSameBits(string name, int objects)
    {
        var simulator = New(name, objects);
        var (brief, longer) = (simulator.Run(1, 0, 0, 3, frames: 2), simulator.Run(1, 0, 0, 3, frames: 5));
        var frame = objects * simulator.Features.Count;
        for (var s = 0; s < 3; s++) longer.Values.AsSpan(s * 5 * frame, 2 * frame).ToArray().ShouldBe(brief.Values.AsSpan(s * 2 * frame, 2 * frame).ToArray());
    }

    [Theory]
    [MemberData(nameof(Simulators))]
    public void Edges_OfSymmetricSimulators_AreSymmetric(string name, int objects)
    {
        var simulator = New(name, objects);
        var edges = simulator.Run(seed: 4, stream: 0, first: 0, count: 60, frames: 1).Edges;
        edges.ShouldAllBe(e => e == 0 || e == 1);
        var isSymmetric = edges.Chunk(simulator.Pairs).All(one =>
            Enumerable.Range(0, objects).All(i => Enumerable.Range(0, i).All(j => one[Simulator.Place(i, j, objects)] == one[Simulator.Place(j, i, objects)])));
        isSymmetric.ShouldBe(simulator.IsSymmetric);
    }

    [Theory]
    [InlineData("springs")]
    [InlineData("charged")]
    [InlineData("kuramoto")]
    [InlineData("directed")]
    public void Edges_OfEachType_AreHalfOfAll(string name)
    {
        var edges = New(name, 2).Run(seed: 6, stream: 0, first: 0, count: 2000, frames: 1).Edges;
        edges.Chunk(2).Sum(e => e[0]).ShouldBeInRange(1000 - 110, 1000 + 110); // 4.9 standard errors: one in a million
    }

    [Fact]
    public void Run_OfAnotherSeedOrStream_IsAnother()
    {
        float[] Of(ulong seed, int stream) => new Springs().Run(seed, stream, 0, 1, 1).Values;
        Of(1, 0).ShouldBe(Of(1, 0));
        Of(2, 0).ShouldNotBe(Of(1, 0));
        Of(1, 1).ShouldNotBe(Of(1, 0));
    }

    [Fact]
    public void Objects_OutOfRange_Throw() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Springs { Objects = 21 }).Message.ShouldContain("from 2 to 20");

    private static Simulator New(string name, int objects) => name switch
    {
        "springs" => new Springs { Objects = objects },
        "charged" => new Charged { Objects = objects },
        "kuramoto" => new Kuramoto { Objects = objects },
        "directed" => new Kuramoto { Objects = objects, Directed = true },
        _ => new SpanningTrees { Objects = objects },
    };
}
