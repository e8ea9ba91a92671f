using static Heaviside.Torch.Tests.Nn.Numbers;
using F = Heaviside.Torch.torch.nn.functional;

namespace Heaviside.Torch.Tests.Nn;

public sealed class FunctionalTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();

    private delegate Tensor Loss(Tensor input, Tensor target, Reduction reduction);

    /// <summary>Each loss of one element, from input and target.</summary>
    private static readonly Dictionary<string, (Loss Loss, Func<double, double, double> Formula)> Table = new()
    {
        ["mse_loss"] = ((x, t, r) => F.mse_loss(x, t, r), (x, t) => (x - t) * (x - t)),
        ["l1_loss"] = ((x, t, r) => F.l1_loss(x, t, r), (x, t) => Math.Abs(x - t)),
        ["smooth_l1_loss"] = ((x, t, r) => F.smooth_l1_loss(x, t, 0.5, r), (x, t) => Math.Abs(x - t) is var d && d < 0.5 ? d * d : d - 0.25),
        ["huber_loss"] = ((x, t, r) => F.huber_loss(x, t, 0.5, r), (x, t) => Math.Abs(x - t) is var d && d < 0.5 ? d * d / 2 : 0.5 * (d - 0.25)),
        ["kl_div"] = ((x, t, r) => F.kl_div(x, t, reduction: r), (x, t) => t == 0 ? 0 : t * (Math.Log(t) - x)),
        ["binary_cross_entropy_with_logits"] = (
            (x, t, r) => F.binary_cross_entropy_with_logits(x, t, reduction: r),
            (x, t) => Math.Max(x, 0) - x * t + Math.Log(1 + Math.Exp(-Math.Abs(x)))),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_OfEachReduction_FollowsTheFormula(string name)
    {
        var (loss, formula) = Table[name];
        double[] inputs = [-50, -2.3, -0.4, 0.1, 1.2, 50];
        double[] targets = [0, 1, 0.3, 0.25, 0.9, 1];
        var expected = inputs.Zip(targets, formula).ToArray();
        var (x, t) = (torch.tensor(inputs, [2, 3]), torch.tensor(targets, [2, 3]));
        loss(x, t, Reduction.None).ShouldBeNear(torch.tensor(expected, [2, 3]));
        loss(x, t, Reduction.Sum).ShouldBeNear(torch.scalar(expected.Sum()));
        loss(x, t, Reduction.Mean).ShouldBeNear(torch.scalar(expected.Average()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_OfEachLoss_MatchesDifferences(string name)
    {
        var x = Wave(2, 3);
        var t = torch.tensor([0.1, 0.9, 0.3, 0.25, 0.7, 0.5], [2, 3]);
        GradientsShouldMatchDifferences(() => Table[name].Loss(x, t, Reduction.Mean), x);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_OfShapesThatWouldBroadcast_Fails(string name) =>
        Should.Throw<ArgumentException>(() => Table[name].Loss(torch.zeros([3, 2]), torch.zeros([3, 1]), Reduction.Mean))
            .Message.ShouldBe("target: expected shape [3, 2], as the input, got [3, 1]");

    [Fact]
    public void BinaryCrossEntropy_OfProbabilities_EqualsThatOfLogits()
    {
        var (logits, targets) = (Wave(3, 2), torch.tensor([0.0, 1, 0.5, 0.2, 1, 0], [3, 2]));
        F.binary_cross_entropy(logits.sigmoid(), targets).ShouldBeNear(F.binary_cross_entropy_with_logits(logits, targets));
        var weight = torch.tensor([1.0, 3.0]);
        F.binary_cross_entropy_with_logits(logits, targets, weight, reduction: Reduction.None)
            .ShouldBeNear(weight * F.binary_cross_entropy_with_logits(logits, targets, reduction: Reduction.None));
    }

    [Fact]
    public void CrossEntropy_OfClasses_IsMinusTheirLogProbability()
    {
        var logits = Wave(4, 3);
        long[] classes = [2, 0, 1, 2];
        var expected = logits.logsumexp(-1) - logits.gather(1, torch.tensor(classes, [4, 1])).squeeze(1);
        var target = torch.tensor(classes);
        F.cross_entropy(logits, target, reduction: Reduction.None).ShouldBeNear(expected);
        F.cross_entropy(logits, target).ShouldBeNear(expected.mean());
        F.nll_loss(logits.log_softmax(1), target, reduction: Reduction.Sum).ShouldBeNear(expected.sum());
        F.cross_entropy(logits, target, ignore_index: 2).ShouldBeNear((expected[1] + expected[2]) / 2);
        F.cross_entropy(logits, target, label_smoothing: 0.3, reduction: Reduction.None)
            .ShouldBeNear(0.7 * expected - 0.3 * logits.log_softmax(1).mean(1));
        GradientsShouldMatchDifferences(() => F.cross_entropy(logits, target, torch.tensor([0.5, 1, 2])), logits);
    }

    [Fact]
    public void CrossEntropy_OfWrongShapes_FailsInOneLine()
    {
        var message = Should.Throw<TorchException>(() => F.cross_entropy(torch.zeros([4, 3]), torch.zeros(5, torch.int64))).Message;
        message.ShouldStartWith("aten::cross_entropy_loss: ");
        message.ShouldNotContain('\n');
    }

    [Fact]
    public void KlDiv_OfLogTargets_EqualsThatOfTargets()
    {
        var (p, q) = (Wave(2, 3).log_softmax(1), Wave(3, 2).reshape([2, 3]).square().log_softmax(1));
        F.kl_div(q, p, log_target: true, Reduction.Sum).ShouldBeNear(F.kl_div(q, p.exp(), reduction: Reduction.Sum));
    }
}
