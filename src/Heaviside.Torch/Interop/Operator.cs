namespace Heaviside.Torch.Interop;

/// <summary>An ATen operator, found in libtorch the first time that it is called.</summary>
internal sealed unsafe class Operator(string name, string overload)
{
    // Enough for the longest tensor list that an operator returns (split, unbind).
    private const int MaxResults = 1024;

    [ThreadStatic] private static Action<string, Tensor>? observer;

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

    /// <summary>Calls an operator that returns a list of tensors, at most 1,024.</summary>
    internal Tensor[] TensorList(ReadOnlySpan<Arg> args)
    {
        var raw = stackalloc Arg[MaxResults];
        var list = new Tensor[Call(args, raw, MaxResults)];
        for (var i = 0; i < list.Length; i++) list[i] = Observed(Torch.Tensor.Own(raw[i].Pointer));
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
    internal static void Observe(Action<string, Tensor>? see) => observer = see;

    private Tensor Observed(Tensor result)
    {
        if (observer is not { } see || result is null) return result!;
        observer = null; // operators that the observer itself calls are not observed
        see(Name, result);
        observer = see;
        return result;
    }

    private int Call(ReadOnlySpan<Arg> args, Arg* results, int capacity)
    {
        int count;
        fixed (Arg* a = args) count = Native.hv_call(Handle, a, args.Length, results, capacity);
        return count >= 0 ? count : throw Native.Failure(Name);
    }
}
