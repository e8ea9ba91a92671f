
namespace Heaviside.Distributions;

/// <summary>Kullback-Leibler divergences in closed form, by pairs of laws.</summary>
public static class KullbackLeibler
{
    // One line per pair.
    private static readonly Dictionary<(Type, Type), Func<Distribution, Distribution, Tensor>> Pairs = new()
    {
        [(typeof(Bernoulli), typeof(Bernoulli))] = (p, q) => Bernoulli.Divergence((Bernoulli)p, (Bernoulli)q),
        [(typeof(OneHotCategorical), typeof(OneHotCategorical))] = (p, q) => OneHotCategorical.Divergence((OneHotCategorical)p, (OneHotCategorical)q),
        [(typeof(Normal), typeof(Normal))] = (p, q) => Normal.Divergence((Normal)p, (Normal)q),
        [(typeof(Uniform), typeof(Uniform))] = (p, q) => Uniform.Divergence((Uniform)p, (Uniform)q),
    };

    /// <summary>E_p[log p - log q] in nats, shape <c>BatchShape</c>.</summary>
    /// <exception cref="NotSupportedException">There is no closed form for this pair of laws here.</exception>
    /// <exception cref="ArgumentException">The shapes of the two laws differ.</exception>
    public static Tensor Divergence(Distribution p, Distribution q)
    {
        var divergence = (p, q) is (Independent, Independent)
            ? (p, q) => Independent.Divergence((Independent)p, (Independent)q)
            : Pairs.GetValueOrDefault((p.GetType(), q.GetType()))
                ?? throw new NotSupportedException($"no closed form for KL({p.GetType().Name} || {q.GetType().Name}): estimate it from samples");
        RequireSameShape(p, q);
        return divergence(p, q);
    }

    private static void RequireSameShape(Distribution p, Distribution q)
    {
        if (!p.BatchShape.SequenceEqual(q.BatchShape) || !p.EventShape.SequenceEqual(q.EventShape))
            throw new ArgumentException($"q: expected batch and event shape {Text(p)}, got {Text(q)}", nameof(q));

        static string Text(Distribution d) => $"[{string.Join(", ", d.BatchShape)}] + [{string.Join(", ", d.EventShape)}]";
    }
}
