using Heaviside.Structured;

namespace Heaviside.Evaluation;

/// <summary>How well clusters agree with classes, by three protocols that give each cluster a class.</summary>
/// <param name="MostProbableExample">Accuracy on the test images where a cluster's class is that of the one labelled example in which the
/// cluster is most probable: the protocol of arXiv:1511.05644, which the paper on stability regularization follows.</param>
/// <param name="Majority">Accuracy on the test images where a cluster's class is the most frequent one among its labelled examples.</param>
/// <param name="OptimalAssignment">Accuracy on the test images for the best one-to-one assignment of clusters to classes, found on the
/// test images themselves; with more clusters than classes the clusters left over count as wrong.</param>
/// <param name="Classes">The class of each cluster by the first protocol.</param>
public sealed record ClusterAccuracy(double MostProbableExample, double Majority, double OptimalAssignment, IReadOnlyList<byte> Classes)
{
    /// <summary>The accuracy of a clustering.</summary>
    /// <param name="labelled">Images whose labels may be used, such as the validation images.</param>
    /// <param name="test">Images to be accurate on; their labels are used to judge, and for the optimal assignment.</param>
    /// <exception cref="InputException">One of them has no labels.</exception>
    public static ClusterAccuracy Of(Clustering labelled, Clustering test)
    {
        var (known, truth) = (Labels(labelled), Labels(test));
        var clusters = Enumerable.Range(0, test.Clusters).ToList();
        byte[] examples = [.. clusters.Select(k => known[labelled.MostProbable(k).First()])];
        // Where no labelled example is in the cluster the class does not matter to them; 0 then.
        byte[] majority = [.. clusters.Select(k => labelled.Assigned.Index().Where(a => a.Item == k).CountBy(a => known[a.Index])
            .OrderByDescending(c => c.Value).ThenBy(c => c.Key).FirstOrDefault().Key)];
        double Accuracy(byte[] classes) => test.Assigned.Index().Count(a => classes[a.Item] == truth[a.Index]) / (double)truth.Length;

        var counts = Confusion(test);
        var scores = new double[counts.GetLength(0), counts.GetLength(1)];
        Array.Copy(counts, scores, counts.Length);
        var assigned = LinearAssignment.Maximize(scores);
        return new(
            Accuracy(examples), Accuracy(majority), assigned.Index().Where(a => a.Item >= 0).Sum(a => scores[a.Index, a.Item]) / truth.Length, examples);
    }

    /// <summary>How many images of each cluster are of each class: clusters by classes, 0 to the largest label.</summary>
    /// <exception cref="InputException">There are no labels.</exception>
    public static int[,] Confusion(Clustering clustering)
    {
        var labels = Labels(clustering);
        var counts = new int[clustering.Clusters, labels.Max() + 1];
        foreach (var (image, cluster) in clustering.Assigned.Index()) counts[cluster, labels[image]]++;
        return counts;
    }

    private static byte[] Labels(Clustering clustering) =>
        clustering.Images.Labels?.ToArray() ?? throw new InputException($"the {clustering.Images.Split} images have no labels: clusters cannot be compared with classes");
}
