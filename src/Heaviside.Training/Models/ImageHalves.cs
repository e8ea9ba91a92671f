using Heaviside.Networks;
using Heaviside.Numerics;

namespace Heaviside.Models;

/// <summary>Cuts images at half their height; the upper part of an odd one is the smaller.</summary>
internal sealed class ImageHalves
{
    private readonly int channels, height, width;

    /// <exception cref="InputException">The images have one row.</exception>
    internal ImageHalves(int channels, int height, int width)
    {
        if (height < 2) throw new InputException("images of one row have no top and bottom half; structured prediction needs two rows at least");
        (this.channels, this.height, this.width) = (channels, height, width);
    }

    private int TopRows => height / 2;

    /// <summary>The top half's shape.</summary>
    internal ImageShape TopShape => new(channels, TopRows, width);

    /// <summary>The bottom half's shape.</summary>
    internal ImageShape BottomShape => new(channels, height - TopRows, width);

    /// <summary>The top halves <c>[B, D_top]</c> of images <c>[B, D]</c>.</summary>
    internal Tensor Top(Tensor x) => Rows(x, 0, TopRows);

    /// <summary>The bottom halves <c>[B, D_bottom]</c> of images <c>[B, D]</c>.</summary>
    internal Tensor Bottom(Tensor x) => Rows(x, TopRows, height - TopRows);

    /// <summary>The images <c>[B, D]</c> of which these are the halves.</summary>
    internal Tensor Join(Tensor top, Tensor bottom) =>
        torch.cat([top.view([-1, channels, TopRows, width]), bottom.view([-1, channels, height - TopRows, width])], 2).flatten(1);

    private Tensor Rows(Tensor x, long first, long count)
    {
        Shape.Require(x, [-1, channels * height * width]);
        return x.view([-1, channels, height, width]).narrow(2, first, count).flatten(1);
    }
}
