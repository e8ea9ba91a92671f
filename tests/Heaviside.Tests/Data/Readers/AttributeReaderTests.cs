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
    public void ReadTable_Valid_HasNamesAndBits(string text)
    {
        var (images, attributes) = AttributeReader.ReadTable(Write(text));
        images.ShouldBe(["000001.jpg", "000002.jpg"]);
        attributes.Names.ShouldBe(["Bald", "Smiling"]);
        (attributes[0, 0], attributes[0, 1], attributes[1, 0], attributes[1, 1]).ShouldBe((false, true, true, false));
    }

    [Theory]
    [InlineData("image_id,Bald\n1.jpg,1\n", "line 1: expected the number of images")]
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
