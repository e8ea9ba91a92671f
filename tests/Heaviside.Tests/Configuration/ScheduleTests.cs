using FsCheck;
using FsCheck.Fluent;
using Heaviside.Numerics;

namespace Heaviside.Tests.Configuration;

public sealed class ScheduleTests
{
    [Fact]
    public void At_ExponentialWithInterval_HoldsBetweenRefreshesAndStopsAtTheFloor()
    {
        var schedule = new ExponentialSchedule(1, 1e-5) { Floor = 0.1, Every = 500 };

        schedule.At(0).ShouldBe(1);
        schedule.At(499).ShouldBe(1);
        schedule.At(500).ShouldBe(Math.Exp(-0.005), 1e-15);
        schedule.At(999).ShouldBe(schedule.At(500));
        schedule.At(100_250).ShouldBe(Math.Exp(-1), 1e-15);
        schedule.At(230_000).ShouldBe(Math.Exp(-2.3), 1e-15);
        schedule.At(230_500).ShouldBe(0.1);
    }

    [Fact]
    public void At_LinearWithDelay_IsFlatThenStraightThenFlat()
    {
        var schedule = new LinearSchedule(2, 4, 100) { Delay = 10 };

        new[] { 0L, 10, 35, 60, 110, long.MaxValue }.Select(schedule.At).ShouldBe([2, 2, 2.5, 3, 4, 4]);
    }

    [Fact]
    public void At_Cosine_GoesThroughTheQuarterPoints()
    {
        var schedule = new CosineSchedule(1, 0, 1000) { Delay = 1000 };

        schedule.At(999).ShouldBe(1);
        schedule.At(1250).ShouldBe((1 + Math.Sqrt(0.5)) / 2, 1e-12);
        schedule.At(1500).ShouldBe(0.5, 1e-12);
        schedule.At(2001).ShouldBe(0);
    }

    [Fact]
    public void At_Steps_MultipliesFromEachChangeOn()
    {
        var schedule = Schedule.Parse("steps(1e-3, 0.3, at=[60000, 75000])");

        schedule.At(59_999).ShouldBe(1e-3);
        schedule.At(60_000).ShouldBe(3e-4, 1e-18);
        schedule.At(75_000).ShouldBe(9e-5, 1e-18);
    }

    [Fact]
    public void At_StepsWithFactors_MultipliesByEach()
    {
        var schedule = Schedule.Parse("steps(1e-4, [10, 0.1], at=[20, 60])");
        new long[] { 0, 19, 20, 59, 60 }.Select(schedule.At).ShouldBe([1e-4, 1e-4, 1e-3, 1e-3, 1e-4], 1e-18);
    }

    [Fact]
    public void At_NegativeStep_Throws() => Should.Throw<ArgumentOutOfRangeException>(() => ((Schedule)1.0).At(-1));

    [Theory]
    [InlineData("0.5", "0.5")]
    [InlineData(" 3E-05 ", "3e-05")]
    [InlineData("linear(0,1,steps=5000)", "linear(0, 1, steps=5000)")]
    [InlineData("linear(from=0, to=1, steps=1e4, delay=0)", "linear(0, 1, steps=10000)")]
    [InlineData("LINEAR(0, 1, 5, 7)", "linear(0, 1, steps=5, delay=7)")]
    [InlineData("exponential(1, rate=3e-5, floor=0.5, every=500)", "exponential(1, rate=3e-05, floor=0.5, every=500)")]
    [InlineData("exponential(1, rate=0)", "exponential(1, rate=0)")]
    [InlineData("steps(1, 0.5, at=[])", "steps(1, 0.5, at=[])")]
    [InlineData("steps(1, [10,0.5], at=[3, 4])", "steps(1, [10, 0.5], at=[3, 4])")]
    [InlineData("cosine(1, 0, steps=10)", "cosine(1, 0, steps=10)")]
    public void Parse_AcceptedForms_GiveTheCanonicalText(string text, string canonical) =>
        Schedule.Parse(text).ToString().ShouldBe(canonical);

    [Theory]
    [InlineData("", "not understood")]
    [InlineData("nan", "not understood")]
    [InlineData("linear", "not understood")]
    [InlineData("sine(1)", "unknown schedule 'sine'")]
    [InlineData("linear(0, 1)", "steps is missing")]
    [InlineData("linear(0, one, steps=5)", "to is 'one', expected a number")]
    [InlineData("linear(0, 1, steps=0)", "steps is 0, expected 1 or more")]
    [InlineData("linear(0, 1, steps=2.5)", "steps is '2.5', expected a whole number")]
    [InlineData("linear(0, 1, steps=5, delay=-1)", "delay is -1, expected 0 or more")]
    [InlineData("linear(0, 1, steps=5, until=9)", "unknown argument 'until'")]
    [InlineData("linear(0, 1, 5, 6, 7)", "unexpected '7'")]
    [InlineData("linear(0, 1, steps=5, steps=6)", "steps is given twice")]
    [InlineData("linear(0, to=1, 5)", "'5' has no name")]
    [InlineData("exponential(1, rate=-1)", "rate is -1, expected 0 or more")]
    [InlineData("steps(1, 0.5, at=[5, 5])", "at is 5, expected steps of 0 or more that increase")]
    [InlineData("steps(1, [2, 3], at=[5, 6, 7])", "factor is 2, expected one factor, or one for each of the 3 changes")]
    [InlineData("steps(1, [2, x], at=[5, 6])", "factor is 'x', expected a number")]
    [InlineData("steps(1, 0.5, at=5)", "at is '5', expected a list")]
    public void Parse_WrongText_SaysWhatIsWrongAndTheForms(string text, string reason)
    {
        var message = Should.Throw<InputException>(() => Schedule.Parse(text)).Message;

        message.ShouldStartWith($"schedule '{text}': {reason}");
        message.ShouldContain("exponential(START, rate=R");
        message.ShouldNotContain("\n");
    }

    [Fact]
    public void ToString_AnySchedule_ParsesBackToTheSameFunction() => Check.QuickThrowOnFailure(
        Prop.ForAll(Schedules().ToArbitrary(), Gen.Choose(0, 300).ToArbitrary(), (schedule, step) =>
        {
            var read = Schedule.Parse(schedule.ToString());
            return read.GetType() == schedule.GetType() && read.ToString() == schedule.ToString() && read.At(step).Equals(schedule.At(step));
        }));

    private static Gen<Schedule> Schedules()
    {
        var number = ArbMap.Default.GeneratorFor<NormalFloat>().Select(x => x.Item);
        var count = Gen.Choose(1, 200);
        var delay = Gen.Choose(0, 20);
        return Gen.OneOf(
            number.Select(v => (Schedule)v),
            from a in number from b in number from n in count from d in delay select (Schedule)new LinearSchedule(a, b, n) { Delay = d },
            from a in number from b in number from n in count from d in delay select (Schedule)new CosineSchedule(a, b, n) { Delay = d },
            from a in number
            from r in number
            from f in number
            from n in count
            select (Schedule)new ExponentialSchedule(a, Math.Abs(r)) { Floor = f, Every = n },
            from a in number
            from f in number
            from at in Gen.Choose(0, 300).ListOf()
            select (Schedule)new StepSchedule(a, f, at.Distinct().Order().Select(s => (long)s)));
    }
}
