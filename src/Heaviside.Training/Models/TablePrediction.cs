using Heaviside.Bounds;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Distributions;
using Heaviside.Estimators;
using TorchSharp.Utils;

namespace Heaviside.Models;

/// <summary>Predicts a column of a table from the others, a number or a class, through layers of bits: x to b_1 to ... to b_n to y.</summary>
/// <remarks>
/// <para>The bits are drawn from p(b | x) without seeing y: log w(b) = log p(y | b_n), and the mean of log w is a lower bound of log p(y | x), that of the
/// logarithm of the mean of K weights a tighter one. A class has a softmax; a number has a normal law with a learned standard deviation.</para>
/// <para>Bits enter the maps as values in {-1, 1}. What is predicted of a number begins at the mean and the standard deviation over the rows for training.</para>
/// </remarks>
public sealed class TablePrediction : TrainableModel, IHasDiscreteLatents, IHasLogWeights, IHasFigures
{
    private const int FigureSamples = 50;

    private readonly IReadOnlyList<int> layers;
    private readonly int features;
    private readonly bool isClass;
    private readonly BeliefMaps prior;
    private readonly BeliefMaps output;
    [ComponentName(Name = "target_mean")] private readonly Tensor targetMean;
    [ComponentName(Name = "target_scale")] private readonly Tensor targetScale;
    [ComponentName(Name = "log_deviation")] private readonly Tensor logDeviation;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="data">The table: batches have <c>features</c> <c>[D]</c> and <c>target</c>, a float or, of a class, a long.</param>
    /// <param name="rng">The source of the initial weights; on the device on which they are to be.</param>
    /// <param name="options">Widths; null: those by default.</param>
    /// <exception cref="InputException">The data are no table with a target.</exception>
    public TablePrediction(TrainingData data, Generator rng, TablePredictionOptions? options = null)
    {
        options ??= new();
        var fields = (data as StoredData)?.Examples(Split.Train).Fields ?? [];
        var (x, y) = (fields.FirstOrDefault(f => f.Name == ArrayData.Features), fields.FirstOrDefault(f => f.Name == ArrayData.Target));
        if (x is null || y is null)
            throw new InputException($"the model table-prediction is for tables with a column that is to be predicted, which {data.Name} have not ({data.Source}): give a CSV file and --target COLUMN");
        (layers, features, isClass) = (options.Layers, x.Size, y.IsWhole);
        var (mean, scale, outputs) = isClass ? (0, 1, Classes(data)) : (Moments(data).Mean, Moments(data).Scale, 1);
        prior = this.AddModule(nameof(prior), new BeliefMaps([features, .. layers], options.Hidden, rng));
        output = this.AddModule(nameof(output), new BeliefMaps([layers[^1], outputs], options.Hidden, rng));
        targetMean = this.AddBuffer("target_mean", torch.tensor(mean, device: rng.device));
        targetScale = this.AddBuffer("target_scale", torch.tensor(scale, device: rng.device));
        logDeviation = this.AddParameter("log_deviation", torch.zeros([], device: rng.device));
    }

    /// <inheritdoc/>
    public override string Quantity => $"log p({(isClass ? "class" : "target")} | features)";

    /// <inheritdoc/>
    public IReadOnlyList<long[]> LatentLayers => [.. layers.Select(n => (long[])[n])];

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> LogitParameters => [.. prior.parameters()];

    /// <inheritdoc/>
    public long ContextSize => features;

    /// <inheritdoc/>
    public override TrainingObjective Objective(Batch batch, GradientEstimator? estimator, Generator rng) => Bound(batch).Objective(estimator!, rng);

    /// <inheritdoc/>
    public override Tensor Score(Batch batch, Generator rng) => Bound(batch).OneSample(rng);

    /// <inheritdoc/>
    public Tensor LogWeights(Batch batch, int samples, Generator rng) => Bound(batch).LogWeights(samples, rng);

    /// <summary>Of a class, <c>accuracy</c>, how often the most probable one is right; of a number, <c>squared-error</c> of the mean: both over 50 draws of the bits.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Figures(Batch batch, Generator rng)
    {
        var q = prior.Chain(batch[ArrayData.Features]);
        var predicted = Decode(q.Split(q.Sample([FigureSamples], rng))[^1]);
        var y = batch[ArrayData.Target];
        return isClass
            ? [("accuracy", predicted.softmax(-1).mean([0]).argmax(-1).eq(y).to(ScalarType.Float32))]
            : [("squared-error", (predicted.mean([0]) - y).square())];
    }

    // Of a class logits [..., C], of a number its mean [...].
    private Tensor Decode(Tensor bits)
    {
        var raw = output.Logits(0, BeliefMaps.Signs(bits));
        return isClass ? raw : targetMean + (targetScale * raw.squeeze(-1));
    }

    private Elbo Bound(Batch batch)
    {
        var (x, y) = (batch[ArrayData.Features], batch[ArrayData.Target]);
        var q = prior.Chain(x);
        return new(q, new LikelihoodObjective(b => LogLikelihood(y, q.Split(b)[^1]), x, LogitParameters), Prior.Posterior);
    }

    private Tensor LogLikelihood(Tensor y, Tensor bits)
    {
        var predicted = Decode(bits);
        if (isClass) return predicted.log_softmax(-1).gather(-1, y.view([1, -1, 1]).expand([predicted.size(0), -1, -1])).squeeze(-1);
        return new Normal(predicted, (targetScale * logDeviation.exp()).expand_as(predicted)).LogProb(y.expand_as(predicted));
    }

    private static int Classes(TrainingData data) =>
        1 + (int)Enum.GetValues<Split>().SelectMany(split => Targets(data, split, batch => batch.Values<long>(ArrayData.Target).ToArray())).Max();

    private static (float Mean, float Scale) Moments(TrainingData data)
    {
        double[] targets = [.. Targets(data, Split.Train, batch => batch.Values<float>(ArrayData.Target).ToArray()).Select(y => (double)y)];
        var mean = targets.Average();
        var deviation = Math.Sqrt(targets.Average(y => (y - mean) * (y - mean)));
        return ((float)mean, deviation > 0 ? (float)deviation : 1);
    }

    private static IEnumerable<T> Targets<T>(TrainingData data, Split split, Func<Batch, T[]> values)
    {
        foreach (var batch in data.InOrder(split, batchSize: 1000, seed: 0).Epoch())
            using (batch)
                foreach (var y in values(batch)) yield return y;
    }
}

/// <summary>The options of a <see cref="TablePrediction"/>.</summary>
/// <exception cref="ArgumentException">A value is out of its range, or there is no layer.</exception>
public sealed record TablePredictionOptions
{
    /// <summary>Bits of b_1, b_2, ..., one layer at least, each from 1 to 100000; default [32].</summary>
    [Option("bits of each stochastic layer", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> Layers { get; init => field = Widths.NotNone(OptionInfo.Checked(this, value)); } = [32];

    /// <summary>Widths of the tanh layers inside every map, each from 1 to 100000; default [64]; none: the maps are affine.</summary>
    [Option("widths of the tanh layers inside every map; none: linear", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> Hidden { get; init => field = OptionInfo.Checked(this, value); } = [64];
}
