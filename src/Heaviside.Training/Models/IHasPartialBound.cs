
namespace Heaviside.Models;

/// <summary>A model of which a paper reports a figure that looks like a bound, but leaves out a part of it.</summary>
public interface IHasPartialBound
{
    /// <summary>What the figure is, and whether it is a bound.</summary>
    string PartialBoundDescription { get; }

    /// <summary>The figure for images <c>[B, D]</c>, in nats, shape <c>[B]</c>.</summary>
    Tensor PartialBound(Tensor x, Generator rng);
}
