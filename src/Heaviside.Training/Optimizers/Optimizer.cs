using System.Numerics;

namespace Heaviside.Optimizers;

/// <summary>Changes parameters along the gradients that a backward pass left in them.</summary>
/// <remarks>
/// Contiguous float32 and float64 parameters in CPU memory are updated by one vectorized pass without allocation;
/// all others by tensor operators. A parameter without a gradient is left alone, and its step is not counted.
/// The learning rate may be set before every step; it is not part of the state.
/// </remarks>
/// <example><code>
/// using var optimizer = torch.optim.Adam(model.parameters(), lr: 1e-3);
/// optimizer.zero_grad();
/// loss.backward();
/// optimizer.step();
/// </code></example>
public abstract unsafe class Optimizer : IDisposable
{
    private Slot[]? slots;

    /// <summary>An optimizer of the parameters of some groups.</summary>
    /// <exception cref="ArgumentException">No parameters, one of them twice, or one that is computed or records no gradient.</exception>
    protected Optimizer(IEnumerable<ParameterGroup> groups, double lr)
    {
        param_groups = [.. groups];
        learning_rate = lr;
        var seen = new HashSet<nint>();
        foreach (var parameter in param_groups.SelectMany(g => g.parameters))
        {
            if (!parameter.is_leaf || !parameter.requires_grad) throw new ArgumentException("parameters: expected leaves that require gradients, got another tensor");
            if (!seen.Add(parameter.Handle)) throw new ArgumentException("parameters: expected each tensor once, got one of them twice");
        }

        if (seen.Count == 0) throw new ArgumentException("parameters: expected at least one, got none");
    }

    /// <summary>The groups, in the order given.</summary>
    public IReadOnlyList<ParameterGroup> param_groups { get; }

    /// <summary>The step size of every group, before its factor; finite and at least 0.</summary>
    public double learning_rate
    {
        get;
        set => field = Require(value, value >= 0 && double.IsFinite(value), "finite and at least 0", nameof(learning_rate));
    }

    /// <summary>How strongly parameters are pulled to zero; at least 0, default 0 unless the optimizer says otherwise.</summary>
    public double weight_decay
    {
        get;
        init => field = Require(value, value >= 0 && double.IsFinite(value), "finite and at least 0", nameof(weight_decay));
    }

    /// <summary>The names of the tensors, each of the parameter's shape and zero at first, that are kept for every parameter; at most two.</summary>
    protected abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>Updates every parameter that has a gradient.</summary>
    public void step()
    {
        using var _ = torch.no_grad();
        foreach (var slot in Slots())
        {
            using var gradient = slot.Parameter.grad;
            if (gradient is not null) Step(slot, gradient);
        }
    }

    /// <summary>Forgets the gradients of all parameters.</summary>
    public void zero_grad()
    {
        foreach (var group in param_groups)
            foreach (var parameter in group.parameters)
                parameter.grad = null;
    }

    /// <summary>What <see cref="load_state_dict"/> continues from bit for bit: the tensors themselves, not copies.</summary>
    /// <returns><c>3.step</c>, <c>3.exp_avg</c>, ...: the parameters are numbered through all groups.</returns>
    public IReadOnlyDictionary<string, Tensor> state_dict()
    {
        var state = new Dictionary<string, Tensor>();
        foreach (var (index, slot) in Slots().Index())
        {
            state[$"{index}.step"] = slot.Count;
            for (var k = 0; k < slot.State.Length; k++) state[$"{index}.{StateNames[k]}"] = slot.State[k];
        }

        return state;
    }

    /// <summary>Copies a state that <see cref="state_dict"/> gave for parameters of the same shapes.</summary>
    /// <exception cref="ArgumentException">A name is missing or unknown, or a shape differs; nothing is changed then.</exception>
    public void load_state_dict(IReadOnlyDictionary<string, Tensor> state) => Modules.Load(state_dict(), state, GetType().Name);

    /// <summary>Disposes the state; the parameters stay.</summary>
    public void Dispose()
    {
        foreach (var slot in slots ?? [])
        {
            slot.Count.Dispose();
            foreach (var tensor in slot.State) tensor.Dispose();
        }

        slots = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Updates one parameter with tensor operators, on any device; gradients are not recorded.</summary>
    /// <param name="parameter">Changed in place.</param>
    /// <param name="gradient">Of the parameter's shape; not to be changed.</param>
    /// <param name="state">The tensors that <see cref="StateNames"/> names, changed in place.</param>
    /// <param name="step">The numbers of this step.</param>
    protected abstract void Update(Tensor parameter, Tensor gradient, IReadOnlyList<Tensor> state, OptimizerStep step);

    /// <summary>Does what <see cref="Update"/> does in one pass over memory; false if there is no such pass.</summary>
    private protected virtual bool TryFuse<T>(in Elements<T> elements, OptimizerStep step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => false;

    internal static double Require(double value, bool valid, string expected, string name) =>
        valid ? value : throw new ArgumentOutOfRangeException(name, value, $"{name}: expected {expected}");

    // Made at the first need, not in the constructor: StateNames may depend on init properties,
    // and a module may move to its device in between.
    private Slot[] Slots()
    {
        if (slots is not null) return slots;
        using var _ = torch.no_grad();
        return slots =
        [
            .. from g in param_groups
               from p in g.parameters
               select new Slot(
                   p, g, torch.zeros([], ScalarType.Int64).DetachFromDisposeScope(),
                   [.. StateNames.Select(_ => p.zeros_like().DetachFromDisposeScope())])
        ];
    }

    private void Step(Slot slot, Tensor gradient)
    {
        if (gradient.numel() != slot.Parameter.numel())
            throw new InvalidOperationException($"grad: expected the parameter's shape [{string.Join(", ", slot.Parameter.shape)}], got [{string.Join(", ", gradient.shape)}]");
        var step = new OptimizerStep(
            ++slot.Count.AsSpan<long>()[0], learning_rate * slot.Group.lr_factor, slot.Group.weight_decay ?? weight_decay);
        if (Fused<float>(slot, gradient, step) || Fused<double>(slot, gradient, step)) return;
        using var scope = torch.NewDisposeScope();
        Update(slot.Parameter, gradient, slot.State, step);
    }

    private bool Fused<T>(Slot slot, Tensor gradient, OptimizerStep step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!IsPlain<T>(slot.Parameter) || !IsPlain<T>(gradient) || !slot.State.All(IsPlain<T>)) return false;
        fixed (T* parameter = slot.Parameter.AsSpan<T>(), g = gradient.AsSpan<T>(), first = State<T>(slot, 0), second = State<T>(slot, 1))
            return TryFuse(new Elements<T>(parameter, g, first, second, (nint)slot.Parameter.numel()), step);
    }

    private static Span<T> State<T>(Slot slot, int index)
        where T : unmanaged => index < slot.State.Length ? slot.State[index].AsSpan<T>() : default;

    private static bool IsPlain<T>(Tensor tensor)
        where T : unmanaged =>
        tensor.dtype == Memory.TypeOf<T>() && tensor.device_type == DeviceType.CPU && tensor.is_contiguous();

    private sealed record Slot(Tensor Parameter, ParameterGroup Group, Tensor Count, Tensor[] State);
}
