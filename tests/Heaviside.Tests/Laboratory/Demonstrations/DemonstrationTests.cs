using System.Text.RegularExpressions;
using Heaviside.Configuration;
using Heaviside.Laboratory;
using Heaviside.Laboratory.Demonstrations;
using Heaviside.Studies;
using Heaviside.Tests.Design;
using Heaviside.Tests.Studies;

namespace Heaviside.Tests.Laboratory.Demonstrations;

public sealed class DemonstrationTests
{
    public static TheoryData<string> Names => [.. DemonstrationCatalog.All.Names];

    public static TheoryData<string> Studies => [.. ((IEnumerable<object[]>)StudyTests.Files).Select(f => (string)f[0]).Where(f => Read(f).Grid.Demonstration is not null)];

    [Fact]
    public void Catalogue_HasEveryDemonstrationOfTheLibrary()
    {
        DemonstrationCatalog.All.Select(Type).ShouldBe(Sources.Types.Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(Demonstration))), ignoreOrder: true);
        DemonstrationCatalog.All.Names.ShouldAllBe(n => Regex.IsMatch(n, "^[a-z0-9]+(-[a-z0-9]+)*$"));

        static Type Type(DemonstrationEntry entry)
        {
            using var demonstration = entry.Create(new());
            return demonstration.GetType();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_OfOneSeed_GivesTheSameBitsAndOfAnotherSeedOthers(string name)
    {
        string Numbers(string seed) => string.Join('\n', Run(name, every: 5, [new("steps", "10"), new("batch-size", "50"), new("seed", seed)])
            .Select(r => string.Join(' ', r.Fields.Select(f => $"{f.Name} {f.Value:R}"))));

        var first = Numbers("1");
        Numbers("1").ShouldBe(first);
        Numbers("2").ShouldNotBe(first);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_Stopped_ReportsWhereItIs(string name)
    {
        using var stop = new CancellationTokenSource();
        using var demonstration = DemonstrationCatalog.All.Find(name).Create(new([new("steps", "1000000"), new("batch-size", "50")]));
        var rows = demonstration.Run(every: 1000, stop.Token, step =>
        {
            if (step == 3) stop.Cancel();
        }).Where(r => r is not BinRow).ToList();
        rows.Select(r => r.Fields[0]).ShouldBe([("step", 0L), ("step", 3L)]);
    }

    [Fact]
    public void ToyRegression_WithoutStability_HasAllOutputsNearTheTarget()
    {
        var last = Toy("0").OfType<ToyRegressionRow>().Last();
        last.Mean.ShouldBe(0.8, 0.02);
        (last.BelowTenth, last.AboveNineTenths).ShouldBe((0, 0));
        last.Discreteness.ShouldBe(0.2, 0.02);
        last.Stability.ShouldBe(0.64, 0.03);
    }

    [Fact]
    public void ToyRegression_WithStability_HasZerosAndOnesWithTheTargetAsMean()
    {
        var rows = Toy("0.05");
        var last = rows.OfType<ToyRegressionRow>().Last();
        last.Mean.ShouldBe(0.8, 0.02);
        last.BelowTenth.ShouldBeGreaterThan(0.1);
        last.AboveNineTenths.ShouldBeGreaterThan(0.7);
        last.Discreteness.ShouldBeLessThan(0.05);
        last.Stability.ShouldBeInRange(0.72, Heaviside.Regularizers.HalfSpaceStability.Of(last.Mean, 0.9) + 0.01);

        var bins = rows.OfType<BinRow>().GroupBy(b => b.Step).ToList();
        bins.Select(g => g.Key).ShouldBe([0, 600]);
        foreach (var histogram in bins) histogram.Sum(b => b.Share).ShouldBe(1, 1e-6);
        bins[1].Where(b => b.High <= 0.1 + 1e-9).Sum(b => b.Share).ShouldBe(last.BelowTenth, 1e-4);
        bins[1].MaxBy(b => b.Share)!.High.ShouldBe(1);
    }

    [Fact]
    public void HalfSpace_WithItsVolumeHeld_NearsTheHalfPlaneOfThatVolume()
    {
        var rows = Run("half-space", every: 600, [new("steps", "600"), new("batch-size", "300"), new("seed", "1")]).Cast<HalfSpaceRow>().ToList();
        var (first, last) = (rows[0], rows[^1]);

        first.Volume.ShouldBeLessThan(0.3, "far from the half that mean-centered stability would lead to");
        last.VolumeChange.ShouldBe(0, 0.02);
        last.Stability.ShouldBeGreaterThan(first.Stability * 2);
        (last.Bound - last.Stability).ShouldBeInRange(0, 0.006);
        last.Distance.ShouldBeLessThan(first.Distance / 4);
        last.Values.Count(v => v is < 0.1f or > 0.9f).ShouldBeGreaterThan(last.Values.Count * 9 / 10);
    }

    [Fact]
    public void HalfSpace_AskedForAnotherVolume_GetsIt()
    {
        var last = (HalfSpaceRow)Run("half-space", every: 300, [new("steps", "300"), new("batch-size", "300"), new("volume", "0.7")])[^1];
        last.Volume.ShouldBe(0.7, 0.03);
    }

    [Theory]
    [InlineData("toy-regression", "target", "2", "'target' is '2', expected a number from 0 to 1")]
    [InlineData("toy-regression", "stability", "-1", "setting 'stability' is '-1'")]
    [InlineData("half-space", "rho2", "0.95", "expected less than rho")]
    [InlineData("half-space", "layers", "0", "'layers'")]
    [InlineData("half-space", "device", "gpu", "setting 'device'")]
    public void Create_WithAWrongSetting_SaysWhich(string name, string key, string value, string message) =>
        Should.Throw<InputException>(() => DemonstrationCatalog.All.Find(name).Create(new([new(key, value)]))).Message.ShouldContain(message);

    [Theory]
    [MemberData(nameof(Studies))]
    public void Runs_OfEveryStudyHere_FitTheirDemonstration(string file)
    {
        var study = Read(file);
        foreach (var run in StudyPlan.Create(study, "smoke").Runs)
        {
            var settings = new Settings(run.Settings);
            using var demonstration = DemonstrationCatalog.All.Find(study.Grid.Demonstration!).Create(settings);
            settings.EnsureAllRead();
            demonstration.Steps.ShouldBe(run.Steps);
            var row = demonstration.Run(every: 1, new CancellationToken(canceled: true)).First();
            study.Measures.ShouldAllBe(m => m.Reading.Kind == row.Kind && row.Fields.Any(f => f.Name == m.Reading.Key));
        }
    }

    private static IReadOnlyList<ILabRow> Toy(string stability) =>
        Run("toy-regression", every: 600, [new("steps", "600"), new("batch-size", "1000"), new("stability", stability), new("alpha", "0.74"), new("learning-rate", "linear(0.05, 0.005, steps=600)")]);

    private static IReadOnlyList<ILabRow> Run(string name, long every, IEnumerable<KeyValuePair<string, string>> settings)
    {
        using var demonstration = DemonstrationCatalog.All.Find(name).Create(new(settings));
        return [.. demonstration.Run(every, CancellationToken.None)];
    }

    private static Study Read(string file) => Study.Read(Path.Combine(Sources.Root(), file), Path.GetFileNameWithoutExtension(file));
}
