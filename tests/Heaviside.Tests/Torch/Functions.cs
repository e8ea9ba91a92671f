namespace Heaviside.Tests.Torch;

/// <summary>exp(x), saving either its input or its output.</summary>
internal sealed class Exp(bool savesOutput) : Function
{
    public Exp Anew() => new(savesOutput);

    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var y = inputs[0].exp();
        context.SaveForBackward(savesOutput ? y : inputs[0]);
        return [y];
    }

    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) =>
        [gradients[0]! * (savesOutput ? context.Saved[0] : context.Saved[0].exp())];
}

/// <summary>x + y and y - x, which remembers what its backward pass was given.</summary>
internal sealed class SumAndDifference : Function
{
    /// <summary>Whether the gradient of each output was null.</summary>
    public bool[] Seen { get; private set; } = [];

    /// <summary>Whether the gradient of each input was wanted.</summary>
    public bool[] Needs { get; private set; } = [];

    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => [inputs[0] + inputs[1], inputs[1] - inputs[0]];

    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
    {
        Seen = [.. gradients.Select(g => g is null)];
        Needs = [context.NeedsGradient(0), context.NeedsGradient(1)];
        // The second input may be a multiple of the first: only its own part is asked for.
        return gradients[1] is { } difference ? [-difference, null] : [gradients[0], gradients[0]];
    }
}

/// <summary>The input itself, with five times its gradient.</summary>
internal sealed class PassOn : Function
{
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => [inputs[0]];

    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) => [gradients[0]! * 5];
}

/// <summary>The input's values, and no way back.</summary>
internal sealed class Broken : Function
{
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => [inputs[0].clone()];

    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) => throw new KeyNotFoundException("planted");
}

/// <summary>exp(x), whose backward pass runs another one.</summary>
internal sealed class Nested : Function
{
    public Function Inner { get; init; } = new Exp(true);

    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.SaveForBackward(inputs[0]);
        return [inputs[0].exp()];
    }

    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
    {
        using var _ = torch.enable_grad();
        var x = context.Saved[0].detach().requires_grad_();
        return [gradients[0]! * Autograd.Grad([Inner.Apply(x)[0].sum()], [x])[0]];
    }
}
