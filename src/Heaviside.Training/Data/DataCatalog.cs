using Heaviside.Configuration;
using Heaviside.Data.Sets;
using Heaviside.Data.Simulated;
using Heaviside.Data.Sources;
using Heaviside.Simulators;

namespace Heaviside.Data;

/// <summary>The data by name. To add a set: a file in <c>Sets</c> and a line here; in a program of one's own, <c>All.Add</c>.</summary>
public static class DataCatalog
{
    /// <summary>The set that is used when none is named.</summary>
    public const string Default = "fashion-mnist";

    /// <summary>The data there are, in the order they are listed for people.</summary>
    public static Catalog<DataEntry> All { get; } = new("data set",
    [
        FashionMnist.Entry,
        Mnist.Entry,
        MnistStatic.Entry,
        Omniglot.Entry,
        Cifar10.Entry,
        CelebA.Entry,
        SimulatedData.Entry<Springs>("springs", "simulated particles in a box, some of them joined by springs"),
        SimulatedData.Entry<Charged>("charged", "simulated particles in a box that attract or repel each other by their charges"),
        SimulatedData.Entry<Kuramoto>("kuramoto", "simulated oscillators, some of them coupled by their phases"),
        SimulatedData.Entry<SpanningTrees>("spanning-trees", "simulated vertices that a layout moves along the edges of a random tree"),
    ]);

    /// <summary>Those that are sets of images in files.</summary>
    public static IEnumerable<DataSetEntry> Sets => All.OfType<DataSetEntry>();

    /// <summary>The set of images of a name.</summary>
    /// <exception cref="InputException">The name is unknown, or its data are made by a program.</exception>
    public static DataSetEntry Set(string name) => All.Find(name) switch
    {
        DataSetEntry set => set,
        SimulatedEntry simulated => throw new InputException($"data set {name} is simulated when it is asked for; to have it made ahead: {simulated.HowToGet}"),
        _ => throw new InputException($"data set {name} has no files: a program makes it"),
    };

    /// <summary>What loads the data of a name or a path; its options are as they are by default.</summary>
    /// <param name="data">A name of the catalogue, or the path of a file or folder: what has a separator, an ending that is known, or is there.</param>
    /// <exception cref="InputException">The name is unknown, or the path is of nothing that can be read.</exception>
    public static DataSource Source(string data)
    {
        var isName = All.Names.Contains(data);
        return !isName && DataPath.Is(data) ? DataPath.Source(data) : All.Find(data).CreateSource();
    }

    /// <summary>Loads the data of a name or a path.</summary>
    /// <exception cref="InputException">They are unknown, nowhere, or a file is damaged.</exception>
    public static TrainingData Load(string data, DataFolders folders) => Source(data).Load(folders);
}
