using System.IO.Compression;
using Heaviside.Data;
using Heaviside.Data.Fetching;
using Heaviside.Data.Readers;
using Heaviside.Data.Sources;
using Heaviside.Files;
using Heaviside.Pictures;
using Heaviside.Tests.Data.Readers;
using Heaviside.Tests.Pictures;

namespace Aborts.Tests.Damage;

/// <summary>Files that are read by themselves: data, pictures, tensors, recipes.</summary>
internal sealed class DataFiles(string folder)
{
    private static readonly byte[] Idx = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255];
    private static readonly byte[] Amat = "0 1 1\n1 0 0.0\n1 1 1e0\n"u8.ToArray();
    private static readonly byte[] Table = "2\nBald Smiling\n000001.jpg -1  1\n000002.jpg  1 -1\n"u8.ToArray();
    private static readonly byte[] Csv = "image_id,Bald,Smiling\n000001.jpg,-1,1\n000002.jpg,1,-1\n"u8.ToArray();
    private static readonly byte[] Partition = "a.jpg 0\nb.jpg 2\nc.jpg 1\n"u8.ToArray();
    private static readonly byte[] Study = """
        name: A study
        paper: arXiv:0000.00000
        columns:
          - {name: First, settings: {estimator: reinforce}}
        rows:
          - {name: One, settings: {model: sbn}}
        scales:
          paper: {settings: {steps: 10, probes: train-bound}, seeds: [1, 2]}
        measures:
          - name: Bound
            unit: nats
            bound: a bound
            read: {kind: train-bound}
            paper: {One: [-90.5 +- 0.1]}
        """u8.ToArray();

    internal IEnumerable<DamagedFile> All()
    {
        foreach (var packed in new Func<byte[], byte[]>[] { bytes => bytes, Gzip })
        {
            yield return In("idx", packed(Idx), path => IdxReader.Read(path, 2, 2, 3));
            yield return In("amat", packed(Amat), path => AmatReader.Read(path, 3, 3));
            yield return In("attributes", packed(Table), path => AttributeReader.ReadTable(path));
            yield return In("cifar", packed(new byte[2 * 3073]), path => CifarReader.Read(path, 2));
        }

        foreach (var own in Own()) yield return own;
        yield return In("attributes as values", Csv, path => AttributeReader.ReadTable(path)) with { Damage = Mutation.OfText };
        yield return In("attributes in words", Table, path => AttributeReader.ReadTable(path)) with { Damage = Mutation.OfText };
        yield return In("partition", Partition, path => AttributeReader.ReadPartition(path));
        yield return In("amat in words", Amat, path => AmatReader.Read(path, 3, 3)) with { Damage = (valid, random) => Gzip(Mutation.OfText(valid, random)) };
        yield return In("idx in gzip", Idx, path => IdxReader.Read(path, 2, 2, 3)) with { Damage = (valid, random) => Gzip(Mutation.Of(valid, random)) };
        foreach (var compressed in new[] { false, true })
            yield return In("matlab", new MatlabFile(false).Header().Variable("data", MatlabFile.Double, [1, 2, 3, 4, 5, 6], [2, 3], compressed).Bytes, path => MatlabReader.Read(path, ("data", [2, 3])));
        foreach (var color in new byte[] { 0, 2, 6 })
            foreach (var interlace in new byte[] { 0, 1 })
            {
                var valid = PngFile.Make(8, 8, color, new byte[1024], bits: 16, interlace: interlace);
                yield return In("png", valid, path => ImageFile.Read(path));
                yield return In("png with right sums", valid, path => ImageFile.Read(path)) with { Damage = (bytes, random) => Resum(Mutation.Of(bytes, random)) };
            }

        ImageFile.Write(Path.Combine(folder, "valid.jpg"), new RasterImage(32, 24, 3));
        yield return In("jpeg", File.ReadAllBytes(Path.Combine(folder, "valid.jpg")), path => ImageFile.Read(path));
        SafetensorsFile.Write(Path.Combine(folder, "valid"), [new("a", "F32", [2, 3], new byte[24]), new("b", "I64", [], new byte[8])], new Dictionary<string, string> { ["note"] = "text" });
        yield return In("safetensors", File.ReadAllBytes(Path.Combine(folder, "valid")), path => Heaviside.Training.TensorFile.Read(path, torch.CPU));
        yield return In("safetensors in words", File.ReadAllBytes(Path.Combine(folder, "valid")), path => Heaviside.Training.TensorFile.Read(path, torch.CPU)) with { Damage = Header };
        yield return In("study", Study, path => Heaviside.Studies.Study.Read(path, "study"));
        yield return In("study in words", Study, path => Heaviside.Studies.Study.Read(path, "study")) with { Damage = Mutation.OfText };
        yield return In("archive", Archived(), path => Archive.ExtractAsync(path, ["member.bin"], folder, default).GetAwaiter().GetResult());
    }

    // What a person brings.
    private IEnumerable<DamagedFile> Own()
    {
        var npy = NpyFile.Make("<f4", "(4, 1, 2)", NpyFile.Floats(0, 1, 0.5f, 0.25f, 1, 0, 1, 0), isFortran: true);
        var npz = NpyFile.Archive(("x", npy), ("y", NpyFile.Make("<i8", "(4,)", new byte[32])));
        foreach (var packed in new Func<byte[], byte[]>[] { bytes => bytes, Gzip })
        {
            yield return In("npy", packed(npy), path => Load(new ArrayFile(path)));
            yield return In("own table", packed(Own(',')), path => Load(new TableFile(path)));
            yield return In("own idx", packed(Idx), path => IdxReader.ReadAny(path, 3));
        }

        yield return In("npy in words", npy, path => Load(new ArrayFile(path))) with { Damage = (valid, random) => [.. valid[..10], .. Mutation.OfText(valid[10..128], random), .. valid[128..]] };
        yield return In("own table in words", Own(';'), path => Load(new TableFile(path))) with { Damage = Mutation.OfText };
        yield return In("npz", npz, path => Load(new ArrayFile(Moved(path, "damaged.npz"))));
        var images = Path.Combine(folder, "images");
        foreach (var name in new[] { "a", "b", "c" })
        {
            Directory.CreateDirectory(Path.Combine(images, name));
            ImageFile.Write(Path.Combine(images, name, "0.png"), new RasterImage(8, 8, 1));
        }

        yield return In("image in a folder", PngFile.Make(8, 8, 0, new byte[9 * 8]), path => Load(new ImageFolder(Path.GetDirectoryName(Path.GetDirectoryName(Moved(path, "images/a/0.png"))!)!)));
    }

    private static byte[] Own(char separator) => System.Text.Encoding.UTF8.GetBytes("size,color,target\n1,red,2.5\n-2e1,\"blue\",3\n.5,red,4\n7,green,5\n".Replace(',', separator));

    private static void Load(DataSource source) => source.Load(new DataFolders(null)).Count(Split.Train);

    private string Moved(string path, string name)
    {
        File.Copy(path, Path.Combine(folder, name), overwrite: true);
        return Path.Combine(folder, name);
    }

    /// <summary>Small files that say that they are large, or unpack to much; as they are, each by itself.</summary>
    internal IEnumerable<DamagedFile> Large()
    {
        DamagedFile Whole(string name, byte[] bytes, Action<string> read) => In(name, bytes, read) with { Damage = (valid, _) => valid };
        yield return Whole("png of 16,384 x 16,384", PngFile.Make(16_384, 16_384, 0, new byte[10_000_000]), path => ImageFile.Read(path));
        yield return Whole("png of 4,096 x 4,096", PngFile.Make(4096, 4096, 6, new byte[(4096 * 4096 * 4) + 100_000], interlace: 1), path => ImageFile.Read(path));
        yield return Whole("attributes of blanks", Repeated("2\nBald\n"u8.ToArray(), (byte)' ', 500), path => AttributeReader.ReadTable(path));
        yield return Whole("attributes of blank lines", Repeated("2\nBald\n"u8.ToArray(), (byte)'\n', 500), path => AttributeReader.ReadTable(path));
        yield return Whole("amat of blanks", Repeated([], (byte)' ', 500), path => AmatReader.Read(path, 50_000));
        yield return Whole("own table of lines", Repeated("a,b\n"u8.ToArray(), (byte)'\n', 500), path => Load(new TableFile(path)));
        yield return Whole("own table of one line", Repeated("a,b\n"u8.ToArray(), (byte)'1', 500), path => Load(new TableFile(path)));
        yield return Whole("own table of columns", Repeated([], (byte)',', 500), path => Load(new TableFile(path)));
        yield return Whole("npy of 500,000,000 numbers", Repeated(NpyFile.Make("|u1", "(1000000, 500)", []), 0, 500), path => Load(new ArrayFile(path)));
        yield return Whole("npy that says to be large", Gzip(NpyFile.Make("<f4", "(1000000, 500)", [])), path => Load(new ArrayFile(path)));
        yield return Whole("own idx of 500,000,000 pixels", Repeated([0, 0, 8, 3, 0, 0x0F, 0x42, 0x40, 0, 0, 0, 20, 0, 0, 0, 25], 0, 500), path => IdxReader.ReadAny(path, 3));
        yield return Whole("idx of 2,000,000 images", Repeated([0, 0, 8, 3, 0, 0x1E, 0x84, 0x80, 0, 0, 0, 28, 0, 0, 0, 28], 0, 500), path => IdxReader.Read(path, 60_000, 28, 28));
    }

    // So many million bytes behind a beginning, packed.
    private static byte[] Repeated(byte[] begin, byte value, int millions)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(begin);
            var million = new byte[1_000_000];
            Array.Fill(million, value);
            for (var i = 0; i < millions; i++) gzip.Write(million);
        }

        return packed.ToArray();
    }

    private DamagedFile In(string name, byte[] valid, Action<string> read) => new(name, valid, damaged =>
    {
        var path = Path.Combine(folder, "damaged");
        File.WriteAllBytes(path, damaged);
        read(path);
    });

    private static byte[] Gzip(byte[] contents)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(contents);
        return packed.ToArray();
    }

    private static byte[] Archived()
    {
        using var archive = new MemoryStream();
        using (var tar = new System.Formats.Tar.TarWriter(archive, leaveOpen: true))
            tar.WriteEntry(new System.Formats.Tar.UstarTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "top/member.bin") { DataStream = new MemoryStream(new byte[100]) });
        return Gzip(archive.ToArray());
    }

    // The header in words, with its own length in front.
    private static byte[] Header(byte[] valid, Random random)
    {
        var length = BitConverter.ToInt32(valid);
        var header = Mutation.OfText(valid[8..(8 + length)], random);
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. valid[(8 + length)..]];
    }

    // Chunks as far as they can be found, each with the sum that it should have.
    private static byte[] Resum(byte[] png)
    {
        List<byte> whole = [.. png.Take(8)];
        for (var at = 8; at + 12 <= png.Length;)
        {
            var length = (int)Math.Min(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at)), (uint)(png.Length - at - 12));
            whole.AddRange(PngFile.Chunk(png.AsSpan(at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        return [.. whole];
    }
}
