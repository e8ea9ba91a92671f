using Heaviside.Configuration;
using Heaviside.Estimators;

namespace Heaviside.Tests.Configuration;

public class OptionTableTests
{
    public static TheoryData<string> Estimators => [.. EstimatorCatalog.All.Names];

    [Fact]
    public void Of_OptionsThatAnotherBrings_StandBelowItWithTheirCondition()
    {
        var rows = OptionTable.Of(() => new Reinforce()).Rows;
        rows.Select(r => (r.Setting.Key, r.Condition)).ShouldBe(
            [("samples", null), ("baseline", null), ("baseline-value", "with baseline constant"), ("baseline-decay", "with baseline running")]);
        rows[^1].Setting.Default.ShouldBe("0.9");
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Of_AnEstimator_HasEveryOptionOnce(string name)
    {
        var create = EstimatorCatalog.All.Find(name).New;
        OptionTable.Of(create).Rows.Select(r => r.Setting.Key).ShouldBe(OptionInfo.Of(create().GetType()).Select(o => o.Name));
    }
}
