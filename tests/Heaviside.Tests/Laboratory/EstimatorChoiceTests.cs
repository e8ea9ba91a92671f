using Heaviside.Laboratory;

namespace Heaviside.Tests.Laboratory;

public class EstimatorChoiceTests
{
    [Fact]
    public void ParseList_SettingsWithCommas_AreKeptTogether()
    {
        var choices = EstimatorChoice.ParseList("reinforce, rebar(temperature=linear(1, 0.1, steps=10), learn-temperature=false)");
        choices.Select(c => c.Entry.Name).ShouldBe(["reinforce", "rebar"]);
        choices[1].Given.ShouldBe([new("temperature", "linear(1, 0.1, steps=10)"), new("learn-temperature", "false")]);
        choices[1].Leaves("temperature").ShouldBeFalse();
        choices[1].Leaves("relaxation").ShouldBeTrue();
        choices[0].Leaves("temperature").ShouldBeFalse("it has none");
    }

    [Theory]
    [InlineData("", "no estimator")]
    [InlineData("rebra", "rebar")]
    [InlineData("reinforce,reinforce", "twice")]
    [InlineData("rebar(temperature)", "setting=value")]
    [InlineData("rebar(temperature=0)", "temperature")]
    [InlineData("rebar(tempreature=1)", "temperature")]
    [InlineData("rebar(temperature=1", "NAME(setting=value, ...)")]
    public void ParseList_Wrong_SaysWhat(string text, string message) =>
        Should.Throw<InputException>(() => EstimatorChoice.ParseList(text)).Message.ShouldContain(message);
}
