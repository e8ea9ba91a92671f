using Heaviside.Data.Readers;

namespace Heaviside.Tests.Data.Readers;

public sealed class CifarReaderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_ValidBatch_SeparatesLabelsAndPixels(bool packed)
    {
        var batch = Batch(7, 9);
        var path = folder.Write("batch", packed ? TempFolder.Gzip(batch) : batch);
        var (labels, pixels) = CifarReader.Read(path, count: 2);
        labels.ShouldBe(new byte[] { 7, 9 });
        pixels.ShouldBe([.. batch[1..3073], .. batch[3074..]]);
    }

    [Fact]
    public void Read_LabelAboveNine_NamesRecord() =>
        Should.Throw<InputException>(() => CifarReader.Read(folder.Write("batch", Batch(1, 10)), 2)).Message.ShouldContain("record 1 has label 10");

    [Theory]
    [InlineData(1, "longer")]
    [InlineData(3, "truncated")]
    public void Read_OtherCount_IsRefused(int expected, string reason) =>
        Should.Throw<InputException>(() => CifarReader.Read(folder.Write("batch", Batch(1, 2)), expected)).Message.ShouldContain(reason);

    [Fact]
    public void Read_Damaged_ThrowsOnlyInputException() =>
        Damage.OnlyInputExceptions(TempFolder.Gzip(Batch(1, 2)), path => CifarReader.Read(path, 2));

    private static byte[] Batch(params byte[] labels)
    {
        var batch = new byte[labels.Length * 3073];
        new Random(1).NextBytes(batch);
        for (var i = 0; i < labels.Length; i++) batch[i * 3073] = labels[i];
        return batch;
    }
}
