using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Heaviside.Torch;

/// <summary>A part of a network: parameters that are learned, buffers that are kept, and smaller modules.</summary>
/// <remarks>Call <see cref="register_parameter"/> and <see cref="register_buffer"/> for tensors, and
/// <see cref="RegisterComponents"/> at the end of the constructor for modules held in fields.</remarks>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields)]
public abstract class Module : IDisposable
{
    private readonly List<(string Name, Tensor Tensor)> ownParameters = [];
    private readonly List<(string Name, Tensor Tensor)> ownBuffers = [];
    private readonly List<(string Name, Module Module)> ownModules = [];

    /// <summary>Whether the module is in training mode, which dropout and batch norm ask.</summary>
    public bool training { get; private set; } = true;

    /// <summary>The parameters of this module and of all below it, with their dotted names; a shared one comes once.</summary>
    public IEnumerable<(string name, Tensor parameter)> named_parameters() => Walk("", m => m.ownParameters).DistinctBy(p => p.Tensor);

    /// <summary>The buffers of this module and of all below it, with their dotted names; a shared one comes once.</summary>
    public IEnumerable<(string name, Tensor buffer)> named_buffers() => Walk("", m => m.ownBuffers).DistinctBy(b => b.Tensor);

    /// <summary>The parameters of this module and of all below it.</summary>
    public IEnumerable<Tensor> parameters() => named_parameters().Select(p => p.parameter);

    /// <summary>The buffers of this module and of all below it.</summary>
    public IEnumerable<Tensor> buffers() => named_buffers().Select(b => b.buffer);

    /// <summary>The modules directly below this one.</summary>
    public IEnumerable<(string name, Module module)> named_children() => ownModules;

    /// <summary>This module and all below it.</summary>
    public IEnumerable<Module> modules() => ownModules.SelectMany(m => m.Module.modules()).Prepend(this);

    /// <summary>Sets training mode here and below.</summary>
    public Module train(bool on = true)
    {
        foreach (var module in modules()) module.training = on;
        return this;
    }

    /// <summary>Sets evaluation mode here and below.</summary>
    public Module eval() => train(false);

    /// <summary>Moves parameters and buffers to a device; the tensor objects stay the same.</summary>
    public Module to(Device device) => Replace(t => t.to(device));

    /// <summary>Converts floating-point parameters and buffers; the tensor objects stay the same.</summary>
    public Module to(ScalarType type) => Replace(t => IsFloatingPoint(t.dtype) ? t.to(type) : t.alias());

    /// <summary>Forgets all gradients.</summary>
    public void zero_grad()
    {
        foreach (var parameter in parameters()) parameter.grad = null;
    }

    /// <summary>Parameters and buffers by dotted name: the tensors themselves, not copies; a shared one under each of its names.</summary>
    public IReadOnlyDictionary<string, Tensor> state_dict() =>
        Walk("", m => m.ownParameters.Concat(m.ownBuffers)).ToDictionary(e => e.Name, e => e.Tensor);

    /// <summary>Copies values into the parameters and buffers of the same names.</summary>
    /// <exception cref="ArgumentException">A name is missing or unknown, or a shape differs; nothing is changed then.</exception>
    public void load_state_dict(IReadOnlyDictionary<string, Tensor> state) => StateDict.Load(state_dict(), state, GetType().Name);

    /// <summary>Disposes the parameters and buffers here and below.</summary>
    public void Dispose()
    {
        foreach (var (_, tensor) in ownParameters.Concat(ownBuffers)) tensor.Dispose();
        foreach (var (_, module) in ownModules) module.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a tensor a learned parameter of this module.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the tensor was computed from others that require gradients.</exception>
    protected Tensor register_parameter(string name, Tensor tensor)
    {
        RequireNew(name);
        if (!tensor.is_leaf) throw new ArgumentException($"tensor: '{name}' was computed from others that require gradients; detach it");
        ownParameters.Add((name, tensor.DetachFromDisposeScope().requires_grad_()));
        return tensor;
    }

    /// <summary>Makes a tensor part of the module's state without learning it.</summary>
    protected Tensor register_buffer(string name, Tensor tensor)
    {
        RequireNew(name);
        ownBuffers.Add((name, tensor.DetachFromDisposeScope()));
        return tensor;
    }

    /// <summary>Makes a module part of this one.</summary>
    protected TModule register_module<TModule>(string name, TModule module)
        where TModule : Module
    {
        RequireNew(name);
        ownModules.Add((name, module));
        return module;
    }

    /// <summary>Registers every module that a field of this class holds, under the field's name.</summary>
    protected void RegisterComponents()
    {
        const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var field in GetType().GetFields(Fields))
            if (field.GetValue(this) is Module module && !ownModules.Any(m => ReferenceEquals(m.Module, module)))
                register_module(FieldName(field.Name), module);
    }

    // A property's hidden field is named <Name>k__BackingField.
    private static string FieldName(string name) => name is ['<', ..] ? name[1..name.IndexOf('>')] : name;

    private void RequireNew(string name)
    {
        if (name.Length == 0 || name.Contains('.')) throw new ArgumentException($"name: '{name}' must be a word without dots");
        if (ownParameters.Any(p => p.Name == name) || ownBuffers.Any(b => b.Name == name) || ownModules.Any(m => m.Name == name))
            throw new ArgumentException($"name: {GetType().Name} has '{name}' already");
    }

    private static bool IsFloatingPoint(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    private IEnumerable<(string Name, Tensor Tensor)> Walk(string prefix, Func<Module, IEnumerable<(string Name, Tensor Tensor)>> own)
    {
        foreach (var (name, tensor) in own(this)) yield return (prefix + name, tensor);
        foreach (var (name, module) in ownModules)
            foreach (var entry in module.Walk($"{prefix}{name}.", own))
                yield return entry;
    }

    private Module Replace(Func<Tensor, Tensor> convert)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var tensor in parameters().Concat(buffers()))
        {
            tensor.set_data(convert(tensor));
            if (tensor.grad is { } gradient) tensor.grad = convert(gradient);
        }

        return this;
    }
}
