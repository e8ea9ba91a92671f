namespace Heaviside.Data.Simulated;

/// <summary>Brings features to [-1, 1] by the least and the largest value that those which are scaled together have in the training part.</summary>
internal sealed class FeatureScaling
{
    /// <summary>Reads the ranges off training examples.</summary>
    /// <param name="train">Their features, <c>[..., D]</c>.</param>
    /// <param name="groups">Which features are scaled together: those with the same number.</param>
    public FeatureScaling(float[] train, IReadOnlyList<int> groups)
    {
        var ranges = new (double Least, double Largest)[groups.Max() + 1];
        Array.Fill(ranges, (double.PositiveInfinity, double.NegativeInfinity));
        for (var i = 0; i < train.Length; i++)
        {
            ref var range = ref ranges[groups[i % groups.Count]];
            range = (Math.Min(range.Least, train[i]), Math.Max(range.Largest, train[i]));
        }

        Ranges = [.. groups.Select(g => ranges[g])];
    }

    /// <summary>What becomes -1 and 1 of each feature.</summary>
    public IReadOnlyList<(double Least, double Largest)> Ranges { get; }

    /// <summary>Scales features in place, <c>[..., D]</c>; one that is constant in the training part becomes its distance from that.</summary>
    public void Apply(Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var (least, largest) = Ranges[i % Ranges.Count];
            values[i] = (float)(largest > least ? (2 * (values[i] - least) / (largest - least)) - 1 : values[i] - least);
        }
    }
}
