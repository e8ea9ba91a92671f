namespace Heaviside.Tests.Torch;

/// <summary>Gradients that leave those of parameters alone.</summary>
public sealed class AutogradTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly Tensor x = torch.tensor(new[] { 1.0, -2.0, 3.0 }).requires_grad_();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void GradientsThatInputsHold_Stay()
    {
        x.grad = torch.tensor(new[] { 7.0, 8.0, 9.0 });
        var fresh = torch.zeros(3, ScalarType.Float64).requires_grad_();
        var gradients = Autograd.Grad([(x.square() + fresh).sum()], [x, fresh]);
        gradients[0].ToArray<double>().ShouldBe([2, -4, 6]);
        x.grad!.ToArray<double>().ShouldBe([7, 8, 9]);
        fresh.grad.ShouldBeNull();
    }

    [Fact]
    public void GradientsThatInputsHold_StayWhereThePassFails()
    {
        x.grad = torch.tensor(new[] { 7.0, 8.0, 9.0 });
        Should.Throw<System.Runtime.InteropServices.ExternalException>(() => Autograd.Grad([x * 2], [x]));
        x.grad!.ToArray<double>().ShouldBe([7, 8, 9]);
    }

    [Fact]
    public void OtherLeaves_GetNothing()
    {
        var other = torch.ones(3, ScalarType.Float64).requires_grad_();
        Autograd.Grad([(x * other).sum()], [x]);
        other.grad.ShouldBeNull();
    }

    [Fact]
    public void AnUnusedInput_IsNullOrAnError()
    {
        var unused = torch.ones(2).requires_grad_();
        Autograd.GradOrNull([x.sum()], [unused, x]).Select(g => g is null).ShouldBe([true, false]);
        Should.Throw<InvalidOperationException>(() => Autograd.Grad([x.sum()], [x, unused]));
    }

    [Fact]
    public void AnInputTwice_GetsItsGradientTwice()
    {
        var gradients = Autograd.Grad([(x * 3).sum()], [x, x]);
        gradients[0].ToArray<double>().ShouldBe([3, 3, 3]);
        gradients[1].ToArray<double>().ShouldBe([3, 3, 3]);
    }

    [Fact]
    public void WhatIsNoLeaf_HasAGradient_AgainAndAgain()
    {
        var middle = x * 2;
        var y = middle.square().sum();
        for (var i = 0; i < 3; i++)
        {
            Autograd.Grad([y], [middle], retainGraph: true)[0].ToArray<double>().ShouldBe([4, -8, 12]);
            middle.grad.ShouldBeNull();
        }

        y.backward(retain_graph: true); // leaves a gradient in what is no leaf
        Autograd.Grad([y], [middle])[0].ToArray<double>().ShouldBe([4, -8, 12]);
        middle.grad!.ToArray<double>().ShouldBe([4, -8, 12]);
    }

    [Fact]
    public void WeightedOutputs_AreSummed()
    {
        var weights = torch.tensor(new[] { 1.0, 10.0, 100.0 });
        Autograd.Grad([x * 2, x.sum()], [x], [weights, torch.ones([], ScalarType.Float64)])[0].ToArray<double>().ShouldBe([3, 21, 201]);
    }

    [Fact]
    public void GradientsOfGradients_AreDifferentiable()
    {
        var first = Autograd.Grad([x.pow(3).sum()], [x], createGraph: true)[0];
        var second = Autograd.Grad([first.sum()], [x], createGraph: true)[0];
        Autograd.Grad([second.sum()], [x])[0].ToArray<double>().ShouldBe([6, 6, 6]);
        x.grad.ShouldBeNull();
    }

    [Fact]
    public void AGradient_OutlivesTheScopeOfItsGraph()
    {
        Tensor gradient;
        using (var inner = torch.NewDisposeScope()) gradient = inner.MoveToOuter(Autograd.Grad([x.square().sum()], [x])[0]);
        gradient.ToArray<double>().ShouldBe([2, -4, 6]);
    }
}
