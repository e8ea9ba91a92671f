using Heaviside.Data.Readers;

namespace Heaviside.Tests.Data.Readers;

public sealed class MatlabReaderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public static TheoryData<int, bool, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<int, bool, bool>();
            int[] types = [MatlabFile.Int8, MatlabFile.UInt8, MatlabFile.Int16, MatlabFile.UInt16, MatlabFile.Int32, MatlabFile.UInt32, MatlabFile.Single, MatlabFile.Double, MatlabFile.Int64, MatlabFile.UInt64];
            foreach (var type in types)
                foreach (var bigEndian in new[] { false, true })
                    foreach (var compressed in new[] { false, true }) kinds.Add(type, bigEndian, compressed);
            return kinds;
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_EveryElementType_GivesValuesInFileOrder(int type, bool bigEndian, bool compressed)
    {
        double[] values = [0, 1, 2, 100, 3, 127];
        var file = new MatlabFile(bigEndian).Header()
            .Variable("other", MatlabFile.Double, [0.5], [1, 1], compressed)
            .Variable("data", type, values, [2, 3], compressed).Bytes;
        MatlabReader.Read(folder.Write("a.mat", file), ("data", [2, 3]))["data"].ShouldBe([0, 1, 2, 100, 3, 127]);
    }

    [Theory]
    [InlineData(MatlabFile.Int8)]
    [InlineData(MatlabFile.Int16)]
    [InlineData(MatlabFile.Int32)]
    [InlineData(MatlabFile.Int64)]
    [InlineData(MatlabFile.Double)]
    public void Read_SignedTypes_KeepTheSign(int type)
    {
        var file = new MatlabFile(bigEndian: true).Header().Variable("data", type, [-1, -100], [2, 1]).Bytes;
        MatlabReader.Read(folder.Write("a.mat", file), ("data", [2, 1]))["data"].ShouldBe([-1, -100]);
    }

    [Fact]
    public void Read_ManyCompressedValues_GivesTheWhole()
    {
        double[] values = [.. Enumerable.Range(0, 200_000).Select(i => (double)(i % 1000))];
        var file = new MatlabFile(false).Header().Variable("data", MatlabFile.Double, values, [200, 1000], compressed: true).Bytes;
        MatlabReader.Read(folder.Write("a.mat", file), ("data", [200, 1000]))["data"].ShouldBe(values.Select(value => (float)value));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void Read_NotFinite_NamesVariableAndPosition(double bad) =>
        Error(new MatlabFile(false).Header().Variable("data", MatlabFile.Double, [0, bad], [2, 1])).ShouldContain("data has a value that is not finite, at position 1");

    [Fact]
    public void Read_MissingVariable_IsNamed() =>
        Error(new MatlabFile(false).Header().Variable("other", MatlabFile.Double, [0], [1, 1])).ShouldContain("no variable named data");

    [Fact]
    public void Read_VariableTwice_IsRefused() =>
        Error(new MatlabFile(false).Header().Variable("data", MatlabFile.Double, [0], [1, 1]).Variable("data", MatlabFile.Double, [0], [1, 1]), [1, 1]).ShouldContain("two variables");

    [Theory]
    [InlineData(4, 0, "class 4")]
    [InlineData(6, 8, "complex")]
    public void Read_NotRealNumbers_IsRefused(int matlabClass, int flags, string reason) =>
        Error(new MatlabFile(false).Header().Variable("data", MatlabFile.UInt8, [0, 1], [2, 1], matlabClass: matlabClass, flags: flags)).ShouldContain(reason);

    [Theory]
    [InlineData(0x0200, "-v7")]
    [InlineData(0x0300, "version 0x0300")]
    public void Read_OtherVersion_IsRefused(int version, string reason) =>
        Error(new MatlabFile(false).Header(version)).ShouldContain(reason);

    [Fact]
    public void Read_Gzip_SaysToUnpack()
    {
        var file = new MatlabFile(false).Header().Variable("data", MatlabFile.Double, [.. Enumerable.Range(0, 400).Select(i => Math.Sqrt(i))], [400, 1]).Bytes;
        Should.Throw<InputException>(() => MatlabReader.Read(folder.Write("a.mat.gz", TempFolder.Gzip(file)), ("data", [400, 1]))).Message.ShouldContain("unpack it first");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_DimensionsBeyondValues_AllocatesLittle(bool compressed)
    {
        var path = folder.Write("a.mat", new MatlabFile(false).Header().Variable("data", MatlabFile.Double, [1, 2], [20_000, 20_000], compressed).Bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InputException>(() => MatlabReader.Read(path, ("data", [2, 1]))).Message.ShouldContain("data is an array of 20000 x 20000, expected 2 x 1");
        Should.Throw<InputException>(() => MatlabReader.Read(path, ("data", [20_000, 20_000]))).Message.ShouldContain("16 bytes of values");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_CutOrDamaged_ThrowsOnlyInputException(bool compressed)
    {
        var valid = new MatlabFile(false).Header().Variable("data", MatlabFile.Double, [1, 2, 3, 4, 5, 6], [2, 3], compressed).Bytes;
        Damage.EveryTruncationIsRefused(valid, path => MatlabReader.Read(path, ("data", [2, 3])));
        Damage.OnlyInputExceptions(valid, path => MatlabReader.Read(path, ("data", [2, 3])));
    }

    private string Error(MatlabFile file, int[]? dimensions = null)
    {
        var path = folder.Write("a.mat", file.Bytes);
        var message = Should.Throw<InputException>(() => MatlabReader.Read(path, ("data", dimensions ?? [2, 1]))).Message;
        message.ShouldStartWith(path);
        return message;
    }
}
