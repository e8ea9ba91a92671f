namespace Heaviside.Data.Sets;

/// <summary>Fashion-MNIST: clothes in MNIST's format (arXiv:1708.07747).</summary>
internal static class FashionMnist
{
    private const string Host = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";

    public static DataSetEntry Entry { get; } = new()
    {
        Name = "fashion-mnist",
        Summary = "clothes, 28 x 28 grey, 10 classes",
        Forms = [new DataForm(MnistFiles.Names, paths => MnistFiles.Read("fashion-mnist", paths))],
        HasDistinctFileNames = false,
        DebianPackage = "dataset-fashion-mnist",
        Downloads =
        [
            new RemoteFile(new Uri(Host + "train-images-idx3-ubyte.gz"), "md5:8d4fb7e6c68d591d4c3dfef9ec88bf0d", 30_000_000),
            new RemoteFile(new Uri(Host + "train-labels-idx1-ubyte.gz"), "md5:25c81989df183df01b3e8a0aad5dffbe", 40_000),
            new RemoteFile(new Uri(Host + "t10k-images-idx3-ubyte.gz"), "md5:bef4ecab320f06d8554ea6380940ec79", 5_000_000),
            new RemoteFile(new Uri(Host + "t10k-labels-idx1-ubyte.gz"), "md5:bb300cfdad3c16e7a12a480ee83cd310", 10_000),
        ],
    };
}
