using Heaviside.Networks;

namespace Heaviside.Tests.Networks;

public class ResidualNetworksTests
{
    [Theory]
    [InlineData(1, 14, 28, new[] { 3, 4 }, 3, 7)]
    [InlineData(3, 9, 5, new[] { 2 }, 4, 2)]
    [InlineData(1, 17, 19, new[] { 2, 3, 4 }, 2, 2)]
    public void EncoderAndDecoder_AnyShape_GoThereAndBack(int channels, int height, int width, int[] stages, int codeHeight, int codeWidth)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        ImageShape image = new(channels, height, width), code = ResidualNetworks.Code(image, stages.Length);
        code.ShouldBe(new(1, codeHeight, codeWidth));
        using var encoder = ResidualNetworks.Encoder(image, stages, rng);
        using var decoder = ResidualNetworks.Decoder(code, image, stages, rng);
        var b = encoder.call(torch.randn([2, 5, image.Size], generator: rng));
        b.shape.ShouldBe([2, 5, code.Size]);
        decoder.call(b).shape.ShouldBe([2, 5, image.Size]);
    }

    // Each example's values stay together, in evaluation mode without any influence of others.
    [Fact]
    public void Forward_Evaluation_TreatsExamplesAlone()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(1);
        using var encoder = ResidualNetworks.Encoder(new(2, 6, 4), [3], rng);
        encoder.eval();
        var x = torch.randn([2, 3, 48], generator: rng);
        var all = encoder.call(x);
        var one = encoder.call(x.select(0, 1).select(0, 2));
        (all.select(0, 1).select(0, 2) - one).abs().max().Number().ShouldBeLessThan(1e-6f);
    }

    [Fact]
    public void Widest_OfTwoStages_IsTheLargerOne()
    {
        using var rng = new Generator(1);
        using var encoder = ResidualNetworks.Encoder(new(1, 14, 28), [2, 9], rng);
        encoder.Widest.ShouldBe(9 * 7 * 14);
    }
}
