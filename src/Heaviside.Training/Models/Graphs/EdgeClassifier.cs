using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Networks.Graphs;

namespace Heaviside.Models.Graphs;

/// <summary>The encoder of <see cref="NeuralRelationalInference"/> alone, which is told the true edges: how well it could infer them.</summary>
/// <remarks>It maximizes log p(edges | trajectory), and needs no estimator. Reference: Kipf et al. 2018, arXiv:1802.04687, section 5.1, "supervised".</remarks>
public sealed class EdgeClassifier : TrainableModel, IHasFigures, IInfersEdges
{
    private readonly GraphData data;
    private readonly EdgeAgreement agreement;
    private readonly EdgeEncoder encoder;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="data">Trajectories, such as those of the simulators.</param>
    /// <param name="rng">The source of the initial weights; on the device on which they are to be.</param>
    /// <param name="options">Network and width; null: those by default.</param>
    /// <exception cref="InputException">The data are no trajectories, or too short for the encoder.</exception>
    public EdgeClassifier(TrainingData data, Generator rng, EdgeClassifierOptions? options = null)
    {
        this.data = GraphData.Of("edge-classifier", data);
        agreement = new(this.data.Types);
        encoder = this.AddModule(nameof(encoder), (options ?? new()).Encoder.Create(this.data, this.data.Types, rng));
    }

    /// <inheritdoc/>
    public override string Quantity => "log p(edges | trajectory)";

    /// <inheritdoc/>
    public int EdgeTypes => data.Types;

    /// <inheritdoc/>
    public override TrainingObjective Objective(Batch batch, GradientEstimator? estimator, Generator rng)
    {
        var score = Score(batch, rng).mean();
        return new(-score, score.detach(), EvaluationPoint.HardSample);
    }

    /// <inheritdoc/>
    public override Tensor Score(Batch batch, Generator rng) => Logits(batch).log_softmax(-1).gather(-1, batch[TrajectoryData.Edges].unsqueeze(-1)).sum([-1, -2]);

    /// <inheritdoc/>
    public (Tensor Types, Tensor Probabilities) InferEdges(Batch batch)
    {
        using var _ = torch.no_grad();
        var logits = Logits(batch);
        return (logits.argmax(-1), logits.softmax(-1));
    }

    /// <summary>Agreement of the most probable edges with the true ones.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Figures(Batch batch, Generator rng) => agreement.Of(batch[TrajectoryData.Edges], InferEdges(batch).Types);

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, double Value)> Conclude(IReadOnlyDictionary<string, double> means) => agreement.Conclude(means);

    private Tensor Logits(Batch batch) => encoder.Logits(GraphData.Trajectories(batch));
}

/// <summary>The options of an <see cref="EdgeClassifier"/>.</summary>
public sealed record EdgeClassifierOptions
{
    /// <summary>The network that infers edges.</summary>
    [OptionGroup]
    public EdgeEncoderOptions Encoder { get; init; } = new();
}
