using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Heaviside.Files;

namespace Heaviside.Tests.Files;

public sealed class SafetensorsFileTests
{
    private static readonly SafetensorsEntry Weight = new("weight", "F32", [2, 3], Enumerable.Range(0, 24).Select(i => (byte)i).ToArray());
    private static readonly SafetensorsEntry Flag = new("flag", "BOOL", [], new byte[] { 1 });

    [Fact]
    public void Read_BytesAsTheFormatDefinesThem_GivesTensorsInTheOrderOfTheirData()
    {
        var file = Raw("""{"b":{"dtype":"U8","shape":[3],"data_offsets":[2,5]},"__metadata__":{"by":"me"},"a":{"shape":[1],"dtype":"I16","data_offsets":[0,2]}}   """, [1, 2, 3, 4, 5]);

        var read = Read(file);

        read.Entries.Select(e => (e.Name, e.DType)).ShouldBe([("a", "I16"), ("b", "U8")]);
        read.Entries[1].Shape.ShouldBe([3]);
        read.Entries[1].Data.ToArray().ShouldBe(new byte[] { 3, 4, 5 });
        read.Metadata.ShouldBe(new Dictionary<string, string> { ["by"] = "me" });
    }

    [Fact]
    public void Write_Tensors_AlignsTheDataAndFollowsTheFormat()
    {
        var file = Bytes([Weight, Flag]);

        var header = BinaryPrimitives.ReadInt64LittleEndian(file);
        (header % 8).ShouldBe(0);
        Encoding.UTF8.GetString(file, 8, (int)header).TrimEnd(' ').ShouldBe(
            """{"weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"flag":{"dtype":"BOOL","shape":[],"data_offsets":[24,25]}}""");
        file[(8 + (int)header)..].ShouldBe([.. Weight.Data.ToArray(), 1]);
    }

    [Fact]
    public void Write_ToAPath_ReadsBack()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder["w.safetensors"], [Weight], new Dictionary<string, string> { ["step"] = "5" });

        var read = SafetensorsFile.Read(folder["w.safetensors"]);

        read.Entries.ShouldHaveSingleItem().Data.ToArray().ShouldBe(Weight.Data.ToArray());
        read.Metadata["step"].ShouldBe("5");
    }

    [Fact]
    public void Write_DataThatDoNotFitTheShape_Throws() =>
        Should.Throw<ArgumentException>(() => Bytes([Weight with { Shape = [2, 2] }])).Message.ShouldContain("expected 16 bytes, got 24");

    [Fact]
    public void Write_SameNameTwice_Throws() => Should.Throw<ArgumentException>(() => Bytes([Flag, Flag])).Message.ShouldContain("'flag'");

    [Theory]
    [InlineData("""[]""", "the header does not begin with '{'")]
    [InlineData("""{"a":""", "the header cannot be parsed")]
    [InlineData("""{"a":1}""", "the header cannot be parsed")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4]}}""", "tensor 'a' lacks")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0]}}""", "tensor 'a' lacks")]
    [InlineData("""{"a":{"dtype":"U9","shape":[4],"data_offsets":[0,4]}}""", "tensor 'a' has the unknown type 'U9'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"x":1}}""", "tensor 'a' has an unknown field 'x'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}}""", "tensor 'a' has '-4'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,4]}}""", "tensor 'a' has '1.5'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}""", "tensor 'a' ends before it begins")]
    [InlineData("""{"a":{"dtype":"I16","shape":[4],"data_offsets":[0,4]}}""", "tensor 'a' of I16 [4] is given 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", "tensor 'a' of F32 [4611686018427387904, 4] is given 0 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}""", "tensor 'b' overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}""", "bytes 0 to 1 of the data belong to no tensor")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", "1 bytes follow the last tensor")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9000000000],"data_offsets":[0,9000000000]}}""", "the tensors need 9000000000 bytes of data, but there are 4")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "the header cannot be parsed")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "the header cannot be parsed")]
    [InlineData("""{"__metadata__":{"n":null},"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "note 'n' is no text")]
    public void Read_WrongHeader_SaysWhy(string header, string reason) =>
        Should.Throw<InputException>(() => Read(Raw(header, [1, 2, 3, 4]))).Message.ShouldStartWith($"x: is no valid safetensors file: {reason}");

    [Theory]
    [InlineData(new byte[0], "0 bytes are too few")]
    [InlineData(new byte[] { 5, 0, 0, 0, 0, 0, 0, 0, 123 }, "the header should have 5 bytes, but 1 are left")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 123 }, "a header of 18446744073709551615 bytes is over the limit of 100000000")]
    public void Read_WrongLength_SaysWhy(byte[] file, string reason) =>
        Should.Throw<InputException>(() => Read(file)).Message.ShouldBe($"x: is no valid safetensors file: {reason}");

    [Fact]
    public void Read_MissingFile_NamesIt() =>
        Should.Throw<InputException>(() => SafetensorsFile.Read("no-such")).Message.ShouldStartWith("no-such: cannot be read: ");

    [Fact]
    public void Read_AnyTensorsWritten_AreTheSame() => Check.QuickThrowOnFailure(
        Prop.ForAll(Files().ToArbitrary(), ArbMap.Default.ArbFor<NonNull<string>>(), (entries, note) =>
        {
            var text = Clean(note.Item);
            var read = Read(Bytes(entries, new Dictionary<string, string> { [text] = text }));
            return read.Metadata[text] == text
                && read.Entries.Count == entries.Length
                && entries.All(e => read.Entries.Single(r => r.Name == e.Name) is var r
                    && r.DType == e.DType && r.Shape.SequenceEqual(e.Shape) && r.Data.Span.SequenceEqual(e.Data.Span));
        }));

    [Fact]
    public void Read_CorruptedFile_ThrowsInputExceptionOrReadsAndAllocatesNoMoreThanTheFileJustifies()
    {
        var corrupted =
            from entries in Files()
            let file = Bytes(entries)
            from hits in Gen.Zip(Gen.Choose(0, file.Length - 1), Gen.OneOf(Gen.Choose(0, 255), Gen.Elements<int>('9', '{', '"', '[', '\\', 0))).ListOf(3)
            from cut in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, file.Length)))
            select Corrupt(file, hits, cut);
        Read(Bytes([Weight])); // the first read also pays for what is set up once
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(corrupted.ToArbitrary(), file =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Read(file);
            }
            catch (InputException)
            {
            }
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000 + 100L * file.Length);
        }));
    }

    private static Gen<SafetensorsEntry[]> Files()
    {
        var entry =
            from name in ArbMap.Default.GeneratorFor<NonNull<string>>()
            from dtype in Gen.Elements("F32", "F64", "I64", "U8", "BOOL", "BF16")
            from shape in Gen.Choose(0, 3).ListOf()
            let small = shape.Take(3).Select(s => (long)s).ToArray()
            from data in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf((int)(small.Aggregate(1L, (a, b) => a * b) * SafetensorsEntry.SizeOf(dtype)!.Value))
            select new SafetensorsEntry(Clean(name.Item), dtype, small, data);
        return entry.ListOf().Select(all => all.DistinctBy(e => e.Name).ToArray());
    }

    private static string Clean(string text) => string.Concat(text.Where(c => !char.IsSurrogate(c)));

    private static byte[] Corrupt(byte[] file, IEnumerable<(int At, int Value)> hits, int cut)
    {
        byte[] copy = [.. file];
        foreach (var (at, value) in hits) copy[at] = (byte)value;
        return copy[..^cut];
    }

    private static byte[] Raw(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, json.Length);
        return [.. prefix, .. json, .. data];
    }

    private static byte[] Bytes(IEnumerable<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, entries, metadata);
        return stream.ToArray();
    }

    private static SafetensorsFile Read(byte[] file) => SafetensorsFile.Read(new MemoryStream(file), "x");
}
