using Heaviside.Data;
using Heaviside.Evaluation;

namespace Heaviside.Tests.Evaluation;

public class ClusteringTests
{
    [Fact]
    public void Of_KnownLogits_HasAssignmentsSizesAndDeadClusters()
    {
        var clustering = new Clustering(Images(0, 0, 0), new double[,] { { 3, 1, 0 }, { 0, 2, 2 }, { -1, 5, 4.9 } });
        clustering.Assigned.ShouldBe([0, 1, 1]);
        clustering.Sizes.ShouldBe([1, 2, 0]);
        clustering.Dead.ShouldBe([2]);
        clustering.Probability(0, 0).ShouldBe(Math.Exp(3) / (Math.Exp(3) + Math.E + 1), 1e-12);
    }

    // Probabilities that are all 1 in floating point still have an order.
    [Fact]
    public void MostProbable_CertainClusters_AreOrderedByTheirLogOdds()
    {
        var clustering = new Clustering(Images(0, 0, 0), new double[,] { { 50, 0 }, { 90, 0 }, { 60, 0 } });
        Enumerable.Range(0, 3).ShouldAllBe(i => clustering.Probability(i, 0) == 1);
        clustering.MostProbable(0).ShouldBe([1, 2, 0]);
    }

    [Fact]
    public void Accuracy_ThreeProtocols_AreWhatTheySay()
    {
        // Clusters 0 and 1 are mostly of class 0, cluster 2 of class 1; the surest example of cluster 1 is of class 1.
        var labelled = new Clustering(Images(0, 0, 0, 0, 1, 1, 1), new double[,]
        {
            { 9, 0, 0 }, { 8, 0, 0 }, { 0, 5, 0 }, { 0, 4, 0 }, { 0, 7, 0 }, { 0, 0, 6 }, { 0, 0, 5 },
        });
        var test = new Clustering(Images(0, 0, 0, 1, 1, 0), new double[,]
        {
            { 9, 0, 0 }, { 9, 0, 0 }, { 0, 9, 0 }, { 0, 9, 0 }, { 0, 0, 9 }, { 0, 0, 9 },
        });
        var accuracy = ClusterAccuracy.Of(labelled, test);
        accuracy.Classes.ShouldBe([0, 1, 1]);
        accuracy.MostProbableExample.ShouldBe(4 / 6.0, 1e-12);
        accuracy.Majority.ShouldBe(4 / 6.0, 1e-12);
        accuracy.OptimalAssignment.ShouldBe(3 / 6.0, 1e-12); // clusters 0 and 1, or 0 and 2; the third is wrong
        ClusterAccuracy.Confusion(test).Cast<int>().ShouldBe([2, 0, 1, 1, 1, 1]);
    }

    [Fact]
    public void Accuracy_DeadCluster_DoesNotMatter()
    {
        var both = new Clustering(Images(2, 2), new double[,] { { 1, 0, -5 }, { 1, 0, -5 } });
        var accuracy = ClusterAccuracy.Of(both, both);
        (accuracy.MostProbableExample, accuracy.Majority, accuracy.OptimalAssignment).ShouldBe((1, 1, 1));
    }

    [Fact]
    public void Accuracy_WithoutLabels_SaysSo()
    {
        var unlabelled = new Clustering(new ImageSet(new byte[2], 1, 1, 1), new double[,] { { 0, 1 }, { 1, 0 } });
        Should.Throw<InputException>(() => ClusterAccuracy.Of(unlabelled, unlabelled)).Message.ShouldContain("have no labels");
    }

    [Fact]
    public void New_WrongNumberOfRows_IsRefused() =>
        Should.Throw<ArgumentException>(() => new Clustering(Images(0, 0), new double[1, 3])).Message.ShouldContain("2 x K");

    private static ImageSet Images(params byte[] labels) => new(new byte[labels.Length], 1, 1, 1, labels);
}
