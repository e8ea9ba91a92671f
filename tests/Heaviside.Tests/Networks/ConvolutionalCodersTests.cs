using Heaviside.Networks;

namespace Heaviside.Tests.Networks;

public class ConvolutionalCodersTests
{
    [Theory]
    [InlineData(16, 16, 2, 4, 4)]
    [InlineData(13, 22, 2, 3, 5)]
    [InlineData(7, 9, 1, 3, 4)]
    public void Coders_AnySize_GoToHalfAndBack(int height, int width, int stages, int codeHeight, int codeWidth)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var image = new ImageShape(3, height, width);
        int[] channels = [.. Enumerable.Range(1, stages).Select(s => 4 * s)];
        var code = ConvolutionalCoders.Code(image, channels);
        code.ShouldBe(new ImageShape(4 * stages, codeHeight, codeWidth));
        using var encoder = ConvolutionalCoders.Encoder(image, channels, 5, rng);
        using var decoder = ConvolutionalCoders.Decoder(image, channels, rng);
        encoder.call(torch.randn([2, image.Size], generator: rng)).shape.ShouldBe([2, 5]);
        decoder.call(torch.randn([6, 2, code.Size], generator: rng)).shape.ShouldBe([6, 2, image.Size]);
    }

    [Fact]
    public void Code_TooManyStages_SaysWhatToDo()
    {
        Should.Throw<InputException>(() => ConvolutionalCoders.Code(new(3, 7, 32), [1, 2, 3])).Message
            .ShouldBe("images of 32 x 7 pixels are too small for 3 convolutions, each of which halves them: give fewer 'channels', or network=mlp");
        Should.Throw<InputException>(() => ConvolutionalCoders.Code(new(3, 64, 64), [])).Message.ShouldContain("'channels' is empty");
    }
}
