using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Tests.Estimators;

public class LaxTests
{
    private const int Copies = 100_000;

    // f(z) = z^2 summed over two normal variables: d/dmu = 2 mu, d/dsigma = 2 sigma.
    private static readonly Objective F = Objective.Differentiable(z => z.square().sum(-1));

    [Fact]
    public void Estimate_ControlIsF_IsThePathwiseGradientDrawByDraw()
    {
        using var scope = torch.NewDisposeScope();
        var (location, scale) = Parameters();
        var (_, gradients) = Run(new Lax(new Control(z => z.square().sum(-1))), location, scale);
        using var rng = new Generator(3);
        var z = new Normal(location, scale).RSample([1], rng);
        var pathwise = Autograd.Grad([z.square().sum()], [location, scale]);
        for (var i = 0; i < 2; i++) (gradients[i] - pathwise[i]).abs().max().Number().ShouldBeLessThan(1e-9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Estimate_AnyControl_HasTheExactMean(bool network)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(8);
        var (location, scale) = Parameters();
        var weight = torch.randn([2, 5], torch.float64, generator: rng);
        var control = new Control(z => network ? z.MatMul(weight).tanh().sum(-1) : torch.full(z.shape[..^1], 3.0, torch.float64) + (0 * z.sum(-1)));
        var (_, gradients) = Run(new Lax(control), location, scale);
        foreach (var (gradient, parameter) in gradients.Zip([location, scale]))
        {
            var error = gradient.std([0], unbiased: true) / Math.Sqrt(Copies);
            ((gradient.mean([0L]) - (2 * parameter[0])).abs() / error).max().Number().ShouldBeLessThan(4.5);
        }
    }

    [Fact]
    public void TuningLoss_Weight_HasTheDerivativeOfTheMeanSquare()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(8);
        var (location, scale) = Parameters(copies: 20);
        var weight = torch.nn.Parameter(torch.randn([2], torch.float64, generator: rng));
        var lax = new Lax(new Control(z => z.MatMul(weight).tanh(), weight)) { Samples = 2 };
        lax.parameters().Single().ShouldBeSameAs(weight);
        double MeanSquare() => Run(lax, location, scale).Gradients.Sum(g => g.square().mean().Number());
        var slope = Autograd.Grad([Run(lax, location, scale).Estimate.TuningLoss!], [weight])[0].ToArray<double>();
        for (var i = 0; i < 2; i++)
        {
            double At(double shift)
            {
                using (torch.no_grad()) weight[i].add_(shift);
                var value = MeanSquare();
                using (torch.no_grad()) weight[i].sub_(shift);
                return value;
            }

            slope[i].ShouldBe((At(1e-5) - At(-1e-5)) / 2e-5, 1e-5 * (1 + Math.Abs(slope[i])));
        }
    }

    private static (Tensor Location, Tensor Scale) Parameters(int copies = Copies) => (
        torch.tensor([0.5, -1.0]).to(torch.float64).repeat([copies, 1]).requires_grad_(),
        torch.tensor([0.7, 1.3]).to(torch.float64).repeat([copies, 1]).requires_grad_());

    private static (Estimate Estimate, Tensor[] Gradients) Run(Lax lax, Tensor location, Tensor scale)
    {
        using var rng = new Generator(3);
        var estimate = lax.Estimate(new Normal(location, scale), [location, scale], F, rng);
        estimate.Surrogate.shape.ShouldBe([location.size(0)]);
        return (estimate, Autograd.Grad([estimate.Surrogate.sum()], [location, scale], retainGraph: true));
    }

    private sealed class Control : torch.nn.Module<Tensor, Tensor>
    {
        private readonly Func<Tensor, Tensor> c;

        internal Control(Func<Tensor, Tensor> c, Tensor? weight = null)
        : base(nameof(Control))
        {
            this.c = c;
            if (weight is not null) this.AddParameter("weight", weight);
        }

        public override Tensor forward(Tensor input) => c(input);
    }
}
