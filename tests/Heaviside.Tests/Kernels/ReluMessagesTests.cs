using Heaviside.Kernels;

namespace Heaviside.Tests.Kernels;

/// <summary>Messages block by block against torch's operators in double precision: value, gradients of all inputs and second derivatives.</summary>
public class ReluMessagesTests
{
    // Objects, rows of each, width and edges: within one block, in several of which the last is short, and objects with more rows than a block has.
    [Theory]
    [InlineData(3, 1, 8, 5)]
    [InlineData(4, 7, 16, 90)]
    [InlineData(2, 250, 8, 3)]
    public void Of_AnySizes_IsTorchs(int objects, int frames, int width, int edges)
    {
        var (senders, receivers) = Edges(objects, edges);
        long[][] shapes = [[1, objects, frames, width], [1, objects, frames, width], [width, width], [width], [edges]];
        var sizes = Array.ConvertAll(shapes, s => s.Aggregate(1L, (a, b) => a * b));
        using var rng = new Generator(5);
        KernelTests.ShouldAgree(
            x => Of(x, (r, s, w, b, weights) => new ReluMessages(senders, receivers).Of(r, s, w, b, weights)),
            x => Of(x, (r, s, w, b, weights) => Exact(senders, receivers, r, s, w, b, weights)),
            0.2 * torch.randn([sizes.Sum()], generator: rng));

        Tensor Of(Tensor x, Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor> send) =>
            x.split(sizes).Zip(shapes, (part, shape) => part.reshape(shape)).ToArray() is [var r, var s, var w, var b, var weights] ? send(r, s, w, b, weights) : throw new ArgumentException("five parts");
    }

    [Fact]
    public void Of_NoEdge_IsZeroWithoutGradient()
    {
        var r = torch.ones([1, 2, 3, 8]).requires_grad_();
        var y = new ReluMessages([], []).Of(r, r, torch.eye(8), torch.ones(8), torch.ones(0));
        y.sum().backward();
        y.abs().sum().Number().ShouldBe(0);
        r.grad!.abs().sum().Number().ShouldBe(0);
    }

    // A weight of 0 takes away the message, not the weight's own gradient.
    [Fact]
    public void Of_WeightZero_HasTheMessageAsGradient()
    {
        var weights = torch.zeros(1).requires_grad_();
        new ReluMessages([1], [0]).Of(torch.ones([1, 2, 1, 8]), torch.ones([1, 2, 1, 8]), torch.eye(8), torch.ones(8), weights).sum().backward();
        weights.grad!.Number().ShouldBe(8 * 3);
    }

    [Theory]
    [InlineData(12, ScalarType.Float32, false)]
    [InlineData(16, ScalarType.Float64, false)]
    [InlineData(16, ScalarType.Float32, true)]
    public void CanSend_RowsOfWholeVectorsOfFloats(int width, ScalarType type, bool expected) => ReluMessages.CanSend(torch.zeros([1, 2, 1, width], type)).ShouldBe(expected);

    private static (long[] Senders, long[] Receivers) Edges(int objects, int count)
    {
        var random = new Random(4);
        long[] Draw() => [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(objects))];
        return (Draw(), Draw());
    }

    private static Tensor Exact(long[] senders, long[] receivers, Tensor r, Tensor s, Tensor w, Tensor b, Tensor weights)
    {
        var h = (r[0].index_select(0, torch.tensor(receivers)) + s[0].index_select(0, torch.tensor(senders))).relu();
        var messages = weights.view(-1, 1, 1) * torch.nn.functional.linear(h, w, b).relu();
        return torch.zeros_like(r[0]).index_add(0, torch.tensor(receivers), messages, 1).unsqueeze(0);
    }
}
