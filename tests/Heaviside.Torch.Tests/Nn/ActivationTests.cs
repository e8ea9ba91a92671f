using static Heaviside.Torch.Tests.Nn.Numbers;

namespace Heaviside.Torch.Tests.Nn;

public sealed class ActivationTests : IDisposable
{
    private static readonly double[] Points = [-50, -3, -1, -0.25, 0, 0.25, 1, 3, 19, 21, 50];

    private static readonly Dictionary<string, (Func<Activation> Create, Func<double, double> Formula)> Table = new()
    {
        ["ReLU"] = (torch.nn.ReLU, x => Math.Max(x, 0)),
        ["LeakyReLU"] = (() => torch.nn.LeakyReLU(0.2), x => x > 0 ? x : 0.2 * x),
        ["ELU"] = (() => torch.nn.ELU(1.5), x => x > 0 ? x : 1.5 * (Math.Exp(x) - 1)),
        ["SELU"] = (torch.nn.SELU, x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1))),
        ["GELU"] = (torch.nn.GELU, x => x * NormalDistribution(x)),
        ["SiLU"] = (torch.nn.SiLU, x => x / (1 + Math.Exp(-x))),
        ["Tanh"] = (torch.nn.Tanh, Math.Tanh),
        ["Sigmoid"] = (torch.nn.Sigmoid, x => 1 / (1 + Math.Exp(-x))),
        ["LogSigmoid"] = (torch.nn.LogSigmoid, x => Math.Min(x, 0) - Math.Log(1 + Math.Exp(-Math.Abs(x)))),
        ["Softplus"] = (() => torch.nn.Softplus(2, 30), x => 2 * x > 30 ? x : Math.Log(1 + Math.Exp(2 * x)) / 2),
    };

    private readonly DisposeScope scope = torch.NewDisposeScope();

    public static TheoryData<string> Names => [.. Table.Keys];

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_AtSmallAndLargePoints_FollowsTheFormula(string name)
    {
        using var activation = Table[name].Create();
        activation.forward(torch.tensor(Points)).ShouldBeNear(torch.tensor([.. Points.Select(Table[name].Formula)]), 1e-12);
        activation.ToString().ShouldBe(name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_AwayFromKinks_MatchesDifferences(string name)
    {
        using var activation = Table[name].Create();
        var x = torch.tensor([.. Points.Where(p => p is not 0)]);
        GradientsShouldMatchDifferences(() => Weighted(activation.forward(x)), x);
    }

    [Fact]
    public void Softmax_OfLargeLogits_SumsToOneAndMatchesItsLogarithm()
    {
        using var softmax = torch.nn.Softmax(-1);
        using var logarithm = torch.nn.LogSoftmax(-1);
        var logits = torch.tensor([50.0, 49, -50, 0.5, 1.5, 1], [2, 3]);
        var p = softmax.forward(logits);
        p.sum(-1).ShouldBeNear(torch.ones(2, torch.float64));
        (p[0, 0] / p[0, 1]).ShouldBeNear(torch.scalar(Math.E));
        logarithm.forward(logits).exp().ShouldBeNear(p);
        logarithm.forward(logits)[0, 2].item<double>().ShouldBe(-100 - Math.Log(1 + Math.Exp(-1)), 1e-12);
    }

    // Simpson's rule from 0 to x: independent of any error function.
    private static double NormalDistribution(double x)
    {
        const int N = 20_000;
        double Density(double t) => Math.Exp(-t * t / 2) / Math.Sqrt(2 * Math.PI);
        var h = Math.Clamp(x, -10, 10) / N;
        var sum = Density(0) + Density(h * N);
        for (var i = 1; i < N; i++) sum += Density(i * h) * (i % 2 == 1 ? 4 : 2);
        return 0.5 + sum * h / 3;
    }
}
