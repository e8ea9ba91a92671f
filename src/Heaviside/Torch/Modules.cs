namespace Heaviside.Torch;

/// <summary>Parts of modules, and their states as named tensors.</summary>
/// <remarks>TorchSharp loses what is registered inside a dispose scope, and broadcasts a state of another shape; these do not.</remarks>
internal static class Modules
{
    /// <summary>Makes a tensor, which it takes over, a learned parameter of a module.</summary>
    internal static Parameter AddParameter(this Module module, string name, Tensor value)
    {
        var parameter = value as Parameter ?? new Parameter(value);
        parameter.DetachFromDisposeScope();
        module.register_parameter(name, parameter);
        return parameter;
    }

    /// <summary>Makes a tensor part of a module's state without learning it.</summary>
    internal static Tensor AddBuffer(this Module module, string name, Tensor value)
    {
        module.register_buffer(name, value.DetachFromDisposeScope());
        return value;
    }

    /// <summary>Makes a module part of another.</summary>
    internal static TModule AddModule<TModule>(this Module module, string name, TModule part)
        where TModule : Module
    {
        module.register_module(name, part);
        return part;
    }

    /// <summary>The module itself and all below it, each once.</summary>
    internal static IEnumerable<Module> SelfAndModules(this Module module) => module.modules().Prepend(module).Distinct();

    /// <summary>Copies a state that <c>state_dict</c> gave for tensors of the same shapes.</summary>
    /// <exception cref="ArgumentException">A name is missing or unknown, or a shape differs; nothing is changed then.</exception>
    internal static void LoadState(this Module module, IReadOnlyDictionary<string, Tensor> state) => Load(module.state_dict(), state, module.GetName());

    /// <summary>Copies values into the tensors of the same names, after all names and shapes were found to agree.</summary>
    internal static void Load(IReadOnlyDictionary<string, Tensor> own, IReadOnlyDictionary<string, Tensor> state, string owner)
    {
        foreach (var name in own.Keys.Where(n => !state.ContainsKey(n))) throw new ArgumentException($"state: '{name}' is missing");
        foreach (var (name, value) in state)
        {
            if (!own.TryGetValue(name, out var target)) throw new ArgumentException($"state: '{name}' is not part of {owner}");
            if (!target.shape.SequenceEqual(value.shape)) throw new ArgumentException($"state: '{name}' has shape [{string.Join(", ", value.shape)}], expected [{string.Join(", ", target.shape)}]");
        }

        using var _ = torch.no_grad();
        foreach (var (name, target) in own) target.copy_(state[name]);
    }
}
