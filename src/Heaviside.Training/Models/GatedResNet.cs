using Heaviside.Bounds;
using Heaviside.Data;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Networks.Residual;

namespace Heaviside.Models;

/// <summary>A residual network that decides for each image which of its blocks it computes: before each block there is a gate, a bit that depends on what the blocks before gave.</summary>
/// <remarks>
/// <para>log w(b) = log p(class | image, b) of gates b that are drawn from their law given the image; its mean is a lower bound of log p(class | image). Training
/// maximizes it less rate-weight times the mean over the blocks of (target rate - mean of the gate over the batch)^2. That is of the gates that were drawn where an estimator
/// passes gradients through them, and of their probabilities otherwise.</para>
/// <para>Blocks whose gate is closed are not computed outside of training. Reference: Veit, Belongie 2018, arXiv:1711.11503; Stability Regularization for Discrete
/// Representation Learning, submitted to ICLR 2022 (no arXiv id), section 5.5.</para>
/// </remarks>
public sealed class GatedResNet : TrainableModel, IClassifies, IHasDiscreteLatents, IHasFigures, IHasLogWeights
{
    private readonly GatedResNetOptions options;
    private readonly ClassifiedImages images;
    private readonly ResidualNetwork network;
    private readonly BlockGate[] gates;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="data">Images with labels.</param>
    /// <param name="rng">The source of the initial weights; on the device on which they are to be.</param>
    /// <param name="options">Depth, width and target rate; null: those by default.</param>
    /// <exception cref="InputException">The data are no images, or have no labels.</exception>
    public GatedResNet(TrainingData data, Generator rng, GatedResNetOptions? options = null)
    {
        this.options = options ??= new();
        images = this.AddModule(nameof(images), new ClassifiedImages("gated-resnet", data, rng));
        network = this.AddModule(nameof(network), new ResidualNetwork(images.Shape.Channels, options.Depth, options.Width, images.Classes, rng));
        gates = [.. network.Blocks.Select((block, i) => this.AddModule($"gate{i}", new BlockGate(block.Channels, rng)))];
    }

    /// <inheritdoc/>
    public override string Quantity => "log p(class | image)";

    /// <inheritdoc/>
    public int Classes => images.Classes;

    /// <inheritdoc/>
    public IReadOnlyList<long[]> LatentLayers => [.. gates.Select(_ => (long[])[1])];

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> LogitParameters => [.. network.parameters(), .. gates.SelectMany(g => g.parameters())];

    /// <inheritdoc/>
    public long ContextSize => images.Shape.Size;

    /// <inheritdoc/>
    public override TrainingObjective Objective(Batch batch, GradientEstimator? estimator, Generator rng)
    {
        var (pass, q) = Begin(batch);
        List<Tensor> drawn = [];
        var objective = Bound(batch, pass, q, drawn).Objective(estimator!, rng);
        return objective with { Loss = objective.Loss + (options.RateWeight * RatePenalty(q, drawn)) };
    }

    /// <inheritdoc/>
    public override Tensor Score(Batch batch, Generator rng)
    {
        var (pass, q) = Begin(batch);
        return Bound(batch, pass, q).OneSample(rng);
    }

    /// <inheritdoc/>
    public Tensor LogWeights(Batch batch, int samples, Generator rng)
    {
        var (pass, q) = Begin(batch);
        return Bound(batch, pass, q).LogWeights(samples, rng);
    }

    /// <inheritdoc/>
    public Tensor LogProbabilities(Batch batch, Generator rng)
    {
        var (pass, q) = Begin(batch);
        return pass.Output(q.Split(q.Sample([1], rng))).log_softmax(-1)[0];
    }

    /// <summary><c>accuracy</c> with gates that are drawn and <c>accuracy-most-probable</c> with the most probable ones; <c>open-blocks</c>, how many blocks an image takes, and
    /// <c>multiply-adds</c> of these, in millions, with gates that are drawn.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Figures(Batch batch, Generator rng)
    {
        var (pass, q) = Begin(batch);
        var path = q.Walk(1, (law, shape) => law.Sample(shape, rng));
        var drawn = torch.cat([.. path], -1)[0];
        Tensor IsRight(IReadOnlyList<Tensor> of) => pass.Output(of).argmax(-1)[0].eq(batch[ImageData.Labels]).to(ScalarType.Float32);
        return
        [
            ("accuracy", IsRight(path)),
            ("accuracy-most-probable", IsRight(q.Walk(1, (law, shape) => shape.Length == 0 ? law.Mode() : law.Mode().unsqueeze(0)))),
            ("open-blocks", drawn.sum(-1)),
            ("multiply-adds", drawn.MatMul(Costs(drawn.device))),
        ];
    }

    private (GatedPass Pass, StochasticChain Law) Begin(Batch batch)
    {
        var pass = new GatedPass(network, gates, images.Of(batch));
        return (pass, pass.Law());
    }

    private Elbo Bound(Batch batch, GatedPass pass, StochasticChain q, List<Tensor>? drawn = null)
    {
        var labels = batch[ImageData.Labels];
        return new(q, new LikelihoodObjective(LogLikelihood, batch[ImageData.Pixels].flatten(1), LogitParameters), Prior.Posterior);

        Tensor LogLikelihood(Tensor points)
        {
            var path = q.Split(points);
            if (drawn is { Count: 0 }) drawn.AddRange(path);
            var log = pass.Output(path).log_softmax(-1);
            return log.gather(-1, labels.view([1, -1, 1]).expand([log.size(0), -1, 1])).squeeze(-1);
        }
    }

    private Tensor RatePenalty(StochasticChain q, IReadOnlyList<Tensor> path)
    {
        var rates = path.Select((gate, i) => gate.requires_grad ? gate.mean() : q.Law([.. path.Take(i)]).Mean.mean());
        return (options.TargetRate - torch.stack([.. rates])).square().mean();
    }

    private Tensor Costs(Device device)
    {
        var (height, width) = ((long)images.Shape.Height, (long)images.Shape.Width);
        var costs = new List<float>();
        foreach (var block in network.Blocks)
        {
            costs.Add(block.MultiplyAdds(height, width) / 1e6f);
            (height, width) = (height / block.Stride, width / block.Stride);
        }

        return torch.tensor(costs.ToArray(), device: device);
    }
}
