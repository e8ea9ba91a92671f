using Heaviside.Models;

namespace Heaviside.Tests.Models;

public class LatentShapeTests
{
    [Theory]
    [InlineData("30x10", 30, 10)]
    [InlineData("1x2", 1, 2)]
    public void Parse_Right_IsWrittenTheSame(string text, int variables, int classes)
    {
        LatentShape.Parse(text).ShouldBe(new(variables, classes));
        LatentShape.Parse(text).ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("30x")]
    [InlineData("0x10")]
    [InlineData("30x1")]
    [InlineData("-3x10")]
    [InlineData("3.5x10")]
    [InlineData("3x4x5")]
    [InlineData("30 x 10")]
    [InlineData("99999999999x2")]
    public void Parse_Wrong_QuotesTextAndForm(string text) =>
        Should.Throw<InputException>(() => LatentShape.Parse(text)).Message.ShouldSatisfyAllConditions(
            m => m.ShouldContain($"'{text}'"), m => m.ShouldContain("NxK"));
}
