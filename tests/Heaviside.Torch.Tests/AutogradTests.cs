using System.Runtime.CompilerServices;

namespace Heaviside.Torch.Tests;

public sealed class AutogradTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Function_OneInput_GivesItsOwnGradient()
    {
        var x = Leaf(1, 2, 3);
        new Square().Apply(x)[0].sum().backward();
        x.grad!.ToArray<double>().ShouldBe([2, 4, 6]);
    }

    [Fact]
    public void Function_DifferentiatedTwice_GivesTheSecondDerivative()
    {
        var x = Leaf(1, 2, 3);
        var first = torch.autograd.grad([(new Square().Apply(x)[0] * x).sum()], [x], create_graph: true)[0]; // 3 x^2
        var second = torch.autograd.grad([first.sum()], [x])[0];
        second.ToArray<double>().ShouldBe([6, 12, 18]);
    }

    [Fact]
    public void Function_SeveralInputsAndOutputs_PassesEachItsGradient()
    {
        var (a, b) = (Leaf(2, 3), Leaf(5, 7));
        var outputs = new SumAndProduct().Apply(a, b);
        (outputs[0] * 10 + outputs[1]).sum().backward();
        a.grad!.ToArray<double>().ShouldBe([15, 17]);
        b.grad!.ToArray<double>().ShouldBe([12, 13]);
    }

    [Fact]
    public void Function_OutputThatPlaysNoPart_GetsANullGradient()
    {
        var (a, b) = (Leaf(2, 3), Leaf(5, 7));
        new SumAndProduct().Apply(a, b)[1].sum().backward();
        a.grad!.ToArray<double>().ShouldBe([5, 7]);
    }

    [Fact]
    public void Function_InputThatNeedsNoGradient_GetsNone()
    {
        var (a, b) = (Leaf(2, 3), torch.tensor([5.0, 7]));
        new SumAndProduct().Apply(a, b)[1].sum().backward();
        a.grad!.ToArray<double>().ShouldBe([5, 7]);
        b.grad.ShouldBeNull();
    }

    [Fact]
    public void Function_SavedOutput_IsThereInBackward()
    {
        var x = Leaf(0, 1);
        new Exp().Apply(x)[0].sum().backward();
        x.grad!.ToArray<double>().ShouldBe([1, Math.E], 1e-15);
    }

    [Fact]
    public void Function_SavedOutput_IsNotKeptAliveByItself()
    {
        var collected = Enumerable.Range(0, 3).Select(_ => Abandon()).ToArray();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        collected.Count(w => w.IsAlive).ShouldBeLessThan(3); // one may stay in a register

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Abandon()
        {
            using var inner = torch.NewDisposeScope();
            var function = new Exp();
            function.Apply(Leaf(1, 2));
            return new WeakReference(function);
        }
    }

    [Fact]
    public void Function_InputReturnedAsOutput_StaysALeaf()
    {
        var x = Leaf(1, 2);
        var y = new PassThrough().Apply(x)[0];
        y.sum().backward();
        x.is_leaf.ShouldBeTrue();
        x.grad!.ToArray<double>().ShouldBe([-1, -1]);
    }

    [Fact]
    public void Function_IndexOutput_CarriesNoGradient()
    {
        var x = Leaf(3, 1, 2);
        var outputs = new SortWithIndices().Apply(x);
        outputs[1].requires_grad.ShouldBeFalse();
        (outputs[0] * torch.tensor([1.0, 10, 100])).sum().backward();
        x.grad!.ToArray<double>().ShouldBe([100, 1, 10]);
    }

    [Fact]
    public void Function_BackwardPass_IsToldWhichGradientsAreWanted()
    {
        var function = new Needs();
        function.Apply(Leaf(1), torch.tensor([2.0]), Leaf(3))[0].backward();
        function.Seen.ShouldBe([true, false, true]);
    }

    [Fact]
    public void Function_WithoutGradientsRecorded_GivesAPlainTensor()
    {
        using var _ = torch.no_grad();
        new Square().Apply(Leaf(2))[0].requires_grad.ShouldBeFalse();
    }

    [Fact]
    public void Function_ExceptionInBackward_SurfacesWithItsText()
    {
        var loss = new Failing().Apply(Leaf(1))[0].sum();
        Should.Throw<TorchException>(() => loss.backward()).Message.ShouldContain("the estimator has no gradient here");
    }

    [Fact]
    public void Function_WrongNumberOfGradients_IsAnErrorThatNamesIt()
    {
        var loss = new TooFew().Apply(Leaf(1), Leaf(2))[0].sum();
        Should.Throw<TorchException>(() => loss.backward()).Message.ShouldContain("TooFew.Backward: expected 2 gradients, got 1");
    }

    [Fact]
    public void Backward_Twice_NeedsTheGraphRetained()
    {
        var x = Leaf(2);
        foreach (var loss in (Tensor[])[x.square().sum(), new Square().Apply(x)[0].sum()])
        {
            x.grad = null;
            loss.backward(retain_graph: true);
            loss.backward();
            x.grad!.item<double>().ShouldBe(8);
            Should.Throw<TorchException>(() => loss.backward()).Message.ShouldContain("second time");
        }
    }

    [Fact]
    public void Backward_OfSeveralElements_NeedsAGradient()
    {
        var x = Leaf(1, 2);
        Should.Throw<TorchException>(() => x.square().backward()).Message.ShouldStartWith("backward: ");
        x.square().backward(torch.tensor([1.0, 10]));
        x.grad!.ToArray<double>().ShouldBe([2, 40]);
    }

    [Fact]
    public void Grad_OfUnusedInput_IsNullOnlyIfAllowed()
    {
        var (x, y) = (Leaf(1), Leaf(2));
        var loss = x.square().sum();
        Should.Throw<TorchException>(() => torch.autograd.grad([loss], [x, y], retain_graph: true));
        var gradients = torch.autograd.grad_or_null([loss], [x, y]);
        gradients[0]!.item<double>().ShouldBe(2);
        gradients[1].ShouldBeNull();
        x.grad.ShouldBeNull();
    }

    [Fact]
    public void Detach_CutsTheGraphAndSharesMemory()
    {
        var x = Leaf(3);
        var cut = x.detach();
        cut.requires_grad.ShouldBeFalse();
        (x * cut).sum().backward();
        x.grad!.item<double>().ShouldBe(3);
        cut.fill_(7);
        x.item<double>().ShouldBe(7);
    }

    [Fact]
    public void NoGrad_Nested_RestoresWhatWasBefore()
    {
        torch.is_grad_enabled().ShouldBeTrue();
        using (torch.no_grad())
        {
            using (torch.enable_grad()) (Leaf(1) * 2).requires_grad.ShouldBeTrue();
            (Leaf(1) * 2).requires_grad.ShouldBeFalse();
        }

        torch.is_grad_enabled().ShouldBeTrue();
    }

    private static Tensor Leaf(params double[] values) => torch.tensor(values).requires_grad_();

    private sealed class Square : Function
    {
        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
        {
            context.SaveForBackward(inputs[0]);
            return [inputs[0] * inputs[0]];
        }

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) => [2 * context.Saved[0] * gradients[0]!];
    }

    private sealed class SumAndProduct : Function
    {
        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
        {
            context.SaveForBackward(inputs);
            return [inputs[0] + inputs[1], inputs[0] * inputs[1]];
        }

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
        {
            var (a, b) = (context.Saved[0], context.Saved[1]);
            var (da, db) = (gradients[1]! * b, gradients[1]! * a);
            return gradients[0] is { } sum ? [da + sum, db + sum] : [da, db];
        }
    }

    private sealed class Exp : Function
    {
        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
        {
            var output = inputs[0].exp();
            context.SaveForBackward(output);
            return [output];
        }

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) => [context.Saved[0] * gradients[0]!];
    }

    private sealed class PassThrough : Function
    {
        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => [inputs[0]];

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) => [-gradients[0]!];
    }

    private sealed class SortWithIndices : Function
    {
        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
        {
            var (values, indices) = inputs[0].sort();
            context.SaveForBackward(indices);
            return [values, indices];
        }

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) =>
            [torch.zeros_like(gradients[0]!).scatter(0, context.Saved[0], gradients[0]!)];
    }

    private sealed class Failing : Function
    {
        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => [inputs[0] * 2];

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) =>
            throw new InvalidOperationException("the estimator has no gradient here");
    }

    private sealed class Needs : Function
    {
        public bool[]? Seen { get; private set; }

        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => [inputs[0] * inputs[1] * inputs[2]];

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
        {
            Seen = [context.NeedsGradient(0), context.NeedsGradient(1), context.NeedsGradient(2)];
            return [gradients[0], null, gradients[0]];
        }
    }

    private sealed class TooFew : Function
    {
        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => [inputs[0] * inputs[1]];

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) => [gradients[0]];
    }
}
