using System.Buffers.Binary;
using Heaviside.Data.Readers;

namespace Heaviside.Tests.Data.Readers;

public sealed class NumpyReaderTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("|u1", "01FF", "1 255")]
    [InlineData("|b1", "0100", "1 0")]
    [InlineData("|i1", "01FF", "1 -1")]
    [InlineData("<i2", "0100FEFF", "1 -2")]
    [InlineData(">i2", "0001FFFE", "1 -2")]
    [InlineData("<u2", "0100FEFF", "1 65534")]
    [InlineData(">u4", "00000001FFFFFFFF", "1 4294967295")]
    [InlineData("<i4", "01000000FFFFFFFF", "1 -1")]
    [InlineData("<i8", "0100000000000000FFFFFFFFFFFFFFFF", "1 -1")]
    [InlineData(">u8", "00000000000000010000000000000002", "1 2")]
    [InlineData("<f2", "003C00C0", "1 -2")]
    [InlineData("<f4", "0000803F000020C0", "1 -2.5")]
    [InlineData(">f4", "3F800000C0200000", "1 -2.5")]
    [InlineData("<f8", "000000000000F03F00000000000004C0", "1 -2.5")]
    [InlineData(">f8", "3FF0000000000000C004000000000000", "1 -2.5")]
    public void Read_EveryType_HasItsNumbers(string type, string elements, string expected)
    {
        foreach (var version in new byte[] { 1, 2, 3 })
        {
            var array = Read(NpyFile.Make(type, "(2,)", Convert.FromHexString(elements), version: version));
            array.Shape.ShouldBe([2]);
            string.Join(' ', array.Values.Cast<IFormattable>().Select(v => v.ToString(null, System.Globalization.CultureInfo.InvariantCulture))).ShouldBe(expected);
        }
    }

    [Fact]
    public void Read_FortranOrder_IsPutIntoTheOther()
    {
        // element (i, j, k) is 100 i + 10 j + k
        byte[] columns = [.. from k in Enumerable.Range(0, 4) from j in Enumerable.Range(0, 3) from i in Enumerable.Range(0, 2) select (byte)((100 * i) + (10 * j) + k)];
        byte[] rows = [.. from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 3) from k in Enumerable.Range(0, 4) select (byte)((100 * i) + (10 * j) + k)];
        var array = Read(NpyFile.Make("|u1", "(2, 3, 4)", columns, isFortran: true));
        array.Shape.ShouldBe([2, 3, 4]);
        array.Values.ShouldBe(rows);
        Read(NpyFile.Make("|u1", "(2, 3, 4)", rows)).Values.ShouldBe(rows);
    }

    [Fact]
    public void Read_GzipAndKeysInAnotherOrder_AreRead()
    {
        Read(TempFolder.Gzip(NpyFile.Make("|u1", "(2,)", [1, 2]))).Values.ShouldBe(new byte[] { 1, 2 });
        Read(NpyFile.WithHeader("{\"shape\": (2,), \"fortran_order\": False, \"descr\": \"|u1\"}", [1, 2])).Values.ShouldBe(new byte[] { 1, 2 });
        Read(NpyFile.Make("|u1", "()", [7])).Shape.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("|O", "(2,)", "Python objects, which are not read: reading them would execute code")]
    [InlineData("<U5", "(2,)", "elements of type '<U5'; expected numbers (b1, u1")]
    [InlineData("<c8", "(2,)", "elements of type '<c8'")]
    [InlineData("|u1", "(0, 3)", "has the shape (0, 3), expected numbers from 1")]
    [InlineData("|u1", "(3,)", "is truncated: 1 bytes of 3 elements are missing")]
    [InlineData("|u1", "(1,)", "is longer than its contents should be")]
    [InlineData("|u1", "(100000, 100000)", "more elements than are read")]
    [InlineData("|b1", "(2,)", "is damaged: truth value 1 is 2")]
    public void Read_WhatItCannot_SaysWhyInOneLine(string type, string shape, string reason) =>
        Should.Throw<InputException>(() => Read(NpyFile.Make(type, shape, [1, 2]))).Message.ShouldSatisfyAllConditions(
            m => m.ShouldContain(reason), m => m.ShouldStartWith(folder.Path), m => m.ShouldNotContain("\n"));

    [Fact]
    public void Read_OtherFiles_SaysWhatTheyAre()
    {
        Should.Throw<InputException>(() => Read("a text of more than eight"u8.ToArray())).Message.ShouldContain("is no NumPy array");
        Should.Throw<InputException>(() => Read(NpyFile.WithHeader("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}", []))).Message.ShouldContain("holds records or objects");
        Should.Throw<InputException>(() => Read(NpyFile.Make("|u1", "(2,)", [1, 2], version: 4))).Message.ShouldContain("has format 4.0, expected 1 to 3");
        var big = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(big, ulong.MaxValue);
        Should.Throw<InputException>(() => Read(NpyFile.Make("<u8", "(1,)", big))).Message.ShouldContain("a number of 2^63 or more");
    }

    [Fact]
    public void ReadArchive_Arrays_AreThereByName()
    {
        var path = folder.Write("a.npz", NpyFile.Archive(("x", NpyFile.Make("|u1", "(2,)", [1, 2])), ("y", NpyFile.Make("<f4", "(1,)", NpyFile.Floats(0.5f)))));
        NumpyReader.ReadArchive(path).ToDictionary(a => a.Key, a => a.Value.ShapeText).ShouldBe(new Dictionary<string, string> { ["x"] = "(2,)", ["y"] = "(1,)" }, ignoreOrder: true);
        NumpyReader.ReadArchive(path, name => name == "y").Keys.ShouldBe(["y"]);
        var broken = folder.Write("b.npz", NpyFile.Archive(("x", [1, 2, 3])));
        Should.Throw<InputException>(() => NumpyReader.ReadArchive(broken)).Message.ShouldBe($"{broken}, array x: is truncated: 5 bytes of the header are missing");
    }

    [Fact]
    public void Read_Damaged_OnlyRefuses()
    {
        Damage.OnlyInputExceptions(NpyFile.Make("<f4", "(2, 3)", NpyFile.Floats(1, 2, 3, 4, 5, 6), isFortran: true), path => NumpyReader.Read(path));
        Damage.EveryTruncationIsRefused(NpyFile.Make("<f4", "(2,)", NpyFile.Floats(1, 2)), path => NumpyReader.Read(path));
        var archive = NpyFile.Archive(("x", NpyFile.Make("|u1", "(2,)", [1, 2])));
        Damage.OnlyInputExceptions(archive, path => NumpyReader.ReadArchive(path));
        Damage.EveryTruncationIsRefused(archive, path => NumpyReader.ReadArchive(path));
    }

    public void Dispose() => folder.Dispose();

    private NumpyArray Read(byte[] bytes) => NumpyReader.Read(folder.Write("array.npy", bytes));
}
