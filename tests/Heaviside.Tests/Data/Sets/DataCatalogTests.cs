using Heaviside.Data;

namespace Heaviside.Tests.Data.Sets;

public sealed class DataCatalogTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly TempFolder other = new();

    public void Dispose()
    {
        folder.Dispose();
        other.Dispose();
    }

    [Fact]
    public void Get_Unknown_SuggestsAndListsNames() =>
        Should.Throw<InputException>(() => DataCatalog.Set("minst")).Message
            .ShouldStartWith("unknown data set 'minst'; did you mean 'mnist'? (known: fashion-mnist, mnist, mnist-static, omniglot, cifar-10, celeba, springs, charged, kuramoto, spanning-trees"); // and those of other tests

    [Fact]
    public void Load_Missing_SaysWhereAndHow()
    {
        var message = Should.Throw<InputException>(() => DataCatalog.Set("fashion-mnist").Load(new DataFolders(folder.Path, other.Path))).Message;
        message.ShouldContain(folder.Path);
        message.ShouldContain(other.Path);
        message.ShouldContain("apt-get install dataset-fashion-mnist");
        message.ShouldContain("heaviside data fetch fashion-mnist");
    }

    [Fact]
    public void Folders_AskedForAndMissing_IsRefused() =>
        Should.Throw<InputException>(() => new DataFolders(Path.Combine(folder.Path, "no"))).Message.ShouldContain("does not exist");

    [Fact]
    public void Load_Mnist_LastTenThousandValidate()
    {
        DataFiles.Mnist(folder, "mnist");
        var set = DataCatalog.Set("mnist").Load(new DataFolders(null, folder.Path));
        (set.Train.Count, set.Validation.Count, set.Test.Count).ShouldBe((50_000, 10_000, 10_000));
        (set.Train.Image(49_999)[0], set.Validation.Image(0)[0], set.Test.Image(0)[0]).ShouldBe(((byte)1, (byte)2, (byte)3));
        set.DefaultBinarization.ShouldBe(Binarization.Dynamic);
        DataCatalog.Set("fashion-mnist").Find(new DataFolders(null, folder.Path)).ShouldBeNull();
        DataCatalog.Set("mnist").Find(new DataFolders(Path.Combine(folder.Path, "mnist"))).ShouldNotBeNull();
    }

    [Fact]
    public void Find_SameNamesInTheRoot_AreNotGuessed()
    {
        DataFiles.Mnist(folder, ".");
        DataCatalog.Set("mnist").Find(new DataFolders(folder.Path)).ShouldBeNull();
    }

    [Fact]
    public void Load_WrongCount_NamesFileAndCounts()
    {
        DataFiles.Mnist(folder, "mnist");
        var path = DataFiles.Idx(folder, "mnist/t10k-images-idx3-ubyte", 9_999);
        Should.Throw<InputException>(() => DataCatalog.Set("mnist").Load(new DataFolders(folder.Path))).Message
            .ShouldBe($"{path}: has 9999 x 28 x 28 elements, expected 10000 x 28 x 28");
    }

    [Fact]
    public void Load_MnistStatic_TextAndIdxAreTheSameSet()
    {
        foreach (var (part, count) in new[] { ("train", 50_000), ("valid", 10_000), ("test", 10_000) })
        {
            DataFiles.Idx(folder, $"binarized_mnist_{part}-images-idx3-ubyte", count, (count - 1, 1));
            var text = new byte[count * 784 * 2];
            for (var i = 0; i < text.Length; i += 2) (text[i], text[i + 1]) = ((byte)'0', (byte)((i + 2) % (784 * 2) == 0 ? '\n' : ' '));
            text[(count - 1) * 784 * 2] = (byte)'1';
            other.Write($"mnist-static/binarized_mnist_{part}.amat", text);
        }
        var idx = DataCatalog.Set("mnist-static").Load(new DataFolders(folder.Path));
        var amat = DataCatalog.Set("mnist-static").Load(new DataFolders(other.Path));
        idx.Train.Image(49_999)[0].ShouldBe((byte)255);
        idx.Fingerprint.ShouldBe(amat.Fingerprint);
        idx.Source.ShouldNotBe(amat.Source);
        idx.IsBinary.ShouldBeTrue();
        idx.DefaultBinarization.ShouldBe(Binarization.None);
        idx.Train.Labels.ShouldBeNull();
    }

    [Fact]
    public void Load_Omniglot_PrefersChardataAndTransposesIt()
    {
        DataFiles.Idx(folder, "omniglot/omniglot28-images-idx3-ubyte", 32_460, (7, 9));
        DataFiles.Chardata(other, "chardata.mat");
        var folders = new DataFolders(null, folder.Path, other.Path);
        var set = DataCatalog.Set("omniglot").Load(folders);
        set.Source.ShouldBe("chardata.mat");
        (set.Train.Count, set.Validation.Count, set.Test.Count).ShouldBe((23_000, 1_345, 8_070));
        set.Train.Image(0)[..28].ToArray().ShouldAllBe(pixel => pixel == 255); // its top row
        set.Train.Image(0)[28..].IndexOfAnyExcept((byte)0).ShouldBe(-1);
        set.Validation.Image(1_344).IndexOfAnyExcept((byte)128).ShouldBe(-1);

        var asked = DataCatalog.Set("omniglot").Load(new DataFolders(folder.Path, other.Path));
        asked.Source.ShouldStartWith("area-averaged IDX");
        (asked.Train.Count, asked.Validation.Count, asked.Test.Count).ShouldBe((23_000, 1_345, 8_070));
    }

    [Fact]
    public void Load_OmniglotOutOfRange_NamesImage()
    {
        DataFiles.Chardata(folder, "chardata.mat", bad: 1.5);
        Should.Throw<InputException>(() => DataCatalog.Set("omniglot").Load(new DataFolders(folder.Path))).Message.ShouldContain("image 0 has a pixel of 1.5");
    }

    [Theory]
    [InlineData(5, 45_000, 5_000, "the five official batches")]
    [InlineData(1, 9_000, 1_000, "only one of the five official batches is there, data_batch_1")]
    public void Load_Cifar_SaysWhichBatches(int batches, int train, int validation, string source)
    {
        DataFiles.Cifar(folder, "cifar-10-batches-bin", [.. Enumerable.Range(1, batches).Select(i => $"data_batch_{i}.bin"), "test_batch.bin"]);
        var set = DataCatalog.Set("cifar-10").Load(new DataFolders(folder.Path));
        (set.Train.Count, set.Validation.Count, set.Test.Count).ShouldBe((train, validation, 10_000));
        (set.Train.Channels, set.Train.Height, set.Train.Width).ShouldBe((3, 32, 32));
        set.Source.ShouldContain(source);
        set.DefaultBinarization.ShouldBe(Binarization.None);
        for (var i = 0; i < batches; i++) set.Train.Image(i * 10_000)[0].ShouldBe((byte)('1' + i));
        set.Test.Image(0)[0].ShouldBe((byte)'h');
    }

    [Fact]
    public void Status_DamagedAndMissing_AreToldApart()
    {
        DataFiles.Idx(folder, "omniglot/omniglot28-images-idx3-ubyte", 10);
        var all = DataSetStatus.All(new DataFolders(folder.Path)).ToDictionary(status => status.Entry.Name);
        all.Keys.ShouldBe(DataCatalog.Sets.Select(s => s.Name));
        all["omniglot"].Problem.ShouldNotBeNull().ShouldContain("expected 32460");
        all["omniglot"].Location.ShouldNotBeNull().Folder.ShouldBe(Path.Combine(folder.Path, "omniglot"));
        (all["mnist"].Location, all["mnist"].Set, all["mnist"].Problem).ShouldBe((null, null, null));
    }
}
