using Heaviside.Files;

namespace Heaviside.Training;

/// <summary>Tensors in safetensors files.</summary>
public static class TensorFile
{
    /// <summary>Writes tensors by name, all or nothing.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var scope = torch.NewDisposeScope();
        SafetensorsFile.Write(path, [.. tensors.Select(t => ToEntry(t.Key, t.Value))], metadata);
    }

    /// <summary>Reads all tensors onto a device; the caller disposes them.</summary>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    public static Dictionary<string, Tensor> Read(string path, Device device) =>
        SafetensorsFile.Read(path).Entries.ToDictionary(e => e.Name, e => FromEntry(e, device));

    private static SafetensorsEntry ToEntry(string name, Tensor tensor)
    {
        var near = tensor.detach().cpu().contiguous();
        return near.dtype switch
        {
            ScalarType.Float32 => new(name, "F32", near.shape, Bytes<float>(near)),
            ScalarType.Float64 => new(name, "F64", near.shape, Bytes<double>(near)),
            ScalarType.Int64 => new(name, "I64", near.shape, Bytes<long>(near)),
            ScalarType.Int32 => new(name, "I32", near.shape, Bytes<int>(near)),
            ScalarType.Byte => new(name, "U8", near.shape, Bytes<byte>(near)),
            ScalarType.Bool => new(name, "BOOL", near.shape, Bytes<bool>(near)),
            var type => throw new NotSupportedException($"'{name}': tensors of {type} are not written to files"),
        };
    }

    private static Tensor FromEntry(SafetensorsEntry entry, Device device)
    {
        long[] shape = [.. entry.Shape];
        return entry.DType switch
        {
            "F32" => Of<float>(entry, shape, device),
            "F64" => Of<double>(entry, shape, device),
            "I64" => Of<long>(entry, shape, device),
            "I32" => Of<int>(entry, shape, device),
            "U8" => Of<byte>(entry, shape, device),
            "BOOL" => Of<bool>(entry, shape, device),
            var type => throw new InputException($"'{entry.Name}': tensors of {type} are not read from files"),
        };
    }

    private static byte[] Bytes<T>(Tensor tensor)
        where T : unmanaged
    {
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(tensor.AsSpan<T>()).ToArray();
        GC.KeepAlive(tensor);
        return bytes;
    }

    private static Tensor Of<T>(SafetensorsEntry entry, long[] shape, Device device)
        where T : unmanaged =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(entry.Data.Span).ToTensor(shape, device);
}
