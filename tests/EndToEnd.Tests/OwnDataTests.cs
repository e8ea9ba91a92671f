using Heaviside.Pictures;

namespace EndToEnd.Tests;

/// <summary>Training on files that a person brings.</summary>
public sealed class OwnDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Train_FolderOfJpegs_EndsWithPictures()
    {
        var images = folder["images"];
        for (var i = 0; i < 200; i++) Draw(Path.Combine(images, i % 2 == 0 ? "high" : "low", $"{i}.jpg"), i);
        var text = Cli.Run(Train(images, "split-seed=2")).ShouldSucceed().Output;
        text.ShouldContain("200 images of 12 x 12, grey in 2 classes (high, low); split at random with seed 2: 160 for training, 20 for validation, 20 for the test");
        foreach (var picture in new[] { "samples.png", "reconstructions.png", "curves.svg" }) File.Exists(folder["run", picture]).ShouldBeTrue(picture);
        File.ReadAllText(folder["run", "recipe.yaml"]).ShouldContain("split-seed: 2\n");

        ImageFile.Write(Path.Combine(images, "low", "odd.jpg"), new RasterImage(9, 12, 1));
        Cli.Run(Train(images)).ShouldFail(2, "odd.jpg: is of 9 x 12 pixels, but ", " of 12 x 12: all must have one size");
    }

    [Fact]
    public void Train_TableForAModelOfImages_SaysWhyInOneLine()
    {
        var table = folder["table.csv"];
        File.WriteAllText(table, "size,price\n1,2\n3,4\n5,6\n");
        Cli.Run("train", "--data", table, "--target", "price", "--steps", "1").ShouldFail(2, "is for images, which table is not", "a table of 3 rows", "for tables there is table-prediction");
        Cli.Run("train", "--data", table, "--target", "prise", "--steps", "1").ShouldFail(2, "unknown column 'prise'; did you mean 'price'?");
        File.AppendAllText(table, "7\n");
        Cli.Run("train", "--data", table, "--steps", "1").ShouldFail(2, "table.csv: line 5 has 1 values, but the header has 2 names");
    }

    [Fact]
    public void Train_Table_IsPredictedAndEvaluated()
    {
        var table = folder["table.csv"];
        File.WriteAllText(table, "size,kind,price\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{(i % 2 == 0 ? "flat" : "house")},{3 * i}\n")));
        var text = Cli.Run("train", "table-prediction", "--data", table, "--target", "price", "--steps", "20", "--out", folder["run"]).ShouldSucceed().Output;
        foreach (var part in new[] { "a table of 60 rows with 3 features", "48 training rows", "nats per row", "log p(target | features)", "squared-error" }) text.ShouldContain(part);
        text.ShouldNotContain("samples.png");
        Cli.Run("evaluate", folder["run"], "--samples", "5").ShouldSucceed().Output.ShouldContain("5-sample importance-weighted bound");
        Cli.Run("sample", folder["run"]).ShouldFail(2, "is for images");
        File.WriteAllText(table, File.ReadAllText(table) + "61,flat,183\n");
        Cli.Run("evaluate", folder["run"]).ShouldFail(2, "was trained on other data");
    }

    private string[] Train(string images, params string[] settings) =>
        ["train", "--data", images, "--out", folder["run"], "--steps", "20", "--batch-size", "20", "--set", "latents=4x3", "encoder-layers=[8]", "decoder-layers=[8]", "test-samples=2", .. settings];

    // White above a line of one of two heights.
    private static void Draw(string file, int number)
    {
        RasterImage image = new(12, 12, 1);
        var line = number % 2 == 0 ? 4 : 8;
        for (var p = 0; p < image.Pixels.Length; p++) image.Pixels[p] = (byte)(p / 12 < line ? 230 : number % 20);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        ImageFile.Write(file, image);
    }
}
