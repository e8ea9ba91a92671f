namespace Heaviside.Torch.Tests;

public sealed class TensorTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void AsSpan_Contiguous_IsTheMemoryItself()
    {
        var x = torch.tensor([1f, 2, 3, 4], [2, 2]);
        x.AsSpan<float>()[3] = 10;
        x[1, 1].item<float>().ShouldBe(10);
    }

    [Fact]
    public void AsSpan_Unsuitable_SaysWhatToDo()
    {
        var x = torch.tensor([1f, 2, 3, 4, 5, 6], [2, 3]);
        Should.Throw<InvalidOperationException>(() => x.t().AsSpan<float>().Length).Message.ShouldContain("contiguous()");
        Should.Throw<InvalidOperationException>(() => x.AsSpan<double>().Length).Message.ShouldBe("AsSpan: the elements are Float32, not Float64");
    }

    [Fact]
    public void ToArray_NotContiguous_IsInRowMajorOrder()
    {
        var x = torch.tensor([1f, 2, 3, 4, 5, 6], [2, 3]);
        x.t().ToArray<float>().ShouldBe([1, 4, 2, 5, 3, 6]);
        x.expand([2, 2, 3])[1].ToArray<float>().ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public void Tensor_OfEveryElementType_KeepsItsValues()
    {
        Check<byte>([0, 255], ScalarType.Byte);
        Check<sbyte>([-128, 127], ScalarType.Int8);
        Check<short>([short.MinValue, 7], ScalarType.Int16);
        Check([int.MinValue, 7], ScalarType.Int32);
        Check([long.MinValue, 7], ScalarType.Int64);
        Check([(Half)1.5, (Half)(-2)], ScalarType.Float16);
        Check([1.5f, float.NegativeInfinity], ScalarType.Float32);
        Check([1.5, double.Epsilon], ScalarType.Float64);
        Check([true, false], ScalarType.Bool);

        static void Check<T>(T[] values, ScalarType type)
            where T : unmanaged
        {
            var x = torch.tensor(values);
            x.dtype.ShouldBe(type);
            x.ToArray<T>().ShouldBe(values);
            x[0].shape.ShouldBeEmpty();
        }
    }

    // Around the room that the binding keeps for a list of results, and far beyond it.
    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(3000)]
    public void Unbind_OfManyRows_GivesThemAllInOrder(int rows)
    {
        var parts = torch.arange(2 * rows).view([rows, 2]).unbind();
        parts.Select(p => p[1].item<int>()).ShouldBe(Enumerable.Range(0, rows).Select(i => (2 * i) + 1));
    }

    [Fact]
    public void Tensor_WrongShape_IsRefused() =>
        Should.Throw<ArgumentException>(() => torch.tensor([1f, 2, 3], [2, 2])).Message.ShouldBe("data: expected 4 elements for shape [2, 2], got 3");

    [Fact]
    public void Item_OfOneElement_Converts()
    {
        torch.tensor([2.5]).item<double>().ShouldBe(2.5);
        torch.tensor([2.5f]).item<double>().ShouldBe(2.5);
        torch.scalar(7L).item<int>().ShouldBe(7);
        torch.scalar(true).item<bool>().ShouldBeTrue();
        torch.scalar(3).item<float>().ShouldBe(3f);
        Should.Throw<InvalidOperationException>(() => torch.tensor([1f, 2]).item<float>()).Message.ShouldBe("item: expected one element, got shape [2]");
        Should.Throw<InvalidOperationException>(() => torch.zeros([0]).item<float>());
    }

    [Fact]
    public void Empty_Tensor_HasAShapeAndNoElements()
    {
        var x = torch.zeros([0, 3]);
        x.shape.ShouldBe([0, 3]);
        x.numel().ShouldBe(0);
        x.AsSpan<float>().Length.ShouldBe(0);
        x.ToArray<float>().ShouldBeEmpty();
        x.sum().item<float>().ShouldBe(0);
        torch.tensor(Array.Empty<float>()).shape.ShouldBe([0]);
        x.ToString().ShouldContain("[0, 3]");
    }

    [Fact]
    public void Longs_AbsentEmptyAndSingle_AreDifferentThings()
    {
        var x = torch.arange(6, torch.float32).view([2, 3]);
        x.amax().shape.ShouldBeEmpty();                     // absent: the schema's default, all dimensions
        x.amax(1).ToArray<float>().ShouldBe([2, 5]);        // single
        x.amax([0, 1]).item<float>().ShouldBe(5);           // list
        x[0, 1].view([]).shape.ShouldBeEmpty();             // empty: a shape of no dimension
        torch.zeros([]).shape.ShouldBeEmpty();
        torch.zeros(3).shape.ShouldBe([3]);
        long[]? none = null;
        x.amax(none).shape.ShouldBeEmpty();
        ((Longs)4L).ToArray().ShouldBe([4]);
    }

    [Fact]
    public void Operators_OnTensorsAndNumbers_Compute()
    {
        var (a, b) = (torch.tensor([6.0, 8]), torch.tensor([2.0, 4]));
        (a + b).ToArray<double>().ShouldBe([8, 12]);
        (a - b).ToArray<double>().ShouldBe([4, 4]);
        (a * b).ToArray<double>().ShouldBe([12, 32]);
        (a / b).ToArray<double>().ShouldBe([3, 2]);
        (-a).ToArray<double>().ShouldBe([-6, -8]);
        (a + 1).ToArray<double>().ShouldBe([7, 9]);
        (1 + a).ToArray<double>().ShouldBe([7, 9]);
        (a - 1).ToArray<double>().ShouldBe([5, 7]);
        (1 - a).ToArray<double>().ShouldBe([-5, -7]);
        (a * 0.5).ToArray<double>().ShouldBe([3, 4]);
        (2 * a).ToArray<double>().ShouldBe([12, 16]);
        (a / 2).ToArray<double>().ShouldBe([3, 4]);
        (24 / a).ToArray<double>().ShouldBe([4, 3], 1e-15);
    }

    [Fact]
    public void Operators_IntegerTensorAndRealNumber_PromoteLikePyTorch()
    {
        (torch.tensor([1, 2]) * 2).dtype.ShouldBe(torch.int32);
        (torch.tensor([1, 2]) * 0.5).dtype.ShouldBe(torch.float32);
        (torch.tensor([1f]) + torch.tensor([1.0])).dtype.ShouldBe(torch.float64);
        (1 / torch.tensor([2, 4])).ToArray<float>().ShouldBe([0.5f, 0.25f]);
    }

    // Their namesakes without the underscore compute a copy; each must change the tensor it is called on.
    [Fact]
    public void InPlace_Operators_ChangeTheirTensor()
    {
        Check(x => x.exp_(), Math.Exp);
        Check(x => x.log_(), Math.Log);
        Check(x => x.sqrt_(), Math.Sqrt);
        Check(x => x.neg_(), v => -v);
        Check(x => x.relu_(), v => Math.Max(v, 0));
        Check(x => x.sigmoid_(), v => 1 / (1 + Math.Exp(-v)));
        Check(x => x.clamp_(0.5, 0.6), v => Math.Clamp(v, 0.5, 0.6));
        Check(x => x.addcmul_(x, x, value: 2), v => v + (2 * v * v));
        Check(x => x.zero_(), _ => 0);
        Check(x => x.add_(1).mul_(3).sub_(2).div_(4), v => (((v + 1) * 3) - 2) / 4);

        static void Check(Func<Tensor, Tensor> change, Func<double, double> expected)
        {
            var x = torch.tensor([0.2, 0.55, 1.7]);
            change(x).ShouldBeSameAs(x);
            x.ToArray<double>().ShouldBe(new[] { 0.2, 0.55, 1.7 }.Select(expected), 1e-12);
        }
    }

    [Fact]
    public void Index_NumbersAndRanges_SelectViews()
    {
        var x = torch.arange(12, torch.float32).view([4, 3]);
        x[1].ToArray<float>().ShouldBe([3, 4, 5]);
        x[-1].ToArray<float>().ShouldBe([9, 10, 11]);
        x[2, -1].item<float>().ShouldBe(8);
        x[1..3].ToArray<float>().ShouldBe([3, 4, 5, 6, 7, 8]);
        x[^1..].shape.ShouldBe([1, 3]);
        x[..].shape.ShouldBe([4, 3]);
        x[0].fill_(-1);
        x[0, 0].item<float>().ShouldBe(-1);
        Should.Throw<TorchException>(() => x[4]);
        Should.Throw<ArgumentOutOfRangeException>(() => x[2..5]);
    }

    [Fact]
    public void Shape_SizesAndStrides_AreLibtorchs()
    {
        var x = torch.zeros([2, 3, 4]).transpose(0, 2);
        x.shape.ShouldBe([4, 3, 2]);
        x.stride().ShouldBe([1, 4, 12]);
        x.size(-1).ShouldBe(2);
        x.dim().ShouldBe(3);
        x.is_contiguous().ShouldBeFalse();
    }

    [Fact]
    public void To_AnotherType_ConvertsAndKeepsTheGraph()
    {
        torch.tensor([1.7f, -1.7f]).@long().ToArray<long>().ShouldBe([1, -1]);
        torch.tensor([0f, 2f]).@bool().ToArray<bool>().ShouldBe([false, true]);
        var x = torch.tensor([1f, 2]).requires_grad_();
        x.@double().sum().backward();
        x.grad!.dtype.ShouldBe(torch.float32);
        x.@float().AsSpan<float>()[0] = 5;
        x[0].item<float>().ShouldBe(5, "no conversion, no copy");
    }

    [Fact]
    public void Norm_WithoutP_IsTheEuclideanOne() =>
        torch.tensor([3.0, 4], [1, 2]).norm(null, 1).item<double>().ShouldBe(5);

    [Fact]
    public void Error_OfAnOperator_IsOneLineWithItsName()
    {
        var message = Should.Throw<TorchException>(() => torch.zeros([2, 3]).mm(torch.zeros([2, 3]))).Message;
        message.ShouldStartWith("aten::mm: mat1 and mat2 shapes cannot be multiplied");
        message.ShouldNotContain("\n");
    }

    [Fact]
    public void Error_AfterAnother_IsItsOwn()
    {
        Should.Throw<TorchException>(() => torch.zeros([2, 3]).mm(torch.zeros([2, 3])));
        Should.Throw<TorchException>(() => torch.zeros([2]).view([3])).Message.ShouldStartWith("aten::view: ");
    }

    [Fact]
    public void Disposed_Tensor_SaysSo()
    {
        var x = torch.zeros([2]);
        x.Dispose();
        x.Dispose();
        Should.Throw<ObjectDisposedException>(() => x + 1).Message.ShouldContain("disposed");
        Should.Throw<ObjectDisposedException>(() => x.shape);
        x.ToString().ShouldBe("Tensor (disposed)");
    }

    [Fact]
    public void Alias_OutlivesItsOriginal()
    {
        var x = torch.tensor([1f, 2]);
        var y = x.alias();
        x.Dispose();
        y.ToArray<float>().ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData("cpu", DeviceType.CPU, -1)]
    [InlineData("cuda", DeviceType.CUDA, -1)]
    [InlineData("cuda:3", DeviceType.CUDA, 3)]
    public void Device_Text_ReadsAndWritesTheSame(string text, DeviceType type, int index)
    {
        torch.device(text).ShouldBe(new Device(type, index));
        torch.device(text).ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:1:2")]
    [InlineData("CUDA")]
    public void Device_WrongText_SaysWhatToWrite(string text) =>
        Should.Throw<FormatException>(() => torch.device(text)).Message.ShouldBe($"'{text}' is no device: write cpu, cuda or cuda:N");

    [Fact]
    public void ToString_SmallTensor_ShowsItsElements() =>
        torch.tensor([1.5f, -2], [1, 2]).ToString().ShouldBe("Tensor [1, 2] Float32, cpu\n[[1.5, -2]]");

    [Fact]
    public void Reductions_OverDimensionZero_TakeTheLiteralAsADimension()
    {
        using var x = torch.ones([2, 3]);
        x.mean(0).shape.ShouldBe([3]);
        x.sum(0).shape.ShouldBe([3]);
        x.prod(0).shape.ShouldBe([3]);
    }
}
