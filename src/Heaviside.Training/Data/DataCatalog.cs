using Heaviside.Configuration;
using Heaviside.Data.Sets;

namespace Heaviside.Data;

/// <summary>The data sets by name. To add one: a file in <c>Sets</c> and a line here.</summary>
public static class DataCatalog
{
    /// <summary>The set that is used when none is named.</summary>
    public const string Default = "fashion-mnist";

    /// <summary>The sets there are, in the order they are listed for people.</summary>
    public static Catalog<DataSetEntry> All { get; } = new("data set",
    [
        FashionMnist.Entry,
        Mnist.Entry,
        MnistStatic.Entry,
        Omniglot.Entry,
        Cifar10.Entry,
        CelebA.Entry,
    ]);

    /// <summary>Finds and reads a set.</summary>
    /// <exception cref="InputException">The name is unknown, the set is nowhere, or a file is damaged.</exception>
    public static DataSet Load(string name, DataFolders folders) => All.Find(name).Load(folders);
}
