using Heaviside.Evaluation;

namespace Heaviside.Training;

/// <summary>Whether a bound of images is so low that the model is no better than none: below twice what a coin for every pixel has.</summary>
internal static class Worthless
{
    /// <summary>Whether a bound is; no other score can be known to be.</summary>
    internal static bool Is(Bound bound, Experiment experiment) =>
        bound.Kind != BoundKind.Score && experiment.Data is Data.ImageData images && bound.Mean < 2 * OfCoins(images.Set.Train.ImageSize);

    /// <summary>What log p(x) is of images of D pixels whose every pixel is a fair coin.</summary>
    internal static double OfCoins(int pixels) => -pixels * Math.Log(2);
}
