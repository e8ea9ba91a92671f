using static Heaviside.Torch.Tests.Nn.Numbers;

namespace Heaviside.Torch.Tests.Nn;

public sealed class EmbeddingTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly Generator generator = new(3);

    public void Dispose()
    {
        scope.Dispose();
        generator.Dispose();
    }

    [Fact]
    public void Forward_OfIndices_GivesTheirRows()
    {
        using var layer = torch.nn.Embedding(5, 3, generator, dtype: torch.float64);
        var result = layer.forward(torch.tensor([4L, 0, 4, 2], [2, 2]));
        result.shape.ShouldBe([2, 2, 3]);
        result[0, 0].ShouldBeNear(layer.weight[4]);
        result[0, 1].ShouldBeNear(layer.weight[0]);
        result[1, 1].ShouldBeNear(layer.weight[2]);
    }

    [Fact]
    public void Gradient_OfARowUsedTwice_IsTheSum()
    {
        using var layer = torch.nn.Embedding(5, 3, generator, dtype: torch.float64);
        var indices = torch.tensor([4L, 0, 4]);
        GradientsShouldMatchDifferences(() => Weighted(layer.forward(indices).square()), layer.weight);
    }

    [Fact]
    public void Forward_OfAnUnknownRow_FailsInOneLine()
    {
        using var layer = torch.nn.Embedding(5, 3, generator);
        var message = Should.Throw<TorchException>(() => layer.forward(torch.tensor([5L]))).Message;
        message.ShouldStartWith("aten::embedding: index out of range");
        message.ShouldNotContain('\n');
    }
}
