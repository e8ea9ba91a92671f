namespace Heaviside.Data.Sets;

/// <summary>MNIST: handwritten digits (LeCun, Cortes and Burges).</summary>
internal static class Mnist
{
    private const string Host = "https://ossci-datasets.s3.amazonaws.com/mnist/";

    public static DataSetEntry Entry { get; } = new()
    {
        Name = "mnist",
        Summary = "handwritten digits, 28 x 28 grey, 10 classes",
        Forms = [new DataForm(MnistFiles.Names, paths => MnistFiles.Read("mnist", paths))],
        HasDistinctFileNames = false,
        Downloads =
        [
            new RemoteFile(new Uri(Host + "train-images-idx3-ubyte.gz"), "sha256:440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", 30_000_000),
            new RemoteFile(new Uri(Host + "train-labels-idx1-ubyte.gz"), "sha256:3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", 40_000),
            new RemoteFile(new Uri(Host + "t10k-images-idx3-ubyte.gz"), "sha256:8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", 5_000_000),
            new RemoteFile(new Uri(Host + "t10k-labels-idx1-ubyte.gz"), "sha256:f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", 10_000),
        ],
    };
}
