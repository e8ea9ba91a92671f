using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Heaviside.Data;
using Heaviside.Models;
using Heaviside.Networks;
using Heaviside.Numerics;
using Heaviside.Priors.Partition;

namespace Heaviside.Evaluation;

/// <summary>Evaluates the bounds, or the score, of a model on examples, with hard latents.</summary>
/// <remarks>The model computes log-weights in its own precision; they are summed, over samples and examples, in double precision.</remarks>
public sealed class BoundEvaluator
{
    private const int MostThreads = 512; // of a parallel query

    /// <summary>Where the model is.</summary>
    public Device Device { get; init; } = torch.CPU;

    /// <summary>Examples per batch where nothing else is asked for.</summary>
    public const int BatchSize = 100;

    /// <summary>How many batches are evaluated at a time on the CPU, 1 or more; default one for each processor. The figures do not depend on it.</summary>
    public int Threads { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Threads), value, "must be 1 or more"); } = Environment.ProcessorCount;

    /// <summary>How many values of the model's widest layer are computed at once in each thread, 1 or more; default 8,000,000, which take 32 MB in single precision.</summary>
    /// <remarks>More samples than that allows are drawn in parts, of one per example at least.</remarks>
    public long MaxValues { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaxValues), value, "must be 1 or more"); } = 8_000_000;

    /// <summary>An annealing that takes less than a second.</summary>
    public static PartitionEstimator QuickPartition { get; } = new AutomaticPartition(new AnnealedImportanceSampling { Betas = 2000, Chains = 100 });

    /// <summary>How log Z is estimated of a model that is an <see cref="IHasBoltzmannPrior"/>; default <see cref="QuickPartition"/>.</summary>
    public PartitionEstimator Partition { get; init; } = QuickPartition;

    /// <summary>Called with the number of examples done so far.</summary>
    public Action<int>? Progress { get; init; }

    /// <summary>Stops the evaluation.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The mean score: the evidence lower bound from one hard sample per example, of a model that has one.</summary>
    /// <param name="model">The model.</param>
    /// <param name="examples">Those of one epoch are evaluated.</param>
    /// <param name="seed">The seed of the samples.</param>
    public Bound Score(TrainableModel model, IBatchSource examples, ulong seed)
    {
        using var prior = NormalizedPrior.Of(model, Partition, seed, Cancellation);
        var values = Each(model, examples, seed, (batch, rng) => model.Score(batch, rng).to(ScalarType.Float64));
        return Bound.Of(model is IHasLogWeights ? BoundKind.Elbo : BoundKind.Score, 1, values, prior?.Estimate) with { Quantity = model.Quantity };
    }

    /// <summary>The importance-weighted bound log 1/K sum_k p(x, b_k) / q(b_k | x) of arXiv:1509.00519, K samples per example.</summary>
    /// <param name="model">The model.</param>
    /// <param name="examples">Those of one epoch are evaluated.</param>
    /// <param name="samples">K, 1 or more.</param>
    /// <param name="seed">The seed of the samples.</param>
    /// <exception cref="InputException">The model has no such bound.</exception>
    public Bound ImportanceWeighted(TrainableModel model, IBatchSource examples, int samples, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        var weighted = model as IHasLogWeights ?? throw new InputException($"{model.GetType().Name} has no importance weights, and so no bound of several samples");
        using var prior = NormalizedPrior.Of(model, Partition, seed, Cancellation);
        var width = Width(model);
        var values = Each(model, examples, seed, (batch, rng) => LogMeanWeight(weighted, width, batch, samples, rng));
        return Bound.Of(BoundKind.ImportanceWeighted, samples, values, prior?.Estimate) with { Quantity = model.Quantity };
    }

    /// <summary>The means of a model's other figures with their standard errors, and what follows from them, without one (NaN); none where it has none.</summary>
    public IReadOnlyList<(string Name, double Mean, double StandardError)> Figures(TrainableModel model, IBatchSource examples, ulong seed)
    {
        if (model is not IHasFigures figures) return [];
        IReadOnlyList<string> names = [];
        var values = Each(model, examples, seed, (batch, rng) =>
        {
            var all = figures.Figures(batch, rng);
            names = [.. all.Select(f => f.Name)];
            return torch.stack([.. all.Select(f => f.Value.to(ScalarType.Float64))], -1).flatten();
        });
        var means = names.Select((name, i) => (Name: name, Mean: Bound.Of(BoundKind.Score, 1, [.. values.Where((_, at) => at % names.Count == i)]))).ToList();
        return
        [
            .. means.Select(f => (f.Name, f.Mean.Mean, f.Mean.StandardError)),
            .. figures.Conclude(means.ToDictionary(f => f.Name, f => f.Mean.Mean)).Select(f => (f.Name, f.Value, double.NaN)),
        ];
    }

    /// <summary>Another value of each example, shape <c>[B]</c> in double precision for a batch.</summary>
    internal List<double> Each(TrainableModel model, IBatchSource examples, ulong seed, Func<Batch, Generator, Tensor> value)
    {
        var training = model.training;
        model.eval();
        var values = new List<double>(examples.Count);
        try
        {
            using var collector = new QuietCollector();
            collector.CollectWhenDue();
            foreach (var part in Spread(examples.Epoch(), Of))
            {
                values.AddRange(part);
                Progress?.Invoke(values.Count);
            }
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]); // as one thread would throw it
        }
        finally
        {
            model.train(training);
        }

        return values;

        // Each batch has a random stream of its own, so that it does not matter which thread takes it, and when.
        double[] Of(Batch batch)
        {
            using var _ = batch;
            using var scope = torch.NewDisposeScope();
            using var noGrad = torch.no_grad();
            Cancellation.ThrowIfCancellationRequested();
            using var rng = new Generator(SplitMix64.Mix(seed + 1 + (ulong)batch.Index), Device);
            batch.Device = Device;
            return value(batch, rng).ToArray<double>();
        }
    }

    // log 1/K sum_k w_k, a part of the samples at a time.
    private Tensor LogMeanWeight(IHasLogWeights model, long width, Batch batch, int samples, Generator rng)
    {
        var widest = Math.Max(width, batch.Names.Max(batch.ExampleSize));
        var chunk = (int)Math.Clamp(MaxValues / (batch.Count * widest), 1, samples);
        var parts = new List<Tensor>();
        for (var done = 0; done < samples; done += chunk)
        {
            using var scope = torch.NewDisposeScope();
            var logWeights = model.LogWeights(batch, Math.Min(chunk, samples - done), rng).to(ScalarType.Float64);
            parts.Add(scope.MoveToOuter(logWeights.logsumexp(0)));
        }

        return torch.stack([.. parts]).logsumexp(0) - Math.Log(samples);
    }

    // Values per sample and example in the widest layer: no side of a weight matrix is longer; where that is not so, the part says it.
    private static long Width(TrainableModel model) =>
        model.parameters().SelectMany(p => p.shape).Concat(model.SelfAndModules().OfType<IWide>().Select(m => m.Widest)).DefaultIfEmpty(1).Max();

    // What becomes of each batch, in order, on this thread or on several.
    private IEnumerable<double[]> Spread(IEnumerable<Batch> batches, Func<Batch, double[]> of) => Threads == 1 || Device.type != DeviceType.CPU
        ? batches.Select(of)
        : Partitioner.Create(batches, EnumerablePartitionerOptions.NoBuffering).AsParallel().AsOrdered()
            .WithDegreeOfParallelism(Math.Min(Threads, MostThreads)).WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(of);
}
