using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Heaviside.Tests.Data.Readers;

/// <summary>Files of NumPy, made by hand.</summary>
internal static class NpyFile
{
    public static byte[] Make(string type, string shape, byte[] elements, bool isFortran = false, byte version = 1) =>
        WithHeader($"{{'descr': '{type}', 'fortran_order': {isFortran}, 'shape': {shape}, }}", elements, version);

    public static byte[] WithHeader(string header, byte[] elements, byte version = 1)
    {
        var text = Encoding.UTF8.GetBytes(header.PadRight(117) + "\n");
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. version == 1 ? length[..2] : length, .. text, .. elements];
    }

    public static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    public static byte[] Archive(params (string Name, byte[] Array)[] arrays)
    {
        using var bytes = new MemoryStream();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, array) in arrays)
            {
                using var entry = archive.CreateEntry(name + ".npy").Open();
                entry.Write(array);
            }

        return bytes.ToArray();
    }
}
