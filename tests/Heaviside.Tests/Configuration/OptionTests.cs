using Heaviside.Configuration;
using Heaviside.Estimators;
using Heaviside.Estimators.Baselines;
using Heaviside.Numerics;
using Heaviside.Priors.Partition;
using Heaviside.Regularizers;

namespace Heaviside.Tests.Configuration;

/// <summary>Options are declared once: in C# and in recipes they have one default and one range.</summary>
public class OptionTests
{
    public static TheoryData<string> Estimators => [.. EstimatorCatalog.All.Names];

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Default_OfAnEstimator_IsTheRecipes(string name)
    {
        var entry = EstimatorCatalog.All.Find(name);
        var settings = new Settings();
        using var fromRecipe = entry.Read(settings);
        using var fromCode = entry.New();
        Values(fromRecipe).ShouldBe(Values(fromCode));
        settings.Resolved.Select(s => s.Key).ShouldBe(Values(fromCode).Select(v => v.Name));
        settings.Resolved.ShouldAllBe(s => s.Value == s.Default);
    }

    [Fact]
    public void Default_OfTheRegularizer_IsTheRecipes() =>
        Values(new Settings().Fill(new StabilityOptions(0.0)).Regularizer).ShouldBe(Values(new StabilityRegularizer()));

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Range_OfAnEstimatorsNumbers_HoldsInCodeAndInRecipes(string name)
    {
        var entry = EstimatorCatalog.All.Find(name);
        using var estimator = entry.New();
        foreach (var option in OptionInfo.Of(estimator.GetType()).Where(o => o.IsIn(estimator) && o.Type == typeof(int)))
        {
            Should.Throw<ArgumentOutOfRangeException>(() => entry.With((option.Name, (int)option.Least - 1))).Message.ShouldStartWith("must be a number from");
            Should.Throw<InputException>(() => entry.Read(new([new(option.Name, $"{option.Least - 1}")]))).Message.ShouldContain($"'{option.Name}'");
            entry.With((option.Name, (int)option.Least)).Dispose();
        }
    }

    [Fact]
    public void Set_OptionOfAnOption_IsThereWithItsValueOnly()
    {
        var settings = new Settings([new("baseline", "running"), new("baseline-decay", "0.5")]);
        using var reinforce = (Reinforce)EstimatorCatalog.All.Find("reinforce").Read(settings);
        reinforce.Baseline.ShouldBe(new() { Kind = BaselineKind.Running, Decay = 0.5 });
        settings.EnsureAllRead();

        var other = new Settings([new("baseline", "batch"), new("baseline-decay", "0.5")]);
        EstimatorCatalog.All.Find("reinforce").Read(other).Dispose();
        Should.Throw<InputException>(() => other.EnsureAllRead()).Message.ShouldContain("'baseline-decay'");
    }

    [Fact]
    public void With_OptionThatIsNotThere_SaysSo() =>
        Should.Throw<ArgumentException>(() => EstimatorCatalog.All.Find("arm").With(("temperature", 0.5))).Message.ShouldStartWith("arm has no option 'temperature'");

    [Fact]
    public void Fill_ScheduleThatTheComponentRefuses_NamesTheSetting() =>
        Should.Throw<InputException>(() => EstimatorCatalog.All.Find("gumbel-softmax").Read(new([new("temperature", "linear(1, 0, steps=10)")])))
            .Message.ShouldStartWith("setting 'temperature' is 'linear(1, 0, steps=10)', it must be a number from 1e-6 to 1000000 at every step");

    [Fact]
    public void Create_LearnedTemperatureOnASchedule_IsRefused()
    {
        using var rng = new Generator(1);
        Should.Throw<InputException>(() => EstimatorCatalog.All.Find("rebar").Create(new([new("temperature", "linear(1, 0.5, steps=10)")]), new([[3]], 1, 1, rng)))
            .Message.ShouldContain("learn-temperature=false");
    }

    // What is declared is what the property itself refuses, in groups of options and in lists too.
    [Fact]
    public void Range_OfEveryNumber_HoldsInCode()
    {
        foreach (var component in Components())
            foreach (var option in OptionInfo.Of(component.GetType()).Where(o => double.IsFinite(o.Least)))
            {
                object below = option.Get(component) switch
                {
                    int => (int)option.Least - 1,
                    double or Heaviside.Numerics.Schedule => option.Least - 1,
                    IReadOnlyList<int> => new[] { 5, (int)option.Least - 1 },
                    var other => throw new InvalidOperationException($"{option.Name}: a range of {other}"),
                };
                Should.Throw<ArgumentOutOfRangeException>(() => option.Set(component, below), option.Name);
            }
    }

    [Fact]
    public void Options_OfEveryComponent_AreDescribedAndOfATypeThatRecipesRead()
    {
        foreach (var component in Components())
        {
            OptionInfo.Of(component.GetType()).Select(o => o.Name).ShouldBeUnique();
            OptionInfo.Of(component.GetType()).ShouldAllBe(o => o.Description.Length > 5);
            new Settings().Fill(component);
        }
    }

    [Fact]
    public void Estimate_EstimatorThatLearnsAndWasNotPrepared_SaysWhatToDo()
    {
        using var rng = new Generator(1);
        var q = new Heaviside.Distributions.Bernoulli(torch.zeros([2, 3]));
        foreach (var name in new[] { "nvil", "normalized-nvil", "simple-muprop", "muprop", "rebar", "relax", "relax-black-box", "rebar-q-function" })
        {
            using var estimator = EstimatorCatalog.All.Find(name).New();
            Should.Throw<InvalidOperationException>(() => estimator.Estimate(q, Objective.Differentiable(b => b.sum(-1)), rng)).Message.ShouldContain("call Prepare");
        }
    }

    // A baseline that was asked for is subtracted, or the estimator is refused: never left out without a word.
    [Fact]
    public void Estimate_BaselineOfALayer_IsSubtractedOncePrepared()
    {
        using var rng = new Generator(1);
        var q = new Heaviside.Distributions.Bernoulli(torch.zeros([2, 3], torch.float64));
        Rebar New(double constant) => new()
        {
            LearnTemperature = false,
            Scale = Heaviside.Estimators.Controls.ScaleKind.None,
            Baseline = new() { Kind = BaselineKind.Constant, Value = constant },
        };
        var f = Objective.Differentiable(b => b.sum(-1));
        Should.Throw<InvalidOperationException>(() => New(1).Estimate(q, f, rng)).Message.ShouldContain("call Prepare");

        double[] Gradient(double constant)
        {
            using var scope = torch.NewDisposeScope();
            using var noise = new Generator(7);
            var logits = torch.zeros([2, 3], torch.float64).requires_grad_();
            using var rebar = New(constant).Prepare(new EstimatorInput([[3]], 1, 1, noise, torch.float64));
            using var same = new Generator(3);
            return Autograd.Grad([rebar.Estimate(new Heaviside.Distributions.Bernoulli(logits), f, same).Surrogate.sum()], [logits])[0].ToArray<double>();
        }

        // At logit 0 the score of a bit is 1/2 or -1/2: that of a baseline of 1 is subtracted.
        foreach (var (without, with) in Gradient(0).Zip(Gradient(1))) Math.Abs(without - with).ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void Prepare_Twice_IsRefused()
    {
        using var rng = new Generator(1);
        var input = new EstimatorInput([[3]], 1, 1, rng);
        using var nvil = new Nvil().Prepare(input);
        Should.Throw<InvalidOperationException>(() => nvil.Prepare(input)).Message.ShouldContain("prepared before");
    }

    private static IEnumerable<object> Components() =>
    [
        .. EstimatorCatalog.All.Select(e => e.New()), .. PartitionCatalog.All.Select(e => e.New()),
        .. Heaviside.Structured.ArgmaxOracleCatalog.All.Select(e => e.New()), new StabilityRegularizer(), new MeanCenteredStability(),
    ];

    private static IEnumerable<(string Name, string Value)> Values(object component) => OptionInfo.Of(component.GetType())
        .Where(o => o.IsIn(component))
        .Select(o => (o.Name, o.Get(component) switch
        {
            IReadOnlyList<int> list => TextList.Format(list.Select(i => $"{i}")),
            var value => $"{value}",
        }));
}
