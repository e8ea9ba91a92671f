using Heaviside.Numerics;

namespace Heaviside.Data;

/// <summary>Which images of a set are the labeled ones of semi-supervised training: equally many of each class.</summary>
public static class LabeledImages
{
    /// <summary>Draws images: a pure function of the arguments.</summary>
    /// <param name="images">The training images.</param>
    /// <param name="count">How many, 1 or more.</param>
    /// <param name="seed">Decides which.</param>
    /// <returns>Their indices in the set, class by class.</returns>
    /// <exception cref="InputException">There are no labels, the count is no multiple of the classes, or a class has too few images.</exception>
    public static int[] Draw(ImageSet images, int count, ulong seed)
    {
        if (images.Labels is not { } labels)
            throw new InputException($"setting 'labels' is {count}, but the data set has none: choose one with classes, such as mnist, or set labels=0");
        var byClass = labels.ToArray().Index().ToLookup(l => l.Item, l => l.Index);
        var classes = byClass.Max(c => c.Key) + 1;
        if (count % classes != 0)
            throw new InputException($"setting 'labels' is {count}, expected a multiple of {classes}: equally many of each class");
        return [.. Enumerable.Range(0, classes).SelectMany(c => Draw([.. byClass[(byte)c]], count / classes, c, seed))];
    }

    private static IEnumerable<int> Draw(int[] members, int count, int @class, ulong seed) => members.Length >= count
        ? new SplitMix64(seed, RandomPurpose.Labels, @class).Permutation(members.Length).Take(count).Select(i => members[i])
        : throw new InputException($"setting 'labels' asks for {count} images of each class, but class {@class} has {members.Length} training images");
}
