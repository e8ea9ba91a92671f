using Heaviside.Models.Graphs;

namespace Heaviside.Tests.Models.Graphs;

public class EdgeAgreementTests
{
    private static (Dictionary<string, double> Means, Dictionary<string, double> Concluded) Of(int types, long[,] truth, long[,] inferred)
    {
        using var scope = torch.NewDisposeScope();
        var agreement = new EdgeAgreement(types);
        var means = agreement.Of(torch.tensor(truth), torch.tensor(inferred)).ToDictionary(f => f.Name, f => f.Value.mean().Number());
        return (means, agreement.Conclude(means).ToDictionary(f => f.Name, f => f.Value));
    }

    [Fact]
    public void TwoTypes_AsTheyAre()
    {
        var (means, concluded) = Of(2, new long[,] { { 1, 1, 0, 0 }, { 0, 1, 0, 0 } }, new long[,] { { 1, 0, 0, 0 }, { 1, 1, 0, 0 } });
        means["accuracy"].ShouldBe(0.75, 1e-6);
        means["share-1-as-0"].ShouldBe(1 / 8.0, 1e-6);
        concluded["best-accuracy"].ShouldBe(0.75, 1e-6);
        concluded["precision"].ShouldBe(2 / 3.0, 1e-6);
        concluded["recall"].ShouldBe(2 / 3.0, 1e-6);
    }

    [Fact]
    public void TwoTypes_Exchanged_AreNamedByTheBestAgreement()
    {
        var (means, concluded) = Of(2, new long[,] { { 1, 1, 0, 0, 0 } }, new long[,] { { 0, 0, 1, 1, 0 } });
        means["accuracy"].ShouldBe(0.2, 1e-6);
        concluded["best-accuracy"].ShouldBe(0.8, 1e-6);
        concluded["precision"].ShouldBe(2 / 3.0, 1e-6);
        concluded["recall"].ShouldBe(1, 1e-6);
    }

    [Fact]
    public void ThreeTypes_Rotated_AreNamedByTheBestAgreement()
    {
        var (means, concluded) = Of(3, new long[,] { { 0, 1, 2, 0, 1, 2 } }, new long[,] { { 1, 2, 0, 1, 2, 2 } });
        means["accuracy"].ShouldBe(1 / 6.0, 1e-6);
        concluded["best-accuracy"].ShouldBe(5 / 6.0, 1e-6);
    }
}
