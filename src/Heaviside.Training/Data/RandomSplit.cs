using Heaviside.Configuration;
using Heaviside.Numerics;

namespace Heaviside.Data;

/// <summary>Splits examples at random into those to learn from, to choose by, and to report on.</summary>
public sealed record RandomSplit
{
    /// <summary>Decides which example goes where: the same in every run, whatever the run's own seed; 1 by default.</summary>
    [Option("seed of the split into training, validation and test part, where the files have none", Name = "split-seed")]
    public ulong Seed { get; init; } = 1;

    /// <summary>Percent of the examples that are for validation, 1 to 98; 10 by default.</summary>
    [Option("percent of the examples for validation, where the files have no such part", Least = 1, Most = 98)]
    public int ValidationPercent { get; init => field = OptionInfo.Checked(this, value); } = 10;

    /// <summary>Percent of the examples that are for the test, 1 to 98; 10 by default.</summary>
    [Option("percent of the examples for the test, where the files have no such part", Least = 1, Most = 98)]
    public int TestPercent { get; init => field = OptionInfo.Checked(this, value); } = 10;

    /// <summary>Which examples go where, a pure function of the arguments. Those for training are counted first, then those given for validation, then those given for the test.</summary>
    /// <param name="count">How many there are to split.</param>
    /// <param name="validation">How many are for validation already; 0: some of <paramref name="count"/> will be.</param>
    /// <param name="test">How many are for the test already; 0: some of <paramref name="count"/> will be.</param>
    /// <exception cref="InputException">Too few are left to learn from.</exception>
    public Partition Of(int count, int validation = 0, int test = 0)
    {
        var order = new SplitMix64(Seed, RandomPurpose.Split).Permutation(count);
        int forValidation = validation > 0 ? 0 : Share(count, ValidationPercent), forTest = test > 0 ? 0 : Share(count, TestPercent);
        var left = count - forValidation - forTest;
        if (left < 1) throw new InputException($"of {count} examples, {forValidation} for validation and {forTest} for the test leave none to learn from");
        int[] Part(int from, int taken) => [.. order.Skip(from).Take(taken).Order()];
        int[] Given(int from, int taken) => [.. Enumerable.Range(from, taken)];
        return new(
            Part(0, left),
            validation > 0 ? Given(count, validation) : Part(left, forValidation),
            test > 0 ? Given(count + validation, test) : Part(left + forValidation, forTest),
            Description(validation > 0, test > 0));
    }

    private static int Share(int count, int percent) => (int)Math.Max(1, Math.Round(count * (percent / 100.0)));

    private string Description(bool hasValidation, bool hasTest) => (hasValidation, hasTest) switch
    {
        (true, true) => "split as given",
        (false, true) => $"validation part drawn with seed {Seed}",
        (true, false) => $"test part drawn with seed {Seed}",
        _ => $"split at random with seed {Seed}",
    };
}
