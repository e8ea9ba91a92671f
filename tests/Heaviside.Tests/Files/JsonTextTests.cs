using Heaviside.Files;

namespace Heaviside.Tests.Files;

public class JsonTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("{\"a\":1e400}")]
    [InlineData("{\"a\":[{\"b\":-1e400}]}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":\"\\udc00\\ud800\"}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":1} {}")]
    [InlineData("{\"a\":1")]
    public void Parse_WhatIsNoObjectThatCanBeRead_SaysSoInOneLine(string text)
    {
        var message = Should.Throw<InputException>(() => JsonText.Parse(text, "a file")).Message;
        message.ShouldStartWith("a file: is no ");
        message.ShouldNotContain('\n');
    }

    [Fact]
    public void Parse_DeepBrackets_AreRefused() =>
        Should.Throw<InputException>(() => JsonText.Parse("{\"a\":" + new string('[', 100_000), "a file"));

    [Theory]
    [InlineData("5", null, 5.0, 5L)]
    [InlineData("-5", null, -5.0, null)]
    [InlineData("0.5", null, 0.5, null)]
    [InlineData("1e3", null, 1000.0, null)]
    [InlineData("9223372036854775808", null, 9223372036854775808.0, null)]
    [InlineData("\"5\"", "5", null, null)]
    [InlineData("true", null, null, null)]
    [InlineData("null", null, null, null)]
    [InlineData("[5]", null, null, null)]
    [InlineData("{}", null, null, null)]
    public void Field_OfAnotherKind_IsNull(string value, string? text, double? number, long? whole)
    {
        var json = JsonText.Parse($"{{\"a\":{value}}}", "a file");
        (json.Text("a"), json.Number("a"), json.Whole("a")).ShouldBe((text, number, whole));
        (json.Text("b"), json.Number("b"), json.Whole("b")).ShouldBe((null, null, null));
    }

    [Fact]
    public void InputException_QuotesNothingThatSteersATerminal() =>
        new InputException("a\u001b[31m\nb\u0085c\u202Ed\u2028e").Message.ShouldBe("a [31m b c d e");
}
