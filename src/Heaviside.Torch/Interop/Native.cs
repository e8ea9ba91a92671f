using System.Runtime.InteropServices;

namespace Heaviside.Torch.Interop;

/// <summary>The shim's C functions, as <c>native/heaviside.h</c> declares them.</summary>
internal static unsafe partial class Native
{
    internal const string Library = "heaviside_torch";

    static Native() => Startup.Initialize();

    [LibraryImport(Library)] internal static partial nint hv_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint hv_op(string name, string overload);
    [LibraryImport(Library)] internal static partial int hv_call(nint op, Arg* args, int n, Arg* results, int capacity);
    [LibraryImport(Library)] internal static partial void hv_take_results(Arg* results);
    [LibraryImport(Library)] internal static partial long hv_schemas(byte* buffer, long capacity);

    [LibraryImport(Library)] internal static partial void hv_release_tensor(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial nint hv_retain_tensor(nint tensor);
    [LibraryImport(Library)] internal static partial nint hv_from_memory(void* data, long* shape, int dims, int dtype, long device);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int hv_dim(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int hv_shape(nint tensor, long* shape, int capacity);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int hv_strides(nint tensor, long* strides, int capacity);
    [LibraryImport(Library)] internal static partial int hv_dtype(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long hv_device(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long hv_numel(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int hv_is_contiguous(nint tensor);
    [LibraryImport(Library)] internal static partial void* hv_data(nint tensor);
    [LibraryImport(Library)] internal static partial int hv_bump_version(nint tensor);

    [LibraryImport(Library), SuppressGCTransition] internal static partial int hv_requires_grad(nint tensor);
    [LibraryImport(Library)] internal static partial int hv_set_requires_grad(nint tensor, int on);
    [LibraryImport(Library)] internal static partial int hv_is_leaf(nint tensor);
    [LibraryImport(Library)] internal static partial nint hv_get_grad(nint tensor);
    [LibraryImport(Library)] internal static partial int hv_set_grad(nint tensor, nint grad);
    [LibraryImport(Library)] internal static partial int hv_backward(nint* tensors, int n, nint* grads, int retainGraph, int createGraph);
    [LibraryImport(Library)] internal static partial int hv_grad(nint* outputs, int n, nint* inputs, int m, nint* gradOutputs, int retainGraph, int createGraph, int allowUnused, nint* results);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int hv_grad_mode();
    [LibraryImport(Library), SuppressGCTransition] internal static partial void hv_set_grad_mode(int on);

    [LibraryImport(Library)]
    internal static partial int hv_attach(
        nint* inputs, int m, nint* outputs, int n, nint* saved, int s, nint context,
        delegate* unmanaged<nint, nint*, int, nint*, int, nint*, int, byte*> backward, delegate* unmanaged<nint, void> drop);

    [LibraryImport(Library)] internal static partial nint hv_generator(long device, ulong seed);
    [LibraryImport(Library)] internal static partial void hv_release_generator(nint generator);
    [LibraryImport(Library)] internal static partial int hv_generator_seed(nint generator, ulong seed);
    [LibraryImport(Library)] internal static partial nint hv_generator_state(nint generator);
    [LibraryImport(Library)] internal static partial int hv_generator_restore(nint generator, nint state);

    [LibraryImport(Library)] internal static partial int hv_threads();
    [LibraryImport(Library)] internal static partial int hv_set_threads(int n);
    [LibraryImport(Library)] internal static partial int hv_device_count(int type);
    [LibraryImport(Library)] internal static partial nint hv_version();
    [LibraryImport(Library)] internal static partial nint hv_build();

    /// <summary>The failure that the last call on this thread reported, in <paramref name="doing"/>.</summary>
    internal static TorchException Failure(string doing) =>
        new($"{doing}: {Marshal.PtrToStringUTF8(hv_error())}");

    internal static void Check(int status, string doing)
    {
        if (status < 0) throw Failure(doing);
    }

    internal static nint Check(nint handle, string doing) => handle != 0 ? handle : throw Failure(doing);
}
