namespace Aborts.Tests.Cases;

/// <summary>Gradients that cannot be computed: through the library and through TorchSharp's own <c>backward</c>.</summary>
internal static class GradientMistakes
{
    internal static IReadOnlyList<Mistake> All { get; } =
    [
        new("grad: an unused input", () => Autograd.Grad([Leaf().sum()], [Leaf()]), "InvalidOperationException", "no output depends on an input"),
        new("grad: an input without gradient", () => Autograd.Grad([Leaf().sum()], [torch.ones(2)])),
        new("grad: an output without gradient", () => Autograd.Grad([torch.ones(2).sum()], [Leaf()])),
        new("grad: an output of many elements", () => Autograd.Grad([Leaf() * 2], [Leaf()]), "scalar"),
        new("grad: weights of another shape", () => Weights(torch.ones(3)), "[3]", "[2]"),
        new("grad: too few weights", () => Weights()),
        new("grad: a freed graph", Freed, "second time"),
        new("grad: a graph that was changed in place", () => Changed(x => x.exp()), "modified by an inplace operation"),
        new("grad: an anomaly", () => Anomaly((y, x) => Autograd.Grad([y], [x])), "nan"),
        new("backward: an anomaly", () => Anomaly((y, _) => y.backward()), "nan"),
        new("function: its backward pass throws", () => Own(new Failing(), x => x), "KeyNotFoundException", "planted"),
        new("function: its backward pass throws at a number", () => Own(new Failing(), x => x.sum()), "KeyNotFoundException", "planted"),
        new("function: its backward pass throws at one element", () => Own(new Failing(), x => x.sum().reshape(1)), "KeyNotFoundException", "planted"),
        new("function: TorchSharp's backward", () => new Failing().Apply(Leaf())[0].sum().backward(), "ExternalException"),
        new("function: TorchSharp's backward at a number", () => new Failing().Apply(Leaf().sum())[0].backward(), "ExternalException"),
        new("function: TorchSharp's backward at one element", () => new Failing().Apply(Leaf().sum().reshape(1))[0].sum().backward(), "ExternalException"),
        new("function: under anomaly detection", UnderAnomalyDetection, "planted"),
        new("function: its forward pass throws", () => new Failing { Forwards = false }.Apply(Leaf()), "planted"),
        new("function: no gradient for its input", () => Own(new Failing { Gradients = _ => [] }, x => x), "Failing.Backward", "1 gradients, got 0"),
        new("function: a gradient of another shape", () => Own(new Failing { Gradients = _ => [torch.ones(7)] }, x => x), "[7]", "[2]"),
        new("function: a gradient that is gone", () => Own(new Failing { Gradients = _ => [Gone()] }, x => x)),
        new("function: a saved input was changed in place", () => Changed(x => new Failing { Gradients = g => [g] }.Apply(x)[0]), "modified by an inplace operation"),
        new("function: a saved input was changed, TorchSharp's backward", ChangedThenBackward, "ExternalException"),
    ];

    internal static Tensor Leaf() => torch.ones(2).requires_grad_();

    private static void Own(Function function, Func<Tensor, Tensor> input)
    {
        var x = Leaf();
        Autograd.Grad([function.Apply(input(x))[0].sum()], [x]);
    }

    private static void Weights(params Tensor[] weights)
    {
        var x = Leaf();
        Autograd.Grad([x * 2], [x], weights);
    }

    private static void Freed()
    {
        var x = Leaf();
        var y = x.exp().sum();
        Autograd.Grad([y], [x]);
        Autograd.Grad([y], [x]);
    }

    private static void Changed(Func<Tensor, Tensor> of)
    {
        var x = Leaf();
        var middle = x * 2;
        var y = of(middle);
        if (y.Handle != middle.Handle) middle.add_(1);
        y.add_(1);
        Autograd.Grad([y.sum()], [x]);
    }

    private static void ChangedThenBackward()
    {
        var middle = Leaf() * 2;
        var y = new Failing { Gradients = g => [g] }.Apply(middle)[0];
        middle.add_(1);
        y.sum().backward();
    }

    private static void Anomaly(Action<Tensor, Tensor> differentiate)
    {
        using var _ = torch.autograd.detect_anomaly();
        var x = Leaf();
        differentiate((x * 0).sqrt().mul(0).sum(), x);
    }

    private static void UnderAnomalyDetection()
    {
        using var _ = torch.autograd.detect_anomaly();
        Own(new Failing(), x => x);
    }

    private static Tensor Gone()
    {
        var result = torch.ones(2);
        result.Dispose();
        return result;
    }

    /// <summary>The identity, whose backward pass is planted.</summary>
    private sealed class Failing : Function
    {
        public bool Forwards { get; init; } = true;

        public Func<Tensor, Tensor?[]> Gradients { get; init; } = _ => throw new KeyNotFoundException("planted");

        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
        {
            if (!Forwards) throw new KeyNotFoundException("planted");
            context.SaveForBackward(inputs[0]);
            return [inputs[0].clone()];
        }

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) => Gradients(gradients[0]!);
    }
}
