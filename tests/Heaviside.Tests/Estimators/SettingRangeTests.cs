using Heaviside.Configuration;
using Heaviside.Estimators;
using Heaviside.Estimators.Controls;

namespace Heaviside.Tests.Estimators;

/// <summary>Whatever number a setting of an estimator is given, it is refused by name or every estimate is finite.</summary>
public class SettingRangeTests
{
    private static readonly string[] Numbers =
        ["0", "-0.5", "1e-300", "1e-40", "1e-30", "1e-7", "1e-6", "1e-3", "1", "1000", "1e6", "1e7", "1e30", "1e40", "1e300", "1e400", "nan", "inf", "-1e-40", "-1e40",
        "linear(1, 1e-40, steps=5)", "linear(1, 1e300, steps=5)", "steps(1, 1e30, at=[1, 2])", "exponential(1, rate=0.1)"];

    // What has to be chosen for a setting to be there at all.
    private static readonly string[][] Choices = [[], ["learn-temperature=false"], ["baseline=constant"], ["baseline=running"]];

    public static TheoryData<string, string, string> Cases()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var entry in EstimatorCatalog.All)
            foreach (var (law, kind) in new[] { ("bits", LatentKinds.Bits), ("categories", LatentKinds.Categories) })
                foreach (var key in entry.Latents.HasFlag(kind) ? Choices.SelectMany(choice => Keys(entry, choice)).Distinct() : [])
                    data.Add(entry.Name, law, key);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Estimate_AnyNumber_IsFiniteOrRefused(string name, string law, string key)
    {
        using var scope = torch.NewDisposeScope();
        var refused = 0;
        foreach (var number in Numbers)
            foreach (var type in new[] { torch.float32, torch.float64 })
            {
                try
                {
                    ShouldBeFinite(new(name, law, 4, type, settings: [.. Choices.First(c => Keys(EstimatorCatalog.All.Find(name), c).Contains(key)), $"{key}={number}"]), $"{number}, {type}");
                }
                catch (InputException error)
                {
                    error.Message.ShouldContain($"'{key}'");
                    refused++;
                }
            }

        refused.ShouldBeInRange(1, (2 * Numbers.Length) - 1);
    }

    // The loss may pull a learned temperature anywhere.
    [Theory]
    [InlineData(-1000, 1e-6)]
    [InlineData(1000, 1e6)]
    public void Temperature_LearnedBeyondTheRange_StaysAtItsEnd(double logarithm, double expected)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var temperature = new LearnedTemperature(1, new([[1]], 1, 1, rng));
        using (torch.no_grad()) temperature.parameters().Single().fill_(logarithm);
        temperature.Numbers.Single().Value.ShouldBe(expected, expected * 1e-6);
    }

    private static void ShouldBeFinite(ContractCase setup, string number)
    {
        foreach (var extreme in new[] { false, true })
        {
            if (extreme) setup.MakeExtreme();
            for (ulong seed = 0; seed < 4; seed++)
            {
                var estimate = setup.Estimate(seed);
                estimate.Value.isfinite().all().item<bool>().ShouldBeTrue(number);
                var tuned = setup.Estimator.parameters().ToArray();
                var slopes = estimate.TuningLoss is { } loss ? Autograd.GradOrNull([loss], tuned) : [];
                foreach (var gradient in setup.Gradients(seed).Concat(slopes.OfType<Tensor>())) gradient.isfinite().all().item<bool>().ShouldBeTrue(number);
            }
        }
    }

    // The settings that are numbers, or schedules of them, where something was chosen.
    private static IEnumerable<string> Keys(EstimatorEntry entry, string[] choice)
    {
        var settings = new Settings(choice.Select(c => KeyValuePair.Create(c.Split('=')[0], c.Split('=')[1])));
        try
        {
            entry.Example(settings).Dispose();
        }
        catch (InputException)
        {
            return []; // vimco's baselines are others
        }

        return choice.Length > 0 && !settings.Resolved.Any(s => s.Key == choice[0].Split('=')[0]) ? []
            : settings.Resolved.Where(s => s.Range.StartsWith("a number", StringComparison.Ordinal)).Select(s => s.Key);
    }
}
