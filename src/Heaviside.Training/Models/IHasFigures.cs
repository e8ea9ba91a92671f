using Heaviside.Data;

namespace Heaviside.Models;

/// <summary>A model with more figures than its score, such as an accuracy: results have their means over the test examples.</summary>
public interface IHasFigures
{
    /// <summary>The figures of each example.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <returns>Names in kebab case, always the same, and values <c>[B]</c>.</returns>
    IReadOnlyList<(string Name, Tensor Value)> Figures(Batch batch, Generator rng);
}
