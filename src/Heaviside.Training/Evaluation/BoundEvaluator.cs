using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Heaviside.Data;
using Heaviside.Models;
using Heaviside.Networks;
using Heaviside.Numerics;
using Heaviside.Priors.Partition;

namespace Heaviside.Evaluation;

/// <summary>Evaluates the bounds of a model on a set of images, with hard latents.</summary>
/// <remarks>The model computes log-weights in its own precision; they are summed, over samples and images, in double precision.</remarks>
public sealed class BoundEvaluator
{
    private const int MostThreads = 512; // of a parallel query

    /// <summary>Where the model is.</summary>
    public Device Device { get; init; } = torch.CPU;

    /// <summary>Images per batch, 1 or more; default 100.</summary>
    public int BatchSize { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, "must be 1 or more"); } = 100;

    /// <summary>How many batches are evaluated at a time on the CPU, 1 or more; default one for each processor. The figures do not depend on it.</summary>
    public int Threads { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Threads), value, "must be 1 or more"); } = Environment.ProcessorCount;

    /// <summary>How many values of the model's widest layer are computed at once in each thread, 1 or more; default 8,000,000, which take 32 MB in single precision.</summary>
    /// <remarks>More samples than that allows are drawn in parts, of one per image at least.</remarks>
    public long MaxValues { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaxValues), value, "must be 1 or more"); } = 8_000_000;

    /// <summary>An annealing that takes less than a second.</summary>
    public static PartitionEstimator QuickPartition { get; } = new AutomaticPartition(new AnnealedImportanceSampling { Betas = 2000, Chains = 100 });

    /// <summary>How log Z is estimated of a model that is an <see cref="IHasBoltzmannPrior"/>; default <see cref="QuickPartition"/>.</summary>
    public PartitionEstimator Partition { get; init; } = QuickPartition;

    /// <summary>Called with the number of images done so far.</summary>
    public Action<int>? Progress { get; init; }

    /// <summary>Stops the evaluation.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The evidence lower bound from one hard sample per image.</summary>
    public Bound Elbo(LatentVariableModel model, ImageSet images, Binarization binarization, ulong seed)
    {
        using var prior = NormalizedPrior.Of(model, Partition, seed, Cancellation);
        var values = Each(model, images, binarization, seed, (x, rng) => model.Elbo(x, rng).to(ScalarType.Float64));
        return Bound.Of("elbo", 1, values, prior?.Estimate) with { Quantity = model.Quantity };
    }

    /// <summary>The importance-weighted bound log 1/K sum_k p(x, b_k) / q(b_k | x) of arXiv:1509.00519, K samples per image.</summary>
    public Bound ImportanceWeighted(LatentVariableModel model, ImageSet images, Binarization binarization, int samples, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        using var prior = NormalizedPrior.Of(model, Partition, seed, Cancellation);
        var values = Each(model, images, binarization, seed, (x, rng) => LogMeanWeight(model, x, samples, rng));
        return Bound.Of("importance-weighted", samples, values, prior?.Estimate) with { Quantity = model.Quantity };
    }

    /// <summary>The mean over the images of another value of each, shape <c>[B]</c> in double precision for images <c>[B, D]</c>.</summary>
    internal double Mean(LatentVariableModel model, ImageSet images, Binarization binarization, ulong seed, Func<Tensor, Generator, Tensor> value) =>
        Each(model, images, binarization, seed, value).Average();

    // log 1/K sum_k w_k, a part of the samples at a time.
    private Tensor LogMeanWeight(LatentVariableModel model, Tensor x, int samples, Generator rng)
    {
        var chunk = (int)Math.Clamp(MaxValues / (x.size(0) * Width(model, x)), 1, samples);
        var parts = new List<Tensor>();
        for (var done = 0; done < samples; done += chunk)
        {
            using var scope = torch.NewDisposeScope();
            var logWeights = model.LogWeights(x, Math.Min(chunk, samples - done), rng).to(ScalarType.Float64);
            parts.Add(scope.MoveToOuter(logWeights.logsumexp(0)));
        }

        return torch.stack([.. parts]).logsumexp(0) - Math.Log(samples);
    }

    // Values per sample and image in the widest layer: no side of a weight matrix, nor the image, is longer; convolutions say it themselves.
    private static long Width(LatentVariableModel model, Tensor x) =>
        model.parameters().SelectMany(p => p.shape).Append(x.size(-1)).Concat(model.SelfAndModules().OfType<ImageMap>().Select(m => m.Widest)).Max();

    // Each batch has a random stream of its own, so that it does not matter which thread takes it, and when.
    private List<double> Each(LatentVariableModel model, ImageSet images, Binarization binarization, ulong seed, Func<Tensor, Generator, Tensor> bound)
    {
        var training = model.training;
        model.eval();
        var values = new List<double>(images.Count);
        try
        {
            using var collector = new QuietCollector();
            collector.CollectWhenDue();
            foreach (var part in Spread(BatchLoader.InOrder(images.ToExamples(binarization), BatchSize, seed).Epoch(), Of))
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

        double[] Of(Batch batch)
        {
            using var _ = batch;
            using var scope = torch.NewDisposeScope();
            using var noGrad = torch.no_grad();
            Cancellation.ThrowIfCancellationRequested();
            using var rng = new Generator(SplitMix64.Mix(seed + 1 + (ulong)batch.Index), Device);
            batch.Device = Device;
            return bound(batch[ImageData.Pixels], rng).ToArray<double>();
        }
    }

    // What becomes of each batch, in order, on this thread or on several.
    private IEnumerable<double[]> Spread(IEnumerable<Batch> batches, Func<Batch, double[]> of) => Threads == 1 || Device.type != DeviceType.CPU
        ? batches.Select(of)
        : Partitioner.Create(batches, EnumerablePartitionerOptions.NoBuffering).AsParallel().AsOrdered()
            .WithDegreeOfParallelism(Math.Min(Threads, MostThreads)).WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(of);
}
