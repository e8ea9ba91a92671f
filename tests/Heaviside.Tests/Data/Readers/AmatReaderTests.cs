using System.Text;
using Heaviside.Data.Readers;

namespace Heaviside.Tests.Data.Readers;

public sealed class AmatReaderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("0 1 1\n1 0 0\n")]
    [InlineData("0 1 1\r\n1 0 0")]
    [InlineData("\uFEFF0 1 1\n1 0 0\n")]
    [InlineData("\n 0\t1 1.0 \n1.000e+00 0.0 -0\n\n")]
    public void Read_ValidText_GivesBits(string text)
    {
        AmatReader.Read(Write(text), rows: 2, columns: 3).ShouldBe(new byte[] { 0, 1, 1, 1, 0, 0 });
    }

    [Theory]
    [InlineData("0 1 1\n1 0\n", "line 2 has 2 numbers")]
    [InlineData("0 1 1\n1 0 0 1\n", "line 2 has more than 3")]
    [InlineData("0 1 1\n", "1 rows, expected 2")]
    [InlineData("0 1 1\n1 0 0\n0 0 0\n", "more than 2 rows")]
    [InlineData("0 1 NaN\n1 0 0\n", "line 1, number 3")]
    [InlineData("0 1 0.5\n1 0 0\n", "neither 0 nor 1")]
    [InlineData("0 1 2\n1 0 0\n", "neither 0 nor 1")]
    [InlineData("0 1 x\n1 0 0\n", "neither 0 nor 1")]
    [InlineData("", "0 rows")]
    public void Read_WrongText_NamesFileAndPlace(string text, string reason)
    {
        var path = Write(text);
        var message = Should.Throw<InputException>(() => AmatReader.Read(path, rows: 2, columns: 3)).Message;
        message.ShouldStartWith(path);
        message.ShouldContain(reason);
    }

    [Fact]
    public void Read_EndlessToken_IsRefused() =>
        Should.Throw<InputException>(() => AmatReader.Read(Write(new string('1', 1000)), 2, 3)).Message.ShouldContain("line 1");

    [Fact]
    public void Read_BlanksWithoutEnd_AreRefused() =>
        Should.Throw<InputException>(() => AmatReader.Read(folder.Write("a.amat", TempFolder.Gzip(Encoding.ASCII.GetBytes(new string(' ', 10_000_000)))), 2, 3)).Message.ShouldContain("holds more than");

    [Fact]
    public void Read_LargeFile_KeepsEveryNumberAcrossBlocks()
    {
        var random = new Random(1);
        var bits = new byte[500 * 300];
        for (var i = 0; i < bits.Length; i++) bits[i] = (byte)random.Next(2);
        var text = string.Join('\n', bits.Chunk(300).Select(row => string.Join(' ', row)));
        AmatReader.Read(Write(text), 500, 300).ShouldBe(bits);
    }

    [Fact]
    public void Read_TruncatedGzip_IsRefused() =>
        Damage.EveryTruncationIsRefused(TempFolder.Gzip(Encoding.ASCII.GetBytes("0 1 1\n1 0 0\n")), path => AmatReader.Read(path, 2, 3));

    [Fact]
    public void Read_Damaged_ThrowsOnlyInputException()
    {
        var valid = Encoding.ASCII.GetBytes("0 1 1\n1 0 0\n1 1 1\n");
        Damage.OnlyInputExceptions(valid, path => AmatReader.Read(path, 3, 3));
        Damage.OnlyInputExceptions(TempFolder.Gzip(valid), path => AmatReader.Read(path, 3, 3));
    }

    private string Write(string text) => folder.Write("bits.amat", Encoding.UTF8.GetBytes(text));
}
