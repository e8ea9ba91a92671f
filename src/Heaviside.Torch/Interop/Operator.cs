namespace Heaviside.Torch.Interop;

/// <summary>An ATen operator, found in libtorch the first time that it is called.</summary>
internal sealed unsafe class Operator(string name, string overload)
{
    // Room on the stack for a list of results; longer lists go to the heap.
    private const int UsualResults = 64;

    [ThreadStatic] private static Action<string, Tensor>? observer;

    private readonly bool isUninitialized = name.StartsWith("aten::empty", StringComparison.Ordinal);
    private nint handle;

    internal nint Handle => handle != 0 ? handle : handle = Native.Check(Native.hv_op(name, overload), Name);

    internal string Name => overload.Length == 0 ? name : $"{name}.{overload}";

    /// <summary>Calls an operator that returns one tensor.</summary>
    internal Tensor Tensor(ReadOnlySpan<Arg> args)
    {
        Arg result;
        Call(args, &result, 1);
        return Observed(Torch.Tensor.Own(result.Pointer));
    }

    /// <summary>Calls an operator that returns a fixed number of tensors.</summary>
    internal void Tensors(ReadOnlySpan<Arg> args, Span<Tensor> results)
    {
        Span<Arg> raw = stackalloc Arg[results.Length];
        fixed (Arg* r = raw) Call(args, r, results.Length);
        for (var i = 0; i < results.Length; i++) results[i] = Observed(Torch.Tensor.Own(raw[i].Pointer));
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    internal Tensor[] TensorList(ReadOnlySpan<Arg> args)
    {
        Span<Arg> raw = stackalloc Arg[UsualResults];
        int count;
        fixed (Arg* r = raw) count = TryCall(args, r, UsualResults);
        if (count > UsualResults)
        {
            raw = new Arg[count];
            fixed (Arg* r = raw) Native.hv_take_results(r);
        }

        var list = new Tensor[count];
        for (var i = 0; i < count; i++) list[i] = Observed(Torch.Tensor.Own(raw[i].Pointer));
        return list;
    }

    /// <summary>Calls an operator that returns a number or a truth value.</summary>
    internal Arg Value(ReadOnlySpan<Arg> args)
    {
        Arg result;
        Call(args, &result, 1);
        return result;
    }

    /// <summary>Calls an operator that returns nothing.</summary>
    internal void Void(ReadOnlySpan<Arg> args) => Call(args, null, 0);

    /// <summary>Calls an operator that changes and returns its first argument.</summary>
    internal Tensor InPlace(Tensor self, ReadOnlySpan<Arg> args)
    {
        Arg result;
        Call(args, &result, 1);
        Native.hv_release_tensor(result.Pointer);
        return Observed(self);
    }

    /// <summary>Calls <paramref name="see"/> with the name and each result of the operators that this thread calls; null to stop.</summary>
    /// <returns>What was called so far.</returns>
    internal static Action<string, Tensor>? Observe(Action<string, Tensor>? see)
    {
        var before = observer;
        observer = see;
        return before;
    }

    /// <summary>Shows a result to the observer, if there is one.</summary>
    internal static void Report(string name, Tensor result)
    {
        if (Observe(null) is not { } see) return; // operators that the observer itself calls are not observed
        try
        {
            see(name, result);
        }
        finally
        {
            observer = see;
        }
    }

    private Tensor Observed(Tensor result)
    {
        if (observer is not null && !isUninitialized) Report(Name, result);
        return result;
    }

    private void Call(ReadOnlySpan<Arg> args, Arg* results, int expected)
    {
        var count = TryCall(args, results, expected);
        if (count == expected) return;
        Native.hv_take_results(null);
        throw new TorchException($"{Name}: expected {expected} results, got {count}");
    }

    private int TryCall(ReadOnlySpan<Arg> args, Arg* results, int capacity)
    {
        int count;
        fixed (Arg* a = args) count = Native.hv_call(Handle, a, args.Length, results, capacity);
        return count >= 0 ? count : throw Native.Failure(Name);
    }
}
