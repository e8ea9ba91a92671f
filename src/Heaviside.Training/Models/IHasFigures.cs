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

    /// <summary>Figures that follow from the means over all examples, such as the ratio of two of them; none, unless the model says otherwise.</summary>
    /// <param name="means">The means of <see cref="Figures"/>.</param>
    IReadOnlyList<(string Name, double Value)> Conclude(IReadOnlyDictionary<string, double> means) => [];
}
