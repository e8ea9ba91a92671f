using System.Text;
using Heaviside.Data;
using Heaviside.Data.Readers;

namespace Heaviside.Tests.Data.Readers;

public sealed class AttributeReaderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("2\nBald Smiling \n000001.jpg -1  1\n000002.jpg  1 -1\n")]
    [InlineData("2\r\nBald Smiling\r\n000001.jpg -1 1\r\n000002.jpg 1 -1")]
    [InlineData("\uFEFF2\nBald Smiling\n000001.jpg -1 1\n000002.jpg 1 -1\n\n \n")]
    [InlineData("image_id,Bald,Smiling\n000001.jpg,-1,1\n000002.jpg,1,-1\n")]
    [InlineData("\uFEFFimage_id, Bald, Smiling\r\n000001.jpg, -1, 1\r\n000002.jpg, 1, -1\r\n")]
    public void ReadTable_Valid_HasNamesAndBits(string text)
    {
        var (images, attributes) = AttributeReader.ReadTable(Write(text));
        images.ShouldBe(["000001.jpg", "000002.jpg"]);
        attributes.Names.ShouldBe(["Bald", "Smiling"]);
        (attributes[0, 0], attributes[0, 1], attributes[1, 0], attributes[1, 1]).ShouldBe((false, true, true, false));
    }

    [Theory]
    [InlineData("", "line 1: expected the number of images")]
    [InlineData("Bald\n1.jpg 1\n", "line 1: expected the number of images")]
    [InlineData("2000000000\nBald\n1.jpg 1\n", "line 1: says 2000000000 images, more than 2000000 are not read")]
    [InlineData("0\nBald\n", "line 2: no image follows")]
    [InlineData("1\nBald\n1.jpg 1\n2.jpg 1\n3.jpg 1\n", "line 1: says 1 images, 3 follow")]
    [InlineData("image_id,Bald\n", "line 1: no image follows")]
    [InlineData("image_id,Bald\n1.jpg,1\n2.jpg,\"1\"\n", "line 3: Bald is '\"1\"', expected 1 or -1")]
    [InlineData("image_id,Bald\n1.jpg,1\n2.jpg,1,-1\n", "line 3: expected an image and 1 values, found 2 values")]
    [InlineData("2\nBald\n1.jpg 1\n", "line 1: says 2 images, 1 follow")]
    [InlineData("1\nBald Bald\n1.jpg 1 1\n", "line 2: expected 1 to 64 different names")]
    [InlineData("2\nBald\n1.jpg 1\n2.jpg 1 -1\n", "line 4: expected an image and 1 values, found 2 values")]
    [InlineData("2\nBald\n\n2.jpg 1\n", "line 3: expected an image and 1 values, found 0 values")]
    [InlineData("2\nBald\n1.jpg 1\n2.jpg 0\n", "line 4: Bald is '0', expected 1 or -1")]
    public void ReadTable_WrongLine_HasItsNumber(string text, string reason)
    {
        var path = Write(text);
        Should.Throw<InputException>(() => AttributeReader.ReadTable(path)).Message.ShouldStartWith($"{path}: {reason}");
    }

    [Fact]
    public void ReadPartition_Valid_SaysWhichPart() =>
        AttributeReader.ReadPartition(Write("a.jpg 0\nb.jpg 2 \r\nc.jpg 1")).OrderBy(p => p.Key).Select(p => p.Value).ShouldBe([Split.Train, Split.Test, Split.Validation]);

    [Fact]
    public void ReadPartition_AsValues_HasNamesOfColumns() =>
        AttributeReader.ReadPartition(Write("image_id,partition\na.jpg,0\nb.jpg,2\n")).OrderBy(p => p.Key).Select(p => p.Value).ShouldBe([Split.Train, Split.Test]);

    // What a few compressed bytes unpack to: blanks in one line, blank lines, and lines of images without end.
    [Theory]
    [InlineData(" ", "has a line of more than 4096 bytes")]
    [InlineData("\n", "has more than 1000 blank lines")]
    [InlineData("a 1\n", "says 2 images, 25000000 follow")]
    public void ReadTable_ThatUnpacksToMuch_TakesLittleMemory(string part, string reason)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write("2\nBald\n"u8);
            var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length)));
            for (var i = 0; i < 100; i++) gzip.Write(block);
        }

        var path = folder.Write("table.txt.gz", packed.ToArray());
        GC.Collect();
        var before = GC.GetTotalMemory(true);
        Should.Throw<InputException>(() => AttributeReader.ReadTable(path)).Message.ShouldContain(reason);
        (GC.GetTotalMemory(true) - before).ShouldBeLessThan(10_000_000);
    }

    [Fact]
    public void ReadTable_OfSeveralMembersOfGzip_ReadsAll()
    {
        byte[] file = [.. TempFolder.Gzip("2\nBald Smi"u8.ToArray()), .. TempFolder.Gzip([]), .. TempFolder.Gzip("ling\na -1 1\nb 1 1\n"u8.ToArray())];
        AttributeReader.ReadTable(folder.Write("table", file)).Images.ShouldBe(["a", "b"]);
        for (var length = 2; length < file.Length; length++)
            Should.Throw<InputException>(() => AttributeReader.ReadTable(folder.Write("table", file[..length])), $"cut to {length} of {file.Length} bytes");
        Should.Throw<InputException>(() => AttributeReader.ReadTable(folder.Write("table", [.. file, 0, 0]))).Message.ShouldContain("is damaged");
    }

    [Fact]
    public void ReadTable_InUtf16_SaysWhatToDo() =>
        Should.Throw<InputException>(() => AttributeReader.ReadTable(folder.Write("table", Encoding.Unicode.GetPreamble()))).Message.ShouldContain("save it as UTF-8");

    [Theory]
    [InlineData("a.jpg 0\nb.jpg 3\n", "line 2: expected an image and 0, 1 or 2, found 'b.jpg 3'")]
    [InlineData("a.jpg 0\na.jpg 1\n", "line 2: has a.jpg a second time")]
    public void ReadPartition_WrongLine_HasItsNumber(string text, string reason)
    {
        var path = Write(text);
        Should.Throw<InputException>(() => AttributeReader.ReadPartition(path)).Message.ShouldBe($"{path}: {reason}");
    }

    private string Write(string text) => folder.Write("table.txt", Encoding.UTF8.GetBytes(text));
}
