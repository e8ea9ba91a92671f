using Heaviside.Cli.Output;
using Heaviside.Estimators;
using Heaviside.Training;

namespace EndToEnd.Tests;

public sealed class RunPaceTests
{
    // A start of half a minute, steps of ten milliseconds, and every ten of them a validation of five seconds.
    [Fact]
    public void Rate_WithASlowStartAndValidations_IsThatOfTheSteps()
    {
        var clock = new Clock();
        var pace = new RunPace(new TrainingOptions { Steps = 1000, ValidateEvery = 10 }.For(batchesPerEpoch: 10), clock);
        clock.Seconds += 30;
        Step(1);
        pace.Rate.ShouldBe(0, "one step is no interval");
        pace.PaceText.ShouldBe("");
        for (var step = 2; step <= 100; step++)
        {
            clock.Seconds += 0.01;
            Step(step);
            if (step % 10 > 0) continue;
            clock.Seconds += 5;
            pace.Paused();
        }

        pace.Rate.ShouldBe(100, 1e-6);
        pace.SecondsLeft.ShouldBe(900 * ((99 * 0.01) + 50) / 99, 1e-6, "what is left has validations too");

        void Step(long step) => pace.Stepped(new() { Step = step }, objective: -1, EvaluationPoint.HardSample);
    }

    // The rate is that of late, whatever was before.
    [Fact]
    public void Rate_OfStepsThatHaveBecomeSlower_IsThatOfTheLastTenSeconds()
    {
        var clock = new Clock();
        var pace = new RunPace(new TrainingOptions { Steps = 100_000, ValidateEvery = 1_000_000 }.For(batchesPerEpoch: 10), clock);
        for (var step = 1; step <= 2000; step++)
        {
            clock.Seconds += step <= 1000 ? 0.01 : 0.1;
            pace.Stepped(new() { Step = step }, -1, EvaluationPoint.HardSample);
        }

        pace.Rate.ShouldBe(10, 1e-6);
    }

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp() => (long)Math.Round(Seconds * 1e9);
    }
}
