namespace Heaviside.Torch.Tests;

/// <summary>What <see cref="torch.observe_operators"/> shows and what it leaves out.</summary>
public sealed class ObserverTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Function_ThatFillsItsOutputByHand_IsTheFirstToShowANaN()
    {
        var x = torch.ones([3]);
        var seen = Observe(() => (new FilledByHand(float.NaN).Apply(x + 1)[0] * 2).sum());
        seen.Select(s => s.Name).ShouldBe(["aten::add.Scalar", nameof(FilledByHand), "aten::mul.Scalar", "aten::sum"]);
        seen.First(s => s.HasNaN).Name.ShouldBe(nameof(FilledByHand));
    }

    [Fact]
    public void Function_BackwardPass_ShowsItsGradients()
    {
        var loss = new FilledByHand(1).Apply(torch.ones([3]).requires_grad_())[0].sum();
        var seen = Observe(() => loss.backward());
        seen.ShouldBe([("FilledByHand.Backward", true)]);
    }

    [Fact]
    public void Function_ThatThrows_LeavesTheObserverInPlace() => Observe(() =>
    {
        Should.Throw<TorchException>(() => new Throwing().Apply(torch.ones([2, 3])));
        torch.ones([1]);
    }).ShouldBe([("aten::ones", false), ("aten::ones", false)]);

    [Fact]
    public void Memory_ThatNobodyWroteYet_IsNotShown() => Observe(() =>
    {
        var x = torch.empty([1000]);
        torch.empty_like(x).fill_(1);
    }).ShouldBe([("aten::fill_.Scalar", false)]);

    [Fact]
    public void ToString_DisposesWhatItMakes()
    {
        var x = torch.tensor([1f, 2]);
        var made = new List<Tensor>();
        torch.observe_operators((_, t) => made.Add(t), () => x.ToString().ShouldContain("[1, 2]"));
        made.ShouldNotBeEmpty();
        made.Where(t => t.ToString() != "Tensor (disposed)").ShouldBeEmpty();
    }

    private static List<(string Name, bool HasNaN)> Observe(Action body)
    {
        var seen = new List<(string, bool)>();
        torch.observe_operators((name, t) => seen.Add((name, t.isnan().any().item<bool>())), body);
        return seen;
    }

    /// <summary>Writes into memory that libtorch allocated; in its backward pass a NaN.</summary>
    private sealed class FilledByHand(float value) : Function
    {
        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => [Filled(inputs[0].shape, value)];

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) => [Filled(gradients[0]!.shape, float.NaN)];

        private static Tensor Filled(long[] shape, float value)
        {
            var result = torch.zeros(shape); // an operator that must not be shown
            result.AsSpan<float>().Fill(value);
            return result;
        }
    }

    private sealed class Throwing : Function
    {
        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => [inputs[0].mm(inputs[0])];

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) => gradients;
    }
}
