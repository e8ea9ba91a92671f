using System.Runtime.InteropServices;
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
        SafetensorsFile.Read(path).Entries.ToDictionary(e => e.Name, e => FromEntry(path, e, device));

    /// <summary>Reads the tensors of others' names, types and shapes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="like">Those others.</param>
    /// <param name="sum">The file's SHA-256; null where it is not known.</param>
    /// <param name="device">Where they go.</param>
    /// <exception cref="InputException">The file is missing or damaged, or has other tensors.</exception>
    internal static Dictionary<string, Tensor> Read(string path, IReadOnlyDictionary<string, Tensor> like, string? sum, Device device)
    {
        FileSum.Require(path, sum);
        var saved = Read(path, device);
        return saved.Keys.ToHashSet().SetEquals(like.Keys) && like.All(t => IsAlike(saved[t.Key], t.Value))
            ? saved
            : throw new InputException($"{path}: has other tensors than this run's");
    }

    private static bool IsAlike(Tensor a, Tensor b) => a.dtype == b.dtype && a.shape.SequenceEqual(b.shape);

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

    private static Tensor FromEntry(string path, SafetensorsEntry entry, Device device)
    {
        long[] shape = [.. entry.Shape];
        try
        {
            return FromEntry(path, entry, shape, device);
        }
        catch (ExternalException error) // a size of 0 beside others whose product no number holds
        {
            throw new InputException($"{path}: '{entry.Name}' of [{string.Join(", ", shape)}] cannot be made: {error.Message.Split('\n')[0]}", error);
        }
    }

    private static Tensor FromEntry(string path, SafetensorsEntry entry, long[] shape, Device device) =>
        entry.DType switch
        {
            "F32" => Of<float>(entry, shape, device),
            "F64" => Of<double>(entry, shape, device),
            "I64" => Of<long>(entry, shape, device),
            "I32" => Of<int>(entry, shape, device),
            "U8" => Of<byte>(entry, shape, device),
            "BOOL" => Of<bool>(entry, shape, device),
            var type => throw new InputException($"{path}: '{entry.Name}': tensors of {type} are not read from files"),
        };

    private static byte[] Bytes<T>(Tensor tensor)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(tensor.AsSpan<T>()).ToArray();
        GC.KeepAlive(tensor);
        return bytes;
    }

    private static Tensor Of<T>(SafetensorsEntry entry, long[] shape, Device device)
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(entry.Data.Span).ToTensor(shape, device);
}
