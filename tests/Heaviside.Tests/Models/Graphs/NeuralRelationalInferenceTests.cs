using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Models.Graphs;

namespace Heaviside.Tests.Models.Graphs;

public sealed class NeuralRelationalInferenceTests : IDisposable
{
    private const int Objects = 3, Frames = 6, Count = 3;

    private static readonly TrajectoryData Data = MadeUpTrajectories.Of(Objects, Frames, future: 20);
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly Batch batch = Data.Batch(Count);

    public void Dispose()
    {
        batch.Dispose();
        scope.Dispose();
    }

    private static NeuralRelationalInferenceOptions Small => new() { Encoder = new() { EncoderWidth = 4 }, DecoderWidth = 5, Variance = 0.5, PredictionSteps = 2 };

    private static NeuralRelationalInference Model(NeuralRelationalInferenceOptions options, TrajectoryData? data = null)
    {
        using var rng = new Generator(3);
        var model = new NeuralRelationalInference(data ?? Data, rng, options);
        model.eval();
        return model;
    }

    public static TheoryData<EdgeDecoderKind, bool, bool> Decoders => new()
    {
        { EdgeDecoderKind.Mlp, false, false }, { EdgeDecoderKind.Mlp, true, false }, { EdgeDecoderKind.Mlp, false, true },
        { EdgeDecoderKind.Recurrent, false, false }, { EdgeDecoderKind.Recurrent, true, true },
    };

    // All 64 graphs of six ordered pairs: the objective that training follows, computed number by number.
    [Theory]
    [MemberData(nameof(Decoders))]
    public void Objective_OfAllGraphs_IsTheSumOverThem(EdgeDecoderKind decoder, bool skipFirst, bool burnIn)
    {
        using var model = Model(Small with { Decoder = decoder, SkipFirst = skipFirst, BurnIn = burnIn });
        var (_, probabilities) = model.InferEdges(batch);
        var q = probabilities.to(ScalarType.Float64).ToArray<double>();
        var plain = new PlainDecoder(model, Objects, types: 2, skipFirst);
        var expected = Enumerable.Range(0, Count).Average(i => Graphs().Sum(graph =>
        {
            var probability = graph.Select((type, e) => q[(((i * 6) + e) * 2) + type]).Aggregate((a, b) => a * b);
            bool IsSeen(int t) => burnIn ? t <= Frames - 1 - 2 : t % 2 == 0;
            var error = plain.SquaredError(Trajectory(i), Matrix(graph), IsSeen, decoder == EdgeDecoderKind.Recurrent);
            var logLikelihood = -error - ((Frames - 1) * Objects * 2 / 2.0 * Math.Log(Math.PI));
            return probability * (logLikelihood - Math.Log(probability) - (6 * Math.Log(2)));
        }));
        using var enumeration = new Enumeration();
        model.Objective(batch, enumeration, null!).Value.Number().ShouldBe(expected, 1e-4 * Math.Abs(expected));
    }

    // log p(x) by summation; the bound of one sample is below it, that of many samples near it.
    [Theory]
    [InlineData(EdgeKind.Categories)]
    [InlineData(EdgeKind.Tree)]
    [InlineData(EdgeKind.TopK)]
    [InlineData(EdgeKind.GibbsTree)]
    [InlineData(EdgeKind.GibbsTopK)]
    public void LogWeights_OfManySamples_AreNearTheEvidence(EdgeKind kind)
    {
        using var model = Model(Small with { Edges = kind });
        using var rng = new Generator(1);
        using var _ = torch.no_grad();
        var plain = new PlainDecoder(model, Objects, types: 2, isFirstSilent: false);
        int[][] graphs = kind == EdgeKind.Categories ? [.. Graphs()] : [Undirected(1, 1, 0), Undirected(1, 0, 1), Undirected(0, 1, 1)];
        var evidence = Enumerable.Range(0, Count).Select(i =>
        {
            var terms = graphs.Select(g => -plain.SquaredError(Trajectory(i), Matrix(g), _ => true, isRecurrent: false) - ((Frames - 1) * Objects * Math.Log(Math.PI)) - Math.Log(graphs.Length)).ToArray();
            return terms.Max() + Math.Log(terms.Sum(t => Math.Exp(t - terms.Max())));
        }).ToArray();

        const int Samples = 20_000;
        var weights = model.LogWeights(batch, Samples, rng).to(ScalarType.Float64);
        var many = (weights.logsumexp(0) - Math.Log(Samples)).ToArray<double>();
        var one = weights.mean([0]).ToArray<double>();
        for (var i = 0; i < Count; i++)
        {
            many[i].ShouldBe(evidence[i], 0.05);
            one[i].ShouldBeLessThan(evidence[i]);
        }

        // With the divergence in closed form the mean is the same.
        var scores = torch.stack([.. Enumerable.Range(0, 400).Select(_ => model.Score(batch, rng))]).to(ScalarType.Float64).mean([0]).ToArray<double>();
        for (var i = 0; i < Count; i++) scores[i].ShouldBe(one[i], 0.25);
    }

    [Theory]
    [InlineData(EdgeEncoderKind.Mlp, EdgeDecoderKind.Mlp, EdgeKind.Categories)]
    [InlineData(EdgeEncoderKind.Cnn, EdgeDecoderKind.Recurrent, EdgeKind.Categories)]
    [InlineData(EdgeEncoderKind.Mlp, EdgeDecoderKind.Mlp, EdgeKind.GibbsTree)]
    public void Objective_Gradient_AgreesWithDifferences(EdgeEncoderKind encoder, EdgeDecoderKind decoder, EdgeKind edges)
    {
        var data = MadeUpTrajectories.Of(Objects, frames: 15, count: 4);
        using var model = Model(Small with { Encoder = new() { Encoder = encoder, EncoderWidth = 3 }, Decoder = decoder, Edges = edges, PredictionSteps = 5, DecoderWidth = 3 }, data);
        using var examples = data.Batch(4);
        using var enumeration = new Enumeration();
        model.to(torch.float64);
        Func<TrainingObjective> at = () => model.Objective(examples[TrajectoryData.Trajectories].to(torch.float64), enumeration, null!);
        FiniteDifferences.ShouldAgree(model, at, tolerance: 1e-5, least: -1); // the bias of attention has none
    }

    [Theory]
    [InlineData(EdgeEncoderKind.Mlp, EdgeDecoderKind.Mlp)]
    [InlineData(EdgeEncoderKind.Cnn, EdgeDecoderKind.Recurrent)]
    public void RelabeledObjects_HaveRelabeledEdgesAndFrames(EdgeEncoderKind encoder, EdgeDecoderKind decoder)
    {
        long[] order = [2, 0, 1];
        var data = MadeUpTrajectories.Of(Objects, frames: 15);
        using var model = Model(Small with { Encoder = new() { Encoder = encoder, EncoderWidth = 4 }, Decoder = decoder }, data);
        using var examples = data.Batch(Count);
        var x = examples[TrajectoryData.Trajectories];
        using var relabeled = new Batch(new NamedArrays(Count).With(TrajectoryData.Trajectories, x.index_select(2, torch.tensor(order)).contiguous().ToArray<float>(), 15, Objects, 2), 0, 0);
        var (before, after) = (model.InferEdges(examples).Probabilities, model.InferEdges(relabeled).Probabilities);
        for (var i = 0; i < Objects; i++)
            for (var j = 0; j < Objects; j++)
                if (i != j) after.select(1, Pair(i, j)).allclose(before.select(1, Pair((int)order[i], (int)order[j])), 1e-4, 1e-5).ShouldBeTrue();
        model.PredictFrames(relabeled, 4).allclose(model.PredictFrames(examples, 4).index_select(1, torch.tensor(order)), 1e-4, 1e-5).ShouldBeTrue();
    }

    [Fact]
    public void Figures_NameAgreementAndErrorsOfPredictions()
    {
        using var model = Model(Small);
        using var rng = new Generator(1);
        var figures = model.Figures(batch, rng).ToDictionary(f => f.Name, f => f.Value);
        var (types, _) = model.InferEdges(batch);
        figures["accuracy"].allclose(types.eq(batch[TrajectoryData.Edges]).to(torch.float32).mean([1])).ShouldBeTrue();
        var future = batch[TrajectoryData.Future].transpose(1, 2);
        var errors = (model.PredictFrames(batch, 20) - future).square();
        foreach (var k in new[] { 1, 10, 20 }) figures[$"squared-error-{k}"].allclose(errors.select(2, k - 1).mean([1, 2])).ShouldBeTrue();
        figures["published-elbo"].shape.ShouldBe([Count]);
    }

    // Divided by n, without log 2 for each pair and without the constant of the normal law.
    [Fact]
    public void PublishedElbo_DiffersFromTheBoundByItsConstants()
    {
        using var model = Model(Small);
        using var rng = new Generator(1);
        double Mean(Func<Tensor> of) => torch.stack([.. Enumerable.Range(0, 1000).Select(_ => of())]).mean().Number();
        var published = Mean(() => model.Figures(batch, rng).First(f => f.Name == "published-elbo").Value);
        var constant = (-6 * Math.Log(2)) - ((Frames - 1) * Objects * 2 / 2.0 * Math.Log(2 * Math.PI * 0.5));
        Mean(() => model.Score(batch, rng)).ShouldBe((published * Objects) + constant, 0.2);
    }

    [Theory]
    [InlineData(EdgeKind.Tree, "gumbel-softmax")]
    [InlineData(EdgeKind.Tree, "straight-through-gumbel-softmax")]
    [InlineData(EdgeKind.TopK, "gumbel-softmax")]
    [InlineData(EdgeKind.GibbsTree, "reinforce")]
    [InlineData(EdgeKind.GibbsTopK, "straight-through")]
    [InlineData(EdgeKind.Categories, "rebar")]
    [InlineData(EdgeKind.Categories, "arsm")]
    [InlineData(EdgeKind.Categories, "vimco")]
    public void Estimators_TrainEncoderAndDecoder(EdgeKind kind, string name)
    {
        using var model = Model(Small with { Edges = kind });
        using var rng = new Generator(1);
        using var estimator = EstimatorCatalog.All.Find(name).New();
        if (estimator.NeedsPreparation) estimator.Prepare(new(model.LatentLayers, model.ContextSize, model.LogitParameters.Count, rng));
        model.Objective(batch, estimator, rng).Loss.backward();
        foreach (var (parameter, tensor) in model.named_parameters())
            tensor.grad.ShouldNotBeNull(parameter).abs().sum().Number().ShouldBeGreaterThan(0, parameter);
    }

    [Fact]
    public void OtherData_AreRefusedInOneLine()
    {
        using var rng = new Generator(1);
        var table = new ArrayData("table", "made up", new NamedArrays(4).With(ArrayData.Features, new float[8], 2));
        Should.Throw<InputException>(() => new NeuralRelationalInference(table, rng)).Message.ShouldStartWith("the model 'nri' is for trajectories of objects, which table are not");
        Should.Throw<InputException>(() => new EdgeClassifier(Data, rng, new() { Encoder = new() { Encoder = EdgeEncoderKind.Cnn } })).Message.ShouldContain("needs 14 frames at least, the trajectories have 6");
    }

    private static int Pair(int receiver, int sender) => (receiver * (Objects - 1)) + (sender > receiver ? sender - 1 : sender);

    private static IEnumerable<int[]> Graphs() => Enumerable.Range(0, 64).Select(bits => Enumerable.Range(0, 6).Select(e => (bits >> e) & 1).ToArray());

    private static int[] Undirected(int edge01, int edge02, int edge12) => [edge01, edge02, edge01, edge12, edge02, edge12];

    private static int[][] Matrix(int[] graph) => [.. Enumerable.Range(0, Objects).Select(i => Enumerable.Range(0, Objects).Select(j => i == j ? 0 : graph[Pair(i, j)]).ToArray())];

    private double[][][] Trajectory(int example)
    {
        var x = batch[TrajectoryData.Trajectories][example].to(ScalarType.Float64);
        return [.. Enumerable.Range(0, Frames).Select(t => Enumerable.Range(0, Objects).Select(o => x[t][o].ToArray<double>()).ToArray())];
    }
}
