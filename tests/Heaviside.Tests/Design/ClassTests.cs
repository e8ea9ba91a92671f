using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Structured;

namespace Heaviside.Tests.Design;

public class ClassTests
{
    [Fact]
    public void Classes_All_AreAbstractSealedOrStatic() =>
        Sources.Types.Where(t => t.IsClass && !t.IsAbstract && !t.IsSealed).Select(t => t.FullName).ShouldBeEmpty();

    // A draw from a discrete law has no derivative: a relaxation is another law.
    [Fact]
    public void DiscreteLaws_None_IsReparameterized() =>
        Sources.Types.Where(t => t.IsAssignableTo(typeof(DiscreteDistribution)) && t.IsAssignableTo(typeof(IReparameterized))).ShouldBeEmpty();

    [Fact]
    public void Estimators_AllInTheLibrary_AreInTheCatalogue() =>
        EstimatorCatalog.All.Select(e => e.Example().GetType())
            .ShouldBe(Sources.Types.Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(GradientEstimator)) && !IsDecorator(t)), ignoreOrder: true);

    // What is put around another estimator is asked for by settings of its own.
    private static bool IsDecorator(Type type) =>
        type.GetConstructors().All(c => c.GetParameters().Any(p => p.ParameterType == typeof(GradientEstimator)));

    [Fact]
    public void Laws_AllInTheLibrary_AreInTheCatalogue()
    {
        using var x = torch.zeros([2, 3]);
        DistributionCatalog.All.Select(e => e.Example(x).GetType()).Select(t => t.IsGenericType ? t.GetGenericTypeDefinition() : t)
            .ShouldBe(Sources.Types.Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(Distribution))), ignoreOrder: true);
    }

    [Fact]
    public void ArgmaxOracles_AllInTheLibrary_AreInTheCatalogue() =>
        ArgmaxOracleCatalog.All.Select(e => e.New().GetType())
            .ShouldBe(Sources.Types.Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(ArgmaxOracle))), ignoreOrder: true);

    [Fact]
    public void Names_InTheCatalogues_AreKebabCaseAndUnique()
    {
        string[][] catalogues = [[.. EstimatorCatalog.All.Names], [.. DistributionCatalog.All.Select(e => e.Name)],
            [.. Heaviside.Models.ModelCatalog.All.Names], [.. ArgmaxOracleCatalog.All.Names], [.. Heaviside.Data.DataCatalog.All.Names]];
        foreach (var names in catalogues)
        {
            names.ShouldBeUnique();
            names.ShouldAllBe(n => System.Text.RegularExpressions.Regex.IsMatch(n, "^[a-z0-9]+(-[a-z0-9]+)*$"));
        }
    }
}
