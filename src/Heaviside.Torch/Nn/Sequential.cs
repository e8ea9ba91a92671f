namespace Heaviside.Torch;

/// <summary>Modules one after the other; what lies between them is disposed as soon as it has been used.</summary>
public sealed class Sequential : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor>[] steps;

    /// <summary>Modules with the names 0, 1, 2, ...</summary>
    public Sequential(params Module<Tensor, Tensor>[] modules)
        : this([.. modules.Select((module, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), module))])
    {
    }

    /// <summary>Modules with names of their own.</summary>
    public Sequential(params (string name, Module<Tensor, Tensor> module)[] modules) =>
        steps = [.. modules.Select(m => register_module(m.name, m.module))];

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var result = input.alias(); // so that the result is never the input's object, not even of no modules
        foreach (var step in steps) result = step.forward(result);
        return scope.MoveToOuter(result);
    }
}
