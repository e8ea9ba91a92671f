using FsCheck;
using FsCheck.Fluent;
using Heaviside.Configuration;
using Heaviside.Numerics;

namespace Heaviside.Tests.Configuration;

public sealed class SettingsTests
{
    private static Settings Of(params (string Key, string Value)[] given) =>
        new(given.Select(g => KeyValuePair.Create(g.Key, g.Value)));

    [Fact]
    public void Accessors_GivenValues_AreParsed()
    {
        var s = Of(("latents", "1e2"), ("learning_rate", "3e-4"), ("bias", "True"), ("hidden", "[200, 100]"),
            ("estimator", "ARM"), ("note", " a b "), ("betas", "0.9, 0.999"), ("temperature", "linear(1, 0, steps=2)"));

        s.Int("latents", 30, 1, 1000, "").ShouldBe(100);
        s.Double("learning-rate", 1e-3, 0, 1, "").ShouldBe(3e-4);
        s.Bool("bias", false, "").ShouldBeTrue();
        s.IntList("hidden", [], 1, 1000, "").ShouldBe([200, 100]);
        s.Choice("estimator", "exact", ["exact", "arm"], "").ShouldBe("arm");
        s.Text("note", "", "").ShouldBe("a b");
        s.DoubleList("betas", [], 0, 1, "").ShouldBe([0.9, 0.999]);
        s.Schedule("temperature", 1, 0, 10, "").At(1).ShouldBe(0.5);
        s.EnsureAllRead();
    }

    [Fact]
    public void Resolved_AfterReading_HoldsGivenValuesAndDefaultsInOrderOfReading()
    {
        var s = Of(("epochs", "5"));
        s.Schedule("temperature", new ExponentialSchedule(1, 3e-5), 0, double.PositiveInfinity, "of the relaxation");
        s.Int("epochs", 100, 1, 1000, "passes over the data");
        s.Int("epochs", 100, 1, 1000, "passes over the data");

        s.Resolved.ShouldBe([
            new Setting("temperature", "exponential(1, rate=3e-05)", "exponential(1, rate=3e-05)",
                "a number or a schedule such as linear(0, 1, steps=5000), at every step of 0 or more", "of the relaxation"),
            new Setting("epochs", "5", "100", "a whole number from 1 to 1000", "passes over the data"),
        ]);
    }

    [Fact]
    public void Resolved_ReadAgain_GivesTheSameValues()
    {
        var first = Of(("learning-rate", "0.10"));
        Read(first);
        var second = new Settings(first.Resolved.Select(r => KeyValuePair.Create(r.Key, r.Value)));
        Read(second);

        second.Resolved.ShouldBe(first.Resolved);
        second.EnsureAllRead();

        static void Read(Settings s)
        {
            s.Double("learning-rate", 1, 0, 1, "");
            s.IntList("hidden", [], 1, 9, "");
            s.Text("note", "", "");
            s.Bool("bias", true, "");
        }
    }

    [Theory]
    [InlineData("0", "setting 'latents' is '0', expected a whole number from 1 to 1000")]
    [InlineData("2.5", "setting 'latents' is '2.5', expected a whole number from 1 to 1000")]
    [InlineData("", "setting 'latents' is '', expected a whole number from 1 to 1000")]
    [InlineData("99999999999999999999", "setting 'latents' is '99999999999999999999', expected a whole number from 1 to 1000")]
    public void Int_WrongValue_NamesKeyValueAndRange(string value, string message) =>
        Should.Throw<InputException>(() => Of(("latents", value)).Int("latents", 30, 1, 1000, "")).Message.ShouldBe(message);

    [Theory]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData("1e999")]
    [InlineData("-0.1")]
    [InlineData("1,5")]
    public void Double_WrongValue_Throws(string value) =>
        Should.Throw<InputException>(() => Of(("rate", value)).Double("rate", 1, 0, double.PositiveInfinity, ""))
            .Message.ShouldBe($"setting 'rate' is '{value}', expected a number of 0 or more");

    [Fact]
    public void Choice_Slip_SuggestsTheNearest() =>
        Should.Throw<InputException>(() => Of(("estimator", "amr")).Choice("estimator", "exact", ["exact", "arm"], ""))
            .Message.ShouldBe("setting 'estimator' is 'amr', expected one of exact, arm; did you mean 'arm'?");

    [Theory]
    [InlineData("[arm, Exact]", new[] { "arm", "exact" })]
    [InlineData("arm", new[] { "arm" })]
    [InlineData("[]", new string[0])]
    public void Choices_Names_AreReadBackAsWritten(string text, string[] expected)
    {
        var s = Of(("estimators", text));
        s.Choices("estimators", ["exact"], ["exact", "arm"], "").ShouldBe(expected);
        Of(("estimators", s.Resolved[0].Value)).Choices("estimators", ["exact"], ["exact", "arm"], "").ShouldBe(expected);
        Of().Choices("estimators", ["exact"], ["exact", "arm"], "").ShouldBe(["exact"]);
    }

    [Fact]
    public void Choices_Slip_SuggestsTheNearest() =>
        Should.Throw<InputException>(() => Of(("estimators", "[exact, amr]")).Choices("estimators", [], ["exact", "arm"], ""))
            .Message.ShouldBe("setting 'estimators' is '[exact, amr]', expected a list of exact, arm; did you mean 'arm'?");

    [Fact]
    public void Schedule_WrongValue_NamesTheKey() =>
        Should.Throw<InputException>(() => Of(("temperature", "sine(1)")).Schedule("temperature", 1, 0, 10, ""))
            .Message.ShouldStartWith("setting 'temperature': schedule 'sine(1)': unknown schedule");

    [Fact]
    public void EnsureAllRead_MisspelledKey_SuggestsTheNearest()
    {
        var s = Of(("temprature", "1"));
        s.Double("temperature", 1, 0, 10, "");

        Should.Throw<InputException>(() => s.EnsureAllRead()).Message.ShouldBe("unknown setting 'temprature'; did you mean 'temperature'?");
    }

    [Fact]
    public void Constructor_SameKeyInTwoSpellings_Throws() =>
        Should.Throw<InputException>(() => Of(("learning-rate", "1"), ("learning_rate", "2"))).Message.ShouldBe("setting 'learning-rate' is given twice");

    [Fact]
    public void With_Overrides_ReplaceOrAdd() =>
        Of(("a", "1"), ("b-c", "2")).With([new("b_c", "3"), new("d", "4")]).Given
            .ShouldBe([new("a", "1"), new("b-c", "3"), new("d", "4")]);

    [Fact]
    public void Read_SameKeyWithAnotherDefault_Throws()
    {
        var s = Of();
        s.Int("hidden", 100, 1, 1000, "");

        Should.Throw<InvalidOperationException>(() => s.Int("hidden", 200, 1, 1000, "")).Message.ShouldContain("'hidden'");
    }

    [Fact]
    public void Describe_ReadSettings_GivesOneAlignedLineEach()
    {
        var s = Of();
        s.Int("epochs", 100, 1, int.MaxValue, "passes over the data");
        s.Bool("early-stop", false, "stop when validation gets worse");

        s.Describe().ShouldBe("""
            epochs      100    passes over the data (a whole number from 1 to 2147483647)
            early-stop  false  stop when validation gets worse (true or false)

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Double_AnyNumber_RoundTripsThroughItsText() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), x =>
        {
            var s = Of();
            s.Double("x", x.Item, double.NegativeInfinity, double.PositiveInfinity, "");
            return Of(("x", s.Resolved[0].Value)).Double("x", 0, double.NegativeInfinity, double.PositiveInfinity, "").Equals(x.Item);
        }));
}
