using Heaviside.Data;

namespace Heaviside.Tests.Data.Sources;

public sealed class DataPathTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void Source_Path_SaysWhatIsWrongWithIt()
    {
        static string Message(string data) => Should.Throw<InputException>(() => DataCatalog.Source(data)).Message;
        Message("./nowhere").ShouldBe("data ./nowhere: there is no such file or folder");
        Message("nowhere.csv").ShouldBe("data nowhere.csv: there is no such file or folder");
        Message(folder.Write("notes.txt", [1])).ShouldEndWith("expected a folder of PNG or JPEG images, CSV (.csv, .tsv), NumPy (.npy, .npz) or IDX (-ubyte, .idx)");
        Message("minst").ShouldStartWith("unknown data set 'minst'; did you mean 'mnist'?");
    }

    // A line makes data of a program's own known by name.
    [Fact]
    public void Add_OwnData_IsLoadedByName()
    {
        var name = $"own-{Guid.NewGuid():N}";
        DataCatalog.All.Add(new OwnData { Name = name, Summary = "ones", Create = () => new Ones() });
        var data = DataCatalog.Load(name, new DataFolders(null));
        data.Count(Split.Train).ShouldBe(1);
        Should.Throw<InputException>(() => DataCatalog.Set(name)).Message.ShouldBe($"data set {name} has no files: a program makes it");
        Should.Throw<ArgumentException>(() => DataCatalog.All.Add(new OwnData { Name = "mnist", Summary = "", Create = () => new Ones() })).Message.ShouldContain("there is an entry 'mnist' already");
    }

    public void Dispose() => folder.Dispose();

    private sealed class Ones : DataSource
    {
        public override TrainingData Load(DataFolders folders) => new ArrayData("ones", "made", new NamedArrays(3).With("x", [1f, 1, 1]));
    }
}
