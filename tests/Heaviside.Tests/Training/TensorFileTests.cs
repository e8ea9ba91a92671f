using Heaviside.Training;

namespace Heaviside.Tests.Training;

public class TensorFileTests
{
    [Fact]
    public void Read_Written_HasTheSameTypesShapesAndBits()
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>
        {
            ["float"] = torch.tensor([1.5f, float.NaN, float.NegativeInfinity, -0f, float.Epsilon, 3f], [2, 3]),
            ["double"] = torch.tensor([Math.PI, double.MaxValue], [2, 1]),
            ["long"] = torch.tensor([long.MinValue, 0L, long.MaxValue]),
            ["byte"] = torch.tensor(new byte[] { 0, 255 }),
            ["bool"] = torch.tensor([true, false, true]),
            ["scalar"] = torch.tensor(42L),
            ["empty"] = torch.zeros([0, 3]),
            ["transposed"] = torch.arange(6, torch.float32).reshape([2, 3]).t(),
        };
        TensorFile.Write(folder["t"], tensors);
        var read = TensorFile.Read(folder["t"], torch.CPU);
        read.Keys.ShouldBe(tensors.Keys, ignoreOrder: true);
        foreach (var (name, tensor) in tensors)
        {
            read[name].dtype.ShouldBe(tensor.dtype, name);
            read[name].shape.ShouldBe(tensor.shape, name);
        }

        read["float"].ToArray<float>().Select(BitConverter.SingleToInt32Bits).ShouldBe(tensors["float"].ToArray<float>().Select(BitConverter.SingleToInt32Bits));
        read["double"].ToArray<double>().ShouldBe([Math.PI, double.MaxValue]);
        read["long"].ToArray<long>().ShouldBe([long.MinValue, 0, long.MaxValue]);
        read["byte"].ToArray<byte>().ShouldBe([0, 255]);
        read["bool"].ToArray<bool>().ShouldBe([true, false, true]);
        read["scalar"].Number().ShouldBe(42);
        read["transposed"].ToArray<float>().ShouldBe([0, 3, 1, 4, 2, 5]);
    }

    [Fact]
    public void Write_TypeWithoutForm_NamesTheTensor()
    {
        using var folder = new TemporaryFolder();
        using var half = torch.zeros([2], ScalarType.Float16);
        Should.Throw<NotSupportedException>(() => TensorFile.Write(folder["t"], new Dictionary<string, Tensor> { ["weights"] = half })).Message.ShouldContain("'weights'");
        File.Exists(folder["t"]).ShouldBeFalse();
    }
}
