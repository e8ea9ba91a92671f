using Heaviside.Distributions;

namespace Heaviside.Laws;

/// <summary>The problems on which every estimator is tested.</summary>
public static class ProblemCatalog
{
    /// <summary>All problems, on a device.</summary>
    public static IReadOnlyList<Problem> All(Device? device = null) =>
    [
        OneBit(device, target: 0.45, logit: 1),
        ThreeBitQuadratic(device),
        Multilinear(device),
        ElevenBits(device),
        Categorical(device),
        CategoricalQuadratic(device),
        TwoLayerChain(device),
        MiniVae(device),
        SixBitNetwork(device),
        NearlyCertainBits(device),
        CategoricalNetwork(device),
        SharedBits(device),
        SharedCategories(device),
        SharedChain(device),
        MiniElbo(device),
    ];

    /// <summary>f(b) = (b - t)^2 on one bit.</summary>
    public static Problem OneBit(Device? device, double target, double logit) =>
        new("one-bit", Vector(device, logit), x => new Bernoulli(x), b => (b - target).square().sum(-1), Degree: 2);

    /// <summary>f(b) = b'Ab + c'b on three bits.</summary>
    public static Problem ThreeBitQuadratic(Device? device)
    {
        var a = Vector(device, 0.5, -1, 0.3, 0.2, -0.4, 0.8, 0, 0.6, 0.7).reshape([3, 3]);
        var c = Vector(device, -0.3, 0.9, 0.1);
        return new("three-bit-quadratic", Vector(device, 0.4, -0.8, 1.1), x => new Bernoulli(x), b => Quadratic(b, a, c), Degree: 2);
    }

    /// <summary>f(b) = 1.5 b1 b2 - 2 b2 b3 + b1 b2 b3 + 0.7 b3: linear in each bit alone.</summary>
    public static Problem Multilinear(Device? device) =>
        new("three-bit-multilinear", Vector(device, 0.4, -0.8, 1.1), x => new Bernoulli(x), b =>
        {
            var (b1, b2, b3) = (b.select(-1, 0), b.select(-1, 1), b.select(-1, 2));
            return (1.5 * b1 * b2) - (2 * b2 * b3) + (b1 * b2 * b3) + (0.7 * b3);
        }, Degree: 1);

    /// <summary>f(b) = sum of a_mn b_m b_n over m &lt; n, plus c'b, on eleven bits: loops over rows take eight at a time, and then three alone.</summary>
    public static Problem ElevenBits(Device? device)
    {
        var rng = new Generator(11);
        var (a, c) = (Random(rng, device, 11, 11).triu(1).DetachFromDisposeScope(), Random(rng, device, 11));
        return new("eleven-bits", Random(rng, device, 11), x => new Bernoulli(x), b => Quadratic(b, a, c), Degree: 1);
    }

    /// <summary>A value per class, three classes; linear in the one-hot vector.</summary>
    public static Problem Categorical(Device? device)
    {
        var f = Vector(device, 1, -0.7, 0.4);
        return new("categorical", Vector(device, 0.3, -0.5, 0.9).unsqueeze(0), x => new OneHotCategorical(x), b => (b * f).sum([-1, -2]), Degree: 1);
    }

    /// <summary>f(b) = b'Ab + c'b of two variables of three classes, b their one-hot vectors one after the other.</summary>
    public static Problem CategoricalQuadratic(Device? device)
    {
        var rng = new Generator(36);
        var (a, c) = (Random(rng, device, 6, 6), Random(rng, device, 6));
        return new("categorical-quadratic", Random(rng, device, 2, 3), x => new OneHotCategorical(x), b => Quadratic(b.flatten(-2), a, c), Degree: 2);
    }

    /// <summary>b1 ~ sigmoid(p1), b2 given b1 ~ sigmoid(w b1 + p2), f = 1.3 (b1 - 0.2)^2 + 0.9 (b2 - 0.7)^2 + 1.5 b1 b2; parameters p1, p2, w.</summary>
    /// <remarks>No polynomial to b1, which enters through the probability of b2 too.</remarks>
    public static Problem TwoLayerChain(Device? device) =>
        new("two-layer-chain", Vector(device, 0.3, -0.4, 0.8), Chain, b =>
        {
            var (b1, b2) = (b.select(-1, 0), b.select(-1, 1));
            return (1.3 * (b1 - 0.2).square()) + (0.9 * (b2 - 0.7).square()) + (1.5 * b1 * b2);
        }, Degree: null);

    /// <summary>The multilinear problem with the term 2 sum_n sin(x_n) (b_n - 0.2) of the logits x: a part of the gradient does not come from the law.</summary>
    public static Problem SharedBits(Device? device) => Multilinear(device) with
    {
        Name = "shared-bits",
        Shared = (x, b) => 2 * (x.sin() * (b - 0.2)).sum(-1),
    };

    /// <summary>The quadratic problem of categories with the term sum_nk x_nk^2 b_nk of the logits x.</summary>
    public static Problem SharedCategories(Device? device) => CategoricalQuadratic(device) with
    {
        Name = "shared-categories",
        Shared = (x, b) => (x.square() * b).sum([-1, -2]),
    };

    /// <summary>The chain with the term w (b1 + b2 - 1)^2 of the weight between its layers.</summary>
    public static Problem SharedChain(Device? device) => TwoLayerChain(device) with
    {
        Name = "shared-chain",
        Shared = (x, b) => x.select(-1, 2) * (b.sum(-1) - 1).square(),
    };

    private static StochasticChain Chain(Tensor parameters)
    {
        var (p1, p2, w) = (parameters.narrow(-1, 0, 1), parameters.narrow(-1, 1, 1), parameters.narrow(-1, 2, 1));
        return new(new Bernoulli(p1), new StochasticLayer(1, b1 => new Bernoulli((w * b1) + p2)));
    }

    /// <summary>The ELBO integrand of two latent bits, two observed ones, x = (1, 0), with q fixed inside f.</summary>
    public static Problem MiniVae(Device? device)
    {
        var (w, c, x) = (Vector(device, 0.5, -1, 0.8, 0.2).reshape([2, 2]), Vector(device, 0.1, -0.3), Vector(device, 1, 0));
        var (prior, posterior) = (Vector(device, 0, 0.4), Vector(device, 0.3, -0.7));
        return new("mini-vae", posterior, l => new Bernoulli(l), b =>
            LogBernoulli(x, c + (2 * b - 1).MatMul(w.t())) + LogBernoulli(b, prior) - LogBernoulli(b, posterior), Degree: null);
    }

    /// <summary>The ELBO integrand of the same model with the q that is trained inside f.</summary>
    /// <remarks>The gradient of log q inside f has mean zero, but no draw of it is 0.</remarks>
    public static Problem MiniElbo(Device? device)
    {
        var problem = MiniVae(device);
        var posterior = problem.Parameters;
        return problem with
        {
            Name = "mini-elbo",
            Shared = (x, b) => LogBernoulli(b, posterior) - LogBernoulli(b, x),
        };
    }

    /// <summary>A tanh network of six bits.</summary>
    public static Problem SixBitNetwork(Device? device)
    {
        var rng = new Generator(61);
        var (w, v) = (Random(rng, device, 6, 8), Random(rng, device, 8));
        return new("six-bit-network", Random(rng, device, 6), x => new Bernoulli(x), b => (2 * b - 1).MatMul(w).tanh().MatMul(v), Degree: null);
    }

    /// <summary>A tanh network of three bits, two of which take one of their values once in 150 times.</summary>
    public static Problem NearlyCertainBits(Device? device)
    {
        var rng = new Generator(31);
        var (w, v) = (Random(rng, device, 3, 8), Random(rng, device, 8));
        return new("nearly-certain-bits", Vector(device, 5, -5, 0.2), x => new Bernoulli(x), b => ((2 * b) - 1).MatMul(w).tanh().MatMul(v), Degree: null);
    }

    /// <summary>A tanh network of two variables of four classes.</summary>
    public static Problem CategoricalNetwork(Device? device)
    {
        var rng = new Generator(24);
        var (w, v) = (Random(rng, device, 8, 8), Random(rng, device, 8));
        return new("categorical-network", Random(rng, device, 2, 4), x => new OneHotCategorical(x), b => b.flatten(-2).MatMul(w).tanh().MatMul(v), Degree: null);
    }

    private static Tensor Quadratic(Tensor b, Tensor a, Tensor c) => (b.MatMul(a) * b).sum(-1) + b.MatMul(c);

    // Fractional values are weighted linearly, as relaxed points need.
    private static Tensor LogBernoulli(Tensor value, Tensor logits) => ((value * logits) - logits.softplus()).sum(-1);

    private static Tensor Vector(Device? device, params double[] values) => torch.tensor(values, device: device).DetachFromDisposeScope();

    private static Tensor Random(Generator rng, Device? device, params long[] shape) =>
        torch.randn(shape, torch.float64, generator: rng).to(device ?? torch.CPU).DetachFromDisposeScope();
}
