namespace Heaviside.Priors.Partition;

/// <summary>Values of w = E_0 - E, which a log-weight gains per unit of beta, of states at one beta, and how often each counts.</summary>
/// <param name="Values">In nats.</param>
/// <param name="Counts">One for each value, 0 or more.</param>
internal sealed record GainPoints(double[] Values, double[] Counts)
{
    /// <summary>How many states.</summary>
    internal double Total { get; } = Counts.Sum();

    /// <summary>Values that count once.</summary>
    internal static GainPoints Of(double[] values) => new(values, [.. values.Select(_ => 1.0)]);

    /// <summary>All of some points.</summary>
    internal static GainPoints Join(IEnumerable<GainPoints> parts)
    {
        GainPoints[] all = [.. parts];
        return new([.. all.SelectMany(p => p.Values)], [.. all.SelectMany(p => p.Counts)]);
    }

    /// <summary>At most so many points that say nearly the same: values in equal intervals become one, their mean.</summary>
    internal GainPoints Condensed(int most)
    {
        if (Values.Length <= most) return this;
        var (least, largest) = (Values.Min(), Values.Max());
        var scale = largest > least ? most / (largest - least) : 0;
        var (sums, counts) = (new double[most], new double[most]);
        for (var i = 0; i < Values.Length; i++)
        {
            var bin = Math.Min((int)((Values[i] - least) * scale), most - 1);
            sums[bin] += Values[i] * Counts[i];
            counts[bin] += Counts[i];
        }

        var used = Enumerable.Range(0, most).Where(b => counts[b] > 0).ToArray();
        return new([.. used.Select(b => sums[b] / counts[b])], [.. used.Select(b => counts[b])]);
    }
}
