using System.Runtime.InteropServices;

namespace Heaviside.Tests.Torch;

/// <summary>Functions whose forward and backward passes are written in C#.</summary>
public sealed class FunctionTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly Tensor x;

    public FunctionTests()
    {
        using var rng = new Generator(1);
        x = torch.randn([4, 3], ScalarType.Float64, generator: rng).requires_grad_();
    }

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ValuesAndDerivatives_AreThoseOfPlainOperators(bool savesOutput)
    {
        var exp = new Exp(savesOutput);
        Tensor Own(Tensor t) => exp.Apply(t)[0];
        Own(x).IsSame(x.exp()).ShouldBeTrue();
        var (own, plain) = (Differentiate(Own), Differentiate(t => t.exp()));
        foreach (var (a, b) in own.Zip(plain)) (a - b).abs().max().Number().ShouldBeLessThan(1e-12);
    }

    [Fact]
    public void BackwardOfTorchSharp_LeavesTheSameGradient()
    {
        new Exp(true).Apply(x)[0].sum().backward();
        x.grad!.IsSame(x.detach().exp()).ShouldBeTrue();
    }

    [Fact]
    public void InputsThatAreNoLeaves_PassGradientsOn()
    {
        var gradient = Autograd.Grad([new Exp(true).Apply(new Exp(false).Apply(x * 2)[0])[0].sum()], [x])[0];
        (gradient - (2 * (2 * x).exp() * (2 * x).exp().exp())).abs().max().Number().ShouldBeLessThan(1e-9 * gradient.abs().max().Number());
    }

    [Fact]
    public void AnOutputThatPlaysNoPart_HasANullGradient()
    {
        var function = new SumAndDifference();
        var outputs = function.Apply(x, x * 2);
        Autograd.Grad([outputs[1].sum()], [x])[0].IsSame(torch.full_like(x, -1)).ShouldBeTrue();
        function.Seen.ShouldBe([true, false]);
    }

    [Fact]
    public void WhatNeedsNoGradient_IsToldSo()
    {
        var function = new SumAndDifference();
        Autograd.Grad([function.Apply(torch.ones_like(x), x)[0].sum()], [x]);
        function.Needs.ShouldBe([false, true]);
        function.Apply(torch.ones(2), torch.ones(2))[0].requires_grad.ShouldBeFalse();
        using (torch.no_grad()) function.Apply(x, x)[0].requires_grad.ShouldBeFalse();
    }

    [Fact]
    public void AnInputThatIsReturned_GetsAHistoryOfItsOwn()
    {
        var y = new PassOn().Apply(x)[0];
        Autograd.Grad([y.sum()], [x])[0].IsSame(torch.full_like(x, 5)).ShouldBeTrue();
        x.is_leaf.ShouldBeTrue();
        new PassOn().Apply(x.detach())[0].requires_grad.ShouldBeFalse();
    }

    // A gradient of a shape that is broadcast to the input's would hide the failure.
    [Theory]
    [InlineData(new long[0])]
    [InlineData(new long[] { 1 })]
    [InlineData(new long[] { 1, 1 })]
    [InlineData(new long[] { 3 })]
    [InlineData(new long[] { 65537 })]
    public void WhatTheBackwardPassThrows_ComesOut(long[] shape)
    {
        var input = torch.ones(shape).requires_grad_();
        Should.Throw<KeyNotFoundException>(() => Autograd.Grad([new Broken().Apply(input)[0].sum()], [input])).Message.ShouldBe("planted");
        Should.Throw<KeyNotFoundException>(() => Autograd.Backward(new Broken().Apply(input)[0].sum())).Message.ShouldBe("planted");
        Should.Throw<ExternalException>(() => new Broken().Apply(input)[0].sum().backward());
        input.grad.ShouldBeNull();
        Autograd.Grad([(input * 2).sum()], [input])[0].IsSame(torch.full_like(input, 2)).ShouldBeTrue(); // as if nothing had been
    }

    [Fact]
    public void ASavedInputThatWasChangedInPlace_IsAnError()
    {
        var middle = x * 1;
        var y = new Exp(false).Apply(middle)[0];
        middle.add_(1);
        Should.Throw<ExternalException>(() => Autograd.Grad([y.sum()], [x])).Message.ShouldContain("modified by an inplace operation");
    }

    [Fact]
    public void BackwardPasses_MayDifferentiateThemselves()
    {
        Autograd.Grad([new Nested().Apply(x)[0].sum()], [x])[0].IsSame(x.detach().exp()).ShouldBeTrue();
        Should.Throw<KeyNotFoundException>(() => Autograd.Grad([new Nested { Inner = new Broken() }.Apply(x)[0].sum()], [x]));
    }

    // In a scope, and with operators that make no Scalar: outside, TorchSharp itself lets the collector take what a native call still reads.
    [Fact]
    public void TwoThreadsAndTheCollector_DoNotDisturb()
    {
        using var done = new ManualResetEventSlim();
        var collector = new Thread(() => { while (!done.Wait(0)) { GC.Collect(); GC.WaitForPendingFinalizers(); } });
        collector.Start();
        var wrong = 0;
        Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, k =>
        {
            for (var i = 0; i < 200; i++)
            {
                using var inner = torch.NewDisposeScope();
                var input = new[] { 0.5 * k }.ToTensor([1]).requires_grad_();
                var gradient = Autograd.Grad([new Exp(i % 2 == 0).Apply(new Exp(true).Apply(input)[0])[0].sum()], [input])[0];
                if (Math.Abs(gradient.ToArray<double>()[0] - Math.Exp((0.5 * k) + Math.Exp(0.5 * k))) > 1e-9) Interlocked.Increment(ref wrong);
            }
        });
        done.Set();
        collector.Join();
        wrong.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Graphs_AreFreed(bool savesOutput)
    {
        var function = new Exp(savesOutput);
        List<WeakReference> graphs = [];
        for (var i = 0; i < 10; i++) Use(function, graphs, i % 2 == 0);
        for (var i = 0; i < 5 && graphs.Exists(g => g.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        graphs.Count(g => g.IsAlive).ShouldBe(0);
    }

    // What a graph holds of a function: the function itself, made anew each time.
    private void Use(Exp like, List<WeakReference> graphs, bool differentiated)
    {
        using var inner = torch.NewDisposeScope();
        var function = like.Anew();
        graphs.Add(new(function));
        var y = function.Apply(x)[0];
        if (differentiated) Autograd.Grad([y.sum()], [x]);
    }

    private Tensor[] Differentiate(Func<Tensor, Tensor> f)
    {
        var weights = torch.arange(12, ScalarType.Float64).reshape(4, 3);
        var first = Autograd.Grad([(f(x) * weights).sum()], [x], createGraph: true)[0];
        var second = Autograd.Grad([(first * weights).sum()], [x], createGraph: true)[0];
        return [first, second, Autograd.Grad([second.square().sum()], [x])[0]];
    }
}
