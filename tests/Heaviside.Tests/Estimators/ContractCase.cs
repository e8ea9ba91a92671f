using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Tests.Estimators;

/// <summary>An estimator of the catalogue with a small law and an f whose weights are learned.</summary>
internal sealed class ContractCase
{
    internal const int Batch = 2, Variables = 3, Classes = 3;

    private readonly Tensor weight;

    public ContractCase(string name, string law, int samples, ScalarType type = ScalarType.Float64, double constant = 0, params string[] settings)
    {
        using var rng = new Generator(11);
        using var own = new Generator(12);
        var isBits = law == "bits";
        long[] shape = isBits ? [Batch, Variables] : [Batch, Variables, Classes];
        var inputs = isBits ? Variables : Variables * Classes;
        Estimator = EstimatorCatalog.All.Find(name).Create(
            new Settings([new("samples", $"{samples}"), new("temperature", "0.5")]).With(settings.Select(s => KeyValuePair.Create(s.Split('=')[0], s.Split('=', 2)[1]))),
            new([shape[1..]], ContextSize: 2, LogitParameters: 1, own, type));
        Estimator.eval(); // running moments would make an estimate depend on those before it
        Logits = torch.randn(shape, type, generator: rng);
        weight = torch.randn([inputs, 4], type, generator: rng).requires_grad_();
        var output = torch.randn([4], type, generator: rng);
        Make = isBits ? l => new Bernoulli(l) : l => new OneHotCategorical(l);
        F = b =>
        {
            Seen += b.size(0);
            return b.flatten(2).MatMul(weight).tanh().MatMul(output) + constant;
        };
    }

    public GradientEstimator Estimator { get; }

    public Tensor Logits { get; }

    public DiscreteDistribution Law => Make(Logits);

    public long Seen { get; private set; }

    private Func<Tensor, DiscreteDistribution> Make { get; }

    private Func<Tensor, Tensor> F { get; }

    /// <summary>Logits of +-50, and a middle variable that is certain: of probability exactly 1 of its first value.</summary>
    public void MakeExtreme()
    {
        double[] logits = Logits.shape.Length == 2 ? [50, double.PositiveInfinity, -50, -50, double.NegativeInfinity, 50]
            : [50, -50, 0, 0, double.NegativeInfinity, double.NegativeInfinity, -50, 0, 50, -50, 50, -50, double.NegativeInfinity, 3, double.NegativeInfinity, 0, 50, 50];
        Logits.copy_(torch.tensor(logits, Logits.shape).to(Logits.dtype));
    }

    public Estimate Estimate(ulong seed) => Estimate(Logits, seed);

    /// <summary>The gradients with respect to the logits and to the weight inside f.</summary>
    public Tensor[] Gradients(ulong seed)
    {
        var logits = Logits.detach().alias().requires_grad_();
        return Autograd.Grad([Estimate(logits, seed).Surrogate.mean()], [logits, weight]);
    }

    /// <summary>The exact gradient with respect to the weight inside f, of E[f(b)] or of the bound of K samples: an
    /// expectation over K copies of the variables.</summary>
    public double[] ExactGradientInsideF()
    {
        var k = Estimator.BoundSamples ?? 1;
        var copies = Make(Logits.repeat([1, k, .. Enumerable.Repeat(1L, Logits.shape.Length - 2)]));
        var f = Objective.BlackBox(b => torch.stack(b.chunk(k, 2).Select(F).ToArray()).logsumexp(0) - Math.Log(k));
        using var rng = new Generator(1);
        var exact = new Enumeration().Estimate(copies, f, rng).Surrogate.mean();
        return Autograd.Grad([exact], [weight])[0].flatten().ToArray<double>();
    }

    private Estimate Estimate(Tensor logits, ulong seed)
    {
        using var rng = new Generator(seed);
        return Estimator.Estimate(Make(logits), new LogWeightObjective(F, torch.ones([Batch, 2], logits.dtype), [logits]), rng);
    }
}
