namespace Heaviside.Models.Graphs;

/// <summary>How well inferred types of edges agree with the true ones.</summary>
/// <remarks>What an unsupervised model calls type 0 may be another one's type 1. So there are two accuracies: with the types as they are, and with those names
/// of the types that agree best with the true ones over all examples, as <c>best</c> figures say. Precision and recall are of type 1 with these names.</remarks>
internal sealed class EdgeAgreement(int types)
{
    private const int MostPermuted = 6; // 720 permutations

    /// <summary>The figures of each example: the accuracy, and the share of pairs of each true and inferred type.</summary>
    /// <param name="truth">True types, <c>[B, E]</c>.</param>
    /// <param name="inferred">Inferred types, <c>[B, E]</c>.</param>
    internal IReadOnlyList<(string Name, Tensor Value)> Of(Tensor truth, Tensor inferred)
    {
        Tensor Share(Tensor pairs) => pairs.to(ScalarType.Float32).mean([-1]);
        var cells = from t in Enumerable.Range(0, types)
                    from i in Enumerable.Range(0, types)
                    select (Cell(t, i), Share(truth.eq(t).logical_and(inferred.eq(i))));
        return [("accuracy", Share(truth.eq(inferred))), .. cells];
    }

    /// <summary>The figures that follow from the means of these.</summary>
    internal IReadOnlyList<(string Name, double Value)> Conclude(IReadOnlyDictionary<string, double> means)
    {
        double At(int truth, int inferred) => means[Cell(truth, inferred)];
        var all = Enumerable.Range(0, types).ToArray();
        var names = types > MostPermuted ? all : Permutations(all).MaxBy(p => all.Sum(i => At(p[i], i)))!;
        var edge = Array.IndexOf(names, 1);
        var right = At(1, edge);
        return
        [
            ("best-accuracy", all.Sum(i => At(names[i], i))),
            ("precision", right / all.Sum(t => At(t, edge))),
            ("recall", right / all.Sum(i => At(1, i))),
        ];
    }

    private static string Cell(int truth, int inferred) => $"share-{truth}-as-{inferred}";

    // names[i] is the true type that inferred type i is taken for; the types as they are come first.
    private static IEnumerable<int[]> Permutations(int[] values) => values.Length == 0
        ? [[]]
        : values.SelectMany(first => Permutations([.. values.Where(v => v != first)]).Select(rest => (int[])[first, .. rest]));
}
