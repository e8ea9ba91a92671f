using Heaviside.Bounds;
using Heaviside.Data;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Networks;
using Heaviside.Networks.Graphs;

namespace Heaviside.Models.Graphs;

/// <summary>Neural relational inference: a variational autoencoder of trajectories whose latent variables are the edges between objects.</summary>
/// <remarks>
/// <para>q(z | x) infers edges from all frames; p(x | z) predicts each frame from the one before it, objects sending messages over the edges:
/// a normal law of fixed variance around the prediction. Training predicts several frames from each that is seen, which makes the edges matter; what is
/// evaluated predicts one frame from each, and is a lower bound of log p(x_2, ..., x_T | x_1).</para>
/// <para>The divergence has all its constants. The published code leaves out log K for each edge and the normalization of the normal law, and divides by the number
/// of objects: the figure <c>published-elbo</c> is that.</para>
/// <para>Reference: Kipf et al. 2018, arXiv:1802.04687; trees: Paulus et al. 2020, arXiv:2006.08063.</para>
/// </remarks>
public sealed class NeuralRelationalInference : TrainableModel, IHasDiscreteLatents, IHasLogWeights, IHasFigures, IInfersEdges, IPredictsFrames, IWide
{
    private static readonly int[] Horizons = [1, 10, 20];

    private readonly NeuralRelationalInferenceOptions options;
    private readonly GraphData data;
    private readonly EdgeLatents edges;
    private readonly EdgeAgreement agreement;
    private readonly EdgeEncoder encoder;
    private readonly EdgeDecoder decoder;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="data">Trajectories, such as those of the simulators.</param>
    /// <param name="rng">The source of the initial weights; on the device on which they are to be.</param>
    /// <param name="options">Networks, widths and what edges are; null: those by default.</param>
    /// <exception cref="InputException">The data are no trajectories, or options are not for them.</exception>
    public NeuralRelationalInference(TrainingData data, Generator rng, NeuralRelationalInferenceOptions? options = null)
    {
        this.options = options ??= new();
        this.data = GraphData.Of("nri", data);
        edges = options.CreateEdges(this.data);
        agreement = new(Math.Max(edges.Types, this.data.Types));
        encoder = this.AddModule(nameof(encoder), options.Encoder.Create(this.data, edges.Outputs, rng));
        decoder = this.AddModule(nameof(decoder), options.CreateDecoder(this.data, edges.Types, rng));
    }

    /// <inheritdoc/>
    public override string Quantity => "log p(later frames | first frame)";

    /// <inheritdoc/>
    public IReadOnlyList<long[]> LatentLayers => [edges.Shape];

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> LogitParameters => [.. encoder.parameters()];

    /// <inheritdoc/>
    public long ContextSize => (long)data.Frames * data.Pairs.Objects * data.Features;

    /// <inheritdoc/>
    public int EdgeTypes => edges.Types;

    long IWide.Widest => (long)data.Pairs.Count * data.Frames * options.DecoderWidth;

    /// <inheritdoc/>
    public override TrainingObjective Objective(Batch batch, GradientEstimator? estimator, Generator rng) => Objective(batch[TrajectoryData.Trajectories], estimator!, rng);

    /// <summary>The objective of one training step, <see cref="NeuralRelationalInferenceOptions.PredictionSteps"/> frames being predicted from each that is seen: no bound.</summary>
    /// <param name="trajectories">Shape <c>[B, T, n, D]</c>.</param>
    /// <param name="estimator">What estimates the gradient through the edges.</param>
    /// <param name="rng">The source of randomness.</param>
    public TrainingObjective Objective(Tensor trajectories, GradientEstimator estimator, Generator rng) =>
        Bound(GraphData.ByObject(trajectories), options.TrainingRollout(data.Frames)).Objective(estimator, rng);

    /// <inheritdoc/>
    public override Tensor Score(Batch batch, Generator rng) => Bound(GraphData.Trajectories(batch)).OneSample(rng);

    /// <inheritdoc/>
    public Tensor LogWeights(Batch batch, int samples, Generator rng)
    {
        var x = GraphData.Trajectories(batch);
        var law = Law(x);
        return edges.LogWeights(Bound(x, law), law, z => LogLikelihood(x, z, Rollout.OneStep(data.Frames)), samples, rng);
    }

    /// <inheritdoc/>
    public (Tensor Types, Tensor Probabilities) InferEdges(Batch batch)
    {
        using var _ = torch.no_grad();
        var law = Law(GraphData.Trajectories(batch));
        return (Types(edges.Mode(law)), edges.OneHot(edges.Probabilities(law)));
    }

    /// <summary>Agreement of the most probable edges with the true ones; <c>published-elbo</c>, with one sample; and <c>squared-error-k</c>, the mean squared error of
    /// predictions k frames after the last one that was seen, with the most probable edges, where the test goes on that long.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Figures(Batch batch, Generator rng)
    {
        var x = GraphData.Trajectories(batch);
        var law = Law(x);
        return
        [
            .. agreement.Of(batch[TrajectoryData.Edges], Types(edges.Mode(law))),
            ("published-elbo", PublishedElbo(x, law, rng)),
            .. PredictionErrors(batch, x, edges.OneHot(edges.Mode(law))),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, double Value)> Conclude(IReadOnlyDictionary<string, double> means) => agreement.Conclude(means);

    /// <inheritdoc/>
    public Tensor PredictFrames(Batch batch, int frames)
    {
        using var _ = torch.no_grad();
        var x = GraphData.Trajectories(batch);
        return Future(x, edges.OneHot(edges.Mode(Law(x))), frames);
    }

    private DiscreteDistribution Law(Tensor x) => edges.Law(encoder.Logits(x));

    private Tensor Types(Tensor points) => edges.OneHot(points).argmax(-1);

    private Elbo Bound(Tensor x, Rollout? rollout = null) => Bound(x, Law(x), rollout);

    private Elbo Bound(Tensor x, DiscreteDistribution law, Rollout? rollout = null) =>
        new(law, new LikelihoodObjective(z => LogLikelihood(x, z, rollout ?? Rollout.OneStep(data.Frames)), x.flatten(1), LogitParameters), edges.Prior);

    // Points [P, B, ...] to [P, B].
    private Tensor LogLikelihood(Tensor x, Tensor z, Rollout rollout)
    {
        var values = (data.Frames - 1L) * data.Pairs.Objects * data.Features;
        return -(SquaredErrors(x, z, rollout) / (2 * options.Variance)) - (values / 2.0 * Math.Log(2 * Math.PI * options.Variance));
    }

    private Tensor SquaredErrors(Tensor x, Tensor z, Rollout rollout)
    {
        var points = z.size(0);
        var types = edges.OneHot(z).flatten(0, 1);
        var every = points == 1 ? x : x.unsqueeze(0).expand([points, .. x.shape]).flatten(0, 1);
        var errors = decoder.Predict(every, types, rollout) - every.narrow(2, 1, data.Frames - 1);
        return errors.square().sum([1, 2, 3]).view([points, -1]);
    }

    private Tensor PublishedElbo(Tensor x, DiscreteDistribution law, Generator rng)
    {
        var errors = SquaredErrors(x, law.Sample([1], rng), Rollout.OneStep(data.Frames))[0];
        return -((errors / (2 * options.Variance)) + edges.PublishedDivergence(law)) / data.Pairs.Objects;
    }

    private IEnumerable<(string Name, Tensor Value)> PredictionErrors(Batch batch, Tensor x, Tensor types)
    {
        int[] horizons = [.. Horizons.Where(h => h <= data.FutureFrames)];
        if (horizons.Length == 0 || !batch.Has(TrajectoryData.Future)) return [];
        var errors = Future(x, types, horizons[^1]) - GraphData.ByObject(batch[TrajectoryData.Future]).narrow(2, 0, horizons[^1]);
        var squares = errors.square().mean([1, 3]);
        return [.. horizons.Select(h => ($"squared-error-{h}", squares.select(1, h - 1)))];
    }

    // A decoder with memory looks at all frames that are seen; one without needs the last.
    private Tensor Future(Tensor x, Tensor types, int frames) =>
        decoder.Predict(x, types, Rollout.AfterBurnIn(data.Frames + frames, frames)).narrow(2, data.Frames - 1, frames);
}
