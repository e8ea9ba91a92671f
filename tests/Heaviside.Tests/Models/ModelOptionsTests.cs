using Heaviside.Configuration;
using Heaviside.Models;
using Heaviside.Numerics;
using Heaviside.Regularizers;
using Heaviside.Structured;
using Heaviside.Tests.Design;

namespace Heaviside.Tests.Models;

/// <summary>What holds for the options of every model: they are declared once, for C# and for recipes.</summary>
public class ModelOptionsTests
{
    public static TheoryData<string> Types => [.. ModelCatalog.All.Select(m => m.NewOptions().GetType().FullName!)];

    private static object New(string type) => Activator.CreateInstance(typeof(CategoricalVaeOptions).Assembly.GetType(type)!)!;

    private static string[] Values(object options) => [.. OptionInfo.In(options).Select(o => $"{o.Name}: {o.Get(options)}")];

    [Fact]
    public void Models_Sources_KnowNoSettings() =>
        Sources.Files.Where(f => f.Path.Contains("/Models/") && f.Path.StartsWith("src/", StringComparison.Ordinal) && !f.Path.EndsWith("/ModelEntry.cs", StringComparison.Ordinal))
            .Where(f => f.Lines.Any(l => l.Contains("Settings"))).Select(f => f.Path).ShouldBeEmpty();

    [Fact]
    public void Models_All_HaveOptionsOfTheirOwn() => ModelCatalog.All.Select(m => m.NewOptions().GetType()).ShouldBeUnique();

    [Theory]
    [MemberData(nameof(Types))]
    public void Fill_NoSettings_LeavesTheDefaults(string type)
    {
        var settings = new Settings();
        var options = settings.Fill(New(type));
        Values(options).ShouldBe(Values(New(type)));
        settings.Resolved.Select(s => s.Key).ShouldBe(OptionInfo.In(options).Select(o => o.Name));
        settings.Resolved.ShouldAllBe(s => s.Description.Length > 0 && s.Value == s.Default);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Options_OutOfRange_AreRefusedByRecipesAndCSharpAlike(string type)
    {
        foreach (var option in OptionInfo.In(New(type)).Where(o => double.IsFinite(o.Least)))
        {
            var below = option.Least - 1;
            Should.Throw<InputException>(() => new Settings([new(option.Name, $"{below}")]).Fill(New(type))).Message.ShouldContain($"'{option.Name}'");
            object value = option.Get(New(type)) switch { int => (int)below, IReadOnlyList<int> => new[] { (int)below, (int)below }, Schedule => (Schedule)below, _ => below };
            Should.Throw<ArgumentException>(() => option.Set(New(type), value), option.Name);
        }
    }

    [Fact]
    public void Defaults_OfOtherOptions_FollowThem()
    {
        new DiscreteVaeOptions { Smoothing = SmoothingKind.Power }.Beta.ShouldBe(40);
        new DiscreteVaeOptions { Groups = [5, 5] }.Beta.ShouldBe(10);
        new PairwiseVaeOptions { Pairs = PairScores.General }.Solver.ShouldBeOfType<BranchAndBound>();
        new PairwiseVaeOptions { Pairs = PairScores.Supermodular, Oracle = "exhaustive" }.Solver.ShouldBeOfType<ExhaustiveSearch>();
        var settings = new Settings([new("clusters", "10"), new("stability", "7"), new("rho", "0.5")]);
        var stability = settings.Fill(new GaussianMixtureVaeOptions()).Stability;
        settings.EnsureAllRead();
        stability.Weight.At(0).ShouldBe(7);
        stability.Regularizer.ShouldBeOfType<StabilityRegularizer>().ShouldSatisfyAllConditions(r => r.Alpha.ShouldBe(0.2), r => r.Rho.ShouldBe(0.5));
        new Settings([new("rho2", "0.1")]).Fill(new StablePredictionOptions()).Stability.Regularizer.ShouldBeOfType<MeanCenteredStability>();
        Should.Throw<InputException>(() => new Settings([new("rho2", "0.95")]).Fill(new StablePredictionOptions())).Message.ShouldContain("less than rho");
    }

    // There is an option where it means something.
    [Theory]
    [InlineData(typeof(MixedVaeOptions), "convolution", "channels", "pixel-means")]
    [InlineData(typeof(StructuredPredictionOptions), "resnet", "channels", "layers")]
    [InlineData(typeof(StablePredictionOptions), "resnet", "channels", "bits")]
    public void Network_Other_HasOptionsOfItsOwn(Type type, string network, string own, string other)
    {
        string[] Names(string value)
        {
            var settings = new Settings([new("network", value)]);
            settings.Fill(Activator.CreateInstance(type)!);
            return [.. settings.Resolved.Select(s => s.Key)];
        }

        Names("mlp").ShouldContain(other);
        Names("mlp").ShouldNotContain(own);
        Names(network).ShouldContain(own);
        if (other != "pixel-means") Names(network).ShouldNotContain(other);
    }

    [Fact]
    public void Constructor_OptionsThatDoNotGoTogether_SaysSo()
    {
        using var rng = new Generator(1);
        ModelInput input = new(1, 2, 2, new float[4], rng);
        Should.Throw<InputException>(() => new BoltzmannVae(input, new() { Groups = [1] })).Message.ShouldContain("two sides");
        Should.Throw<InputException>(() => new PairwiseVae(input, new() { Pairs = PairScores.General, Solver = new TopK() })).Message.ShouldContain("'oracle'");
        Should.Throw<ArgumentException>(() => new GaussianMixtureVaeOptions { Channels = [3] }).ParamName.ShouldBe("Channels");
        Should.Throw<InputException>(() => new PairwiseVaeOptions { Oracle = "max-flo" }).Message.ShouldContain("max-flow");
    }
}
