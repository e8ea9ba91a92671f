using Heaviside.Torch;

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
        [(typeof(Independent), typeof(Independent))] = (p, q) => Independent.Divergence((Independent)p, (Independent)q),
    };

    /// <summary>E_p[log p - log q] in nats, shape <c>BatchShape</c>.</summary>
    /// <exception cref="NotSupportedException">There is no closed form for this pair of laws here.</exception>
    public static Tensor Divergence(Distribution p, Distribution q) =>
        Pairs.TryGetValue((p.GetType(), q.GetType()), out var divergence)
            ? divergence(p, q)
            : throw new NotSupportedException($"no closed form for KL({p.GetType().Name} || {q.GetType().Name}): estimate it from samples");
}
