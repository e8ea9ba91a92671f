using Heaviside.Distributions;

namespace Heaviside.Networks;

/// <summary>Turns, scales, shears and shifts images, each in its own way, with bilinear interpolation; what comes from outside is black.</summary>
internal sealed class RandomDistortion(ImageShape image)
{
    private const double Turn = 15 * Math.PI / 180, Scale = 0.15, Shear = 0.15, Shift = 2 / 14.0;

    /// <summary>Distorted images [B, C H W] of the same shape, in [0, 1]: turned by up to 15 degrees, scaled and sheared by up to 15 %
    /// in each direction, shifted by up to a fourteenth of the side.</summary>
    internal Tensor Of(Tensor x, Generator rng)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var count = x.size(0);
        Tensor Uniform(double range) => ((2 * Noise.Uniform([count, 1, 1], x, rng)) - 1) * range;
        var (angle, shear) = (Uniform(Turn), Uniform(Shear));
        var (scaleX, scaleY) = (1 + Uniform(Scale), 1 + Uniform(Scale));
        var (cos, sin) = (angle.cos(), angle.sin());

        // Where in the original each pixel of the result comes from; coordinates are from -1 to 1.
        var (toX, toY) = (Centers(image.Width, x).view([1, 1, -1]), Centers(image.Height, x).view([1, -1, 1]));
        var fromX = (scaleX * cos * toX) + (scaleX * ((shear * cos) - sin) * toY) + Uniform(Shift);
        var fromY = (scaleY * sin * toX) + (scaleY * ((shear * sin) + cos) * toY) + Uniform(Shift);
        var result = torch.nn.functional.grid_sample(
            x.view([count, image.Channels, image.Height, image.Width]), torch.stack([fromX, fromY], -1), align_corners: false);
        return scope.MoveToOuter(result.clamp(0, 1).flatten(1));
    }

    private static Tensor Centers(int pixels, Tensor like) =>
        (((2 * torch.arange(pixels, like.dtype, like.device)) + 1) / pixels) - 1;
}
