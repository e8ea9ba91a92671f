using Heaviside.Data.Sets;

namespace Heaviside.Data;

/// <summary>The data sets by name. To add one: a file in <c>Sets</c> and a line here.</summary>
public static class DataCatalog
{
    /// <summary>The set that is used when none is named.</summary>
    public const string Default = "fashion-mnist";

    /// <summary>The sets there are, in the order they are listed for people.</summary>
    public static IReadOnlyList<DataSetEntry> Entries { get; } =
    [
        FashionMnist.Entry,
        Mnist.Entry,
        MnistStatic.Entry,
        Omniglot.Entry,
        Cifar10.Entry,
        CelebA.Entry,
    ];

    /// <summary>The names, in the catalogue's order.</summary>
    public static IEnumerable<string> Names => Entries.Select(entry => entry.Name);

    /// <summary>The entry of a name.</summary>
    /// <exception cref="InputException">There is none; the message has the nearest and all there are.</exception>
    public static DataSetEntry Get(string name) =>
        Entries.FirstOrDefault(entry => entry.Name == name)
        ?? throw Suggestion.Unknown("data set", name, Names);

    /// <summary>Finds and reads a set.</summary>
    /// <exception cref="InputException">The name is unknown, the set is nowhere, or a file is damaged.</exception>
    public static DataSet Load(string name, DataFolders folders) => Get(name).Load(folders);
}
