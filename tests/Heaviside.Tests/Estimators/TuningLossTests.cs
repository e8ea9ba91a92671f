using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Tests.Estimators;

/// <summary>The derivative of the variance with respect to what an estimator learns, against differences of the variance that its gradients have.</summary>
public class TuningLossTests
{
    private const int Batch = 4;

    public static TheoryData<string, string, string, int> Cases()
    {
        var data = new TheoryData<string, string, string, int>();
        foreach (var layers in new[] { 1, 2 })
            foreach (var (name, scale) in new[]
            {
                ("rebar", "layer"), ("rebar", "parameter"), ("rebar-single-coupling", "layer"), ("rebar-single-coupling", "parameter"),
                ("rebar-released-code", "layer"), ("relax", "none"), ("relax-black-box", "none"),
            })
                foreach (var law in new[] { "bits", "categories" })
                    data.Add(name, scale, law, layers);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TuningLoss_EveryParameter_HasTheDerivativeOfTheVariance(string name, string scale, string law, int layers)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(5);
        var network = new Network(rng, law == "categories", layers);
        var estimator = EstimatorCatalog.All.Find(name).Create(
            new([new("scale", scale), new("control-layers", "3"), new("temperature", "0.6")]), network.Input(rng));
        // Away from the symmetric start.
        using (torch.no_grad())
            foreach (var p in estimator.parameters()) p.add_(torch.randn(p.shape, p.dtype, generator: rng) * 0.3);

        Tensor[] learned = [.. estimator.parameters()];
        var slopes = Autograd.GradOrNull([network.Estimate(estimator).TuningLoss!], learned);
        slopes.Any(s => s is not null).ShouldBeTrue();
        foreach (var (parameter, slope) in learned.Zip(slopes))
        {
            if (slope is null) continue;
            var flat = parameter.detach().view([-1]);
            var slopeValues = slope.flatten().ToArray<double>();
            for (var i = 0; i < Math.Min(flat.size(0), 5); i++)
            {
                double At(double shift)
                {
                    using var _ = torch.no_grad();
                    flat[i].add_(shift);
                    try
                    {
                        using var __ = torch.enable_grad();
                        return network.Variance(estimator, scale == "parameter");
                    }
                    finally
                    {
                        flat[i].sub_(shift);
                    }
                }

                var difference = (At(1e-5) - At(-1e-5)) / 2e-5;
                slopeValues[i].ShouldBe(difference, 1e-6 + (1e-4 * Math.Abs(difference)));
            }
        }
    }

    // A small encoder and a nonlinear f, all in double precision, with the same noise each time.
    private sealed class Network
    {
        private const int Inputs = 2, Variables = 3, Classes = 3;

        private readonly bool categories;
        private readonly int layers;
        private readonly Tensor x;
        private readonly Tensor weight;
        private readonly Tensor between;
        private readonly Tensor bias;
        private readonly Tensor inside;
        private readonly Tensor output;

        internal Network(Generator rng, bool categories, int layers)
        {
            (this.categories, this.layers) = (categories, layers);
            var width = Variables * (categories ? Classes : 1);
            x = torch.randn([Batch, Inputs], torch.float64, generator: rng);
            weight = torch.randn([Inputs, width], torch.float64, generator: rng).requires_grad_();
            between = torch.randn([width, width], torch.float64, generator: rng).requires_grad_();
            bias = torch.randn([width], torch.float64, generator: rng).requires_grad_();
            inside = torch.randn([width * layers, 4], torch.float64, generator: rng);
            output = torch.randn([4], torch.float64, generator: rng);
        }

        private Tensor[] Parameters => layers == 1 ? [weight, bias] : [weight, bias, between];

        internal EstimatorInput Input(Generator rng) => new(
            [.. Enumerable.Repeat<long[]>(categories ? [Variables, Classes] : [Variables], layers)], Inputs, Parameters.Length, rng, torch.float64);

        internal Estimate Estimate(GradientEstimator estimator, List<Tensor>? logits = null)
        {
            using var rng = new Generator(77);
            FactorialDistribution Law(Tensor l)
            {
                logits?.Add(l);
                return categories ? new OneHotCategorical(l) : new Bernoulli(l);
            }

            Tensor Shaped(Tensor l) => categories ? l.reshape([.. l.shape[..^1], Variables, Classes]) : l;
            var first = Law(Shaped(x.MatMul(weight) + bias));
            var chain = layers == 1 ? new StochasticChain(first)
                : new(first, new StochasticLayer(Variables, b => Law(Shaped(b.flatten(2).MatMul(between)))));
            var f = new LogWeightObjective(b => b.flatten(2).MatMul(inside).tanh().MatMul(output), x, Parameters);
            return estimator.Estimate(chain, f, rng);
        }

        // The mean square over the logits of each layer, summed over the layers; or over all parameters, of the batch's mean.
        internal double Variance(GradientEstimator estimator, bool ofParameters)
        {
            using var scope = torch.NewDisposeScope();
            var logits = new List<Tensor>();
            var surrogate = Estimate(estimator, logits).Surrogate;
            if (ofParameters)
            {
                var gradients = Autograd.Grad([surrogate.mean()], Parameters);
                return gradients.Sum(g => g.square().sum().Number()) / gradients.Sum(g => g.numel());
            }

            // The first law of each layer is that of the hard path.
            return Autograd.Grad([surrogate.sum()], [.. logits.Take(layers)]).Sum(g => g.square().mean().Number());
        }
    }
}
