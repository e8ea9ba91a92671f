using System.Text;
using Heaviside.Data;
using Heaviside.Pictures;

namespace Heaviside.Tests.Data.Sets;

public sealed class CelebATests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_DrawnFaces_HasPixelsAttributesAndParts()
    {
        Faces.Write(folder.Path, 21, 16, seed: 1);
        var set = Load();
        (set.Train.Count, set.Validation.Count, set.Test.Count).ShouldBe((17, 2, 2));
        (set.Train.Channels, set.Train.Height, set.Train.Width).ShouldBe((3, 16, 16));
        set.Train.Attributes!.Names.ShouldBe(Faces.Attributes);
        set.DefaultBinarization.ShouldBe(Binarization.None);
        set.Source.ShouldBe("21 images with 4 attributes, the central 16 pixels at 16 x 16; the last tenth is for test, the tenth before it for validation");
        // Where the hue is on, red is stronger than blue in every image.
        var classes = set.Train.Attributes.Classes(["Male"]);
        for (var i = 0; i < 17; i++)
        {
            var planes = set.Train.Image(i).ToArray().Chunk(256).Select(p => p.Average(v => v)).ToArray();
            (planes[0] > planes[2]).ShouldBe(classes[i] == 1);
        }
    }

    // JPEG keeps a pixel within a few units where the picture is smooth; edges ring.
    [Fact]
    public void Load_Jpeg_HasNearlyThePixelsOfPng()
    {
        Faces.Write(folder.Path, 12, 16, seed: 3);
        var png = Load().Train;
        foreach (var file in Directory.GetFiles(Path.Combine(folder.Path, "images"))) File.Delete(file);
        Faces.Write(folder.Path, 12, 16, seed: 3, "jpg");
        var jpeg = Load().Train;
        (jpeg.Channels, jpeg.Height, jpeg.Width).ShouldBe((3, 16, 16));
        for (var i = 0; i < png.Count; i++)
        {
            double Distance(int j) => Enumerable.Range(0, png.ImageSize).Average(p => Math.Abs((double)png.Image(j)[p] - jpeg.Image(i)[p]));
            Distance(i).ShouldBeLessThan(12);
            Distance((i + 1) % png.Count).ShouldBeGreaterThan(20);
        }
    }

    [Fact]
    public void Load_Partition_DecidesTheParts()
    {
        Faces.Write(folder.Path, 6, 8, seed: 1);
        Text("list_eval_partition.txt", "5.jpg 1\n0.jpg 2\n1.jpg 0\n2.jpg 0\n3.jpg 2\n4.jpg 0\n");
        var all = Classes(Attributes(1, 2, 4), Attributes(5), Attributes(0, 3));
        var set = Load();
        Classes(set.Train.Attributes!, set.Validation.Attributes!, set.Test.Attributes!).ShouldBe(all);
        Text("list_eval_partition.txt", "0.jpg 2\n1.jpg 0\n");
        Should.Throw<InputException>(Load).Message.ShouldContain("list_attr_celeba.txt: image 2.jpg is not in list_eval_partition.txt");
        Text("list_eval_partition.txt", string.Concat(Enumerable.Range(0, 6).Select(i => $"{i}.jpg 0\n")));
        Should.Throw<InputException>(Load).Message.ShouldContain("has no validation images");

        AttributeTable Attributes(params int[] images) => Heaviside.Data.Readers.AttributeReader.ReadTable(Path.Combine(folder.Path, "list_attr_celeba.txt")).Attributes.Select(images);
        static string Classes(params AttributeTable[] tables) => string.Join(' ', tables.SelectMany(t => t.Classes(Faces.Attributes)));
    }

    [Fact]
    public void Load_TablesAsValues_AreTheSameSet()
    {
        Faces.Write(folder.Path, 12, 8, seed: 1);
        Text("list_eval_partition.txt", string.Concat(Enumerable.Range(0, 12).Select(i => $"{i}.jpg {i % 3}\n")));
        var expected = Load();
        foreach (var (name, header) in new[] { ("list_attr_celeba", $"image_id,{string.Join(',', Faces.Attributes)}\n"), ("list_eval_partition", "image_id,partition\n") })
        {
            var file = Path.Combine(folder.Path, name + ".txt");
            var lines = File.ReadAllLines(file).Skip(name == "list_attr_celeba" ? 2 : 0).Select(line => string.Join(',', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
            Text(name + ".csv", header + string.Join('\n', lines));
            File.Delete(file);
        }

        Load().Fingerprint.ShouldBe(expected.Fingerprint);
    }

    // The sizes of aligned faces are cropped further than others; large images are reduced.
    [Theory]
    [InlineData(178, 218, 64, "148")]
    [InlineData(90, 70, 64, "70")]
    [InlineData(30, 33, 30, "30")]
    public void Load_AnySize_BecomesASquare(int width, int height, int side, string square)
    {
        Table(10);
        for (var i = 0; i < 10; i++)
        {
            var image = new RasterImage(width, height, 1);
            image.Pixels.AsSpan().Fill(100);
            ImageFile.Write(Path.Combine(folder.Path, $"{i}.png"), image);
        }

        var set = Load();
        (set.Train.Height, set.Train.Width).ShouldBe((side, side));
        set.Train.Image(3).IndexOfAnyExcept((byte)100).ShouldBe(-1);
        set.Source.ShouldContain($"the central {square} pixels at {side} x {side}");
    }

    [Fact]
    public void Load_WrongImage_IsNamed()
    {
        Faces.Write(folder.Path, 12, 8, seed: 1);
        string At(int i) => Path.Combine(folder.Path, "images", $"{i}.png");
        ImageFile.Write(At(7), new RasterImage(9, 7, 3));
        Should.Throw<InputException>(Load).Message.ShouldBe($"{At(7)}: is of 9 x 7 pixels, expected 8 x 8 at least, as {At(0)}");
        File.WriteAllBytes(At(7), [0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0, 0, 0]);
        Should.Throw<InputException>(Load).Message.ShouldBe($"{At(7)}: is truncated or damaged: it does not end as such an image does");
        File.Delete(At(7));
        Should.Throw<InputException>(Load).Message.ShouldEndWith("list_attr_celeba.txt: image 7.jpg is neither beside it nor in img_align_celeba or img_align_celeba_png or images");
    }

    [Fact]
    public void Load_TooFewForThreeParts_SaysSo()
    {
        Faces.Write(folder.Path, 9, 8, seed: 1);
        Should.Throw<InputException>(Load).Message.ShouldContain("has no validation images (the last tenth is for test");
    }

    [Fact]
    public async Task Fetch_SetThatNobodyServes_SaysWhatToBring()
    {
        using var client = new HttpClient();
        var entry = DataCatalog.Set("celeba");
        (await Should.ThrowAsync<InputException>(() => new Heaviside.Data.Fetching.DataFetcher(client).FetchAsync(entry, folder.Path))).Message.ShouldContain("cannot be fetched");
        Should.Throw<InputException>(Load).Message.ShouldContain("a folder with list_attr_celeba.txt and its images as JPEG or PNG");
    }

    private DataSet Load() => DataCatalog.Set("celeba").Load(new DataFolders(folder.Path));

    private void Table(int count) => Text("list_attr_celeba.txt", $"{count}\nBald\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"{i}.png 1\n")));

    private void Text(string name, string text) => folder.Write(name, Encoding.UTF8.GetBytes(text));
}
