using Heaviside.Data;
using Heaviside.Evaluation;
using Heaviside.Models;

namespace Heaviside.Tests.Evaluation;

/// <summary>Bounds of images that are in no data set.</summary>
internal static class EvaluatorOfImages
{
    internal static Bound Elbo(this BoundEvaluator evaluator, TrainableModel model, ImageSet images, ulong seed, int batchSize = 100) =>
        evaluator.Score(model, BatchLoader.InOrder(images.ToExamples(Binarization.None), batchSize, seed), seed);

    internal static Bound ImportanceWeighted(this BoundEvaluator evaluator, TrainableModel model, ImageSet images, int samples, ulong seed, int batchSize = 100) =>
        evaluator.ImportanceWeighted(model, BatchLoader.InOrder(images.ToExamples(Binarization.None), batchSize, seed), samples, seed);
}
