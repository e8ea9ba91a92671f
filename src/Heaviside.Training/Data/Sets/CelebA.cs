using Heaviside.Data.Readers;
using Heaviside.Pictures;

namespace Heaviside.Data.Sets;

/// <summary>Images with attributes in the layout of CelebA (Liu et al. 2015), faces of 178 x 218 pixels: of these the central 148 x 148,
/// of others the central square, area-averaged to 64 x 64, or as they are where the first image is smaller.</summary>
internal static class CelebA
{
    private const string Name = "celeba", Table = "list_attr_celeba", Partition = "list_eval_partition";
    private const int LargestSide = 64;
    private static readonly string[] Endings = [".txt", ".csv"];
    private static readonly string[] Folders = ["", "img_align_celeba", "img_align_celeba_png", "images"];

    public static DataSetEntry Entry { get; } = new()
    {
        Name = Name,
        Summary = $"faces with attributes, or any images with a {Table}.txt, at most 64 x 64 color",
        Forms = [.. Endings.Select(ending => new DataForm([Table + ending], paths => Read(paths[0])))],
        Downloads = [],
        GetByHand = $"a folder with {Table}.txt and its images as JPEG or PNG, named by --data-dir FOLDER",
    };

    private static DataSet Read(string table)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(table))!;
        var (images, attributes) = AttributeReader.ReadTable(table);
        var files = Find(table, folder, images);
        var (parts, split) = Parts(table, Endings.Select(e => Path.Combine(folder, Partition + e)).FirstOrDefault(File.Exists), images);
        var first = ImageFile.Read(files[0]);
        var side = Math.Min(LargestSide, Square(first));

        ImageSet Part(Split part)
        {
            int[] members = [.. Enumerable.Range(0, images.Count).Where(i => parts[i] == part)];
            if (members.Length == 0) throw new InputException($"{table}: has no {part} images ({split})".ToLowerInvariant());
            var pixels = Pixels([.. members.Select(i => files[i])], side, files[0]);
            return new(pixels, 3, side, side) { Split = part, Attributes = attributes.Select(members) };
        }

        var source = $"{images.Count:N0} images with {attributes.Names.Count} attributes, the central {Square(first)} pixels at {side} x {side}; {split}";
        return new(Name, source, Part(Split.Train), Part(Split.Validation), Part(Split.Test));
    }

    /// <summary>The file of each image: as it is listed, or as PNG, in one of the usual folders.</summary>
    private static string[] Find(string table, string folder, IReadOnlyList<string> images)
    {
        var places = Folders.Select(f => Path.Combine(folder, f)).Where(Directory.Exists).ToArray();
        HashSet<string> there = [.. places.SelectMany(Directory.EnumerateFiles)];
        return [.. images.Select(image =>
            places.SelectMany(p => new[] { Path.Combine(p, image), Path.ChangeExtension(Path.Combine(p, image), ".png") }).FirstOrDefault(there.Contains)
            ?? throw new InputException($"{table}: image {image} is neither beside it nor in {string.Join(" or ", Folders[1..])}"))];
    }

    private static (Split[] Parts, string Source) Parts(string table, string? partition, IReadOnlyList<string> images)
    {
        var count = images.Count;
        if (partition is null)
            return ([.. images.Select((_, i) => i < count - (2 * (count / 10)) ? Split.Train : i < count - (count / 10) ? Split.Validation : Split.Test)],
                "the last tenth is for test, the tenth before it for validation");
        var parts = AttributeReader.ReadPartition(partition);
        var name = Path.GetFileName(partition);
        return ([.. images.Select(image => parts.TryGetValue(image, out var part) ? part : throw new InputException($"{table}: image {image} is not in {name}"))], $"split by {name}");
    }

    private static byte[] Pixels(string[] files, int side, string first)
    {
        var size = 3L * side * side;
        if (files.Length * size > Array.MaxLength) throw new InputException($"{files.Length} images of {side} x {side} pixels are more than fit into memory: list fewer");
        var pixels = new byte[files.Length * size];
        try
        {
            Parallel.For(0, files.Length, i =>
            {
                var image = ImageFile.Read(files[i]);
                var square = Square(image);
                if (square < side) throw new InputException($"{files[i]}: is of {image.Width} x {image.Height} pixels, expected {side} x {side} at least, as {first}");
                AreaAverage.Write(image, square, side, pixels.AsSpan((int)(i * size), (int)size));
            });
        }
        catch (AggregateException error) when (error.InnerExceptions.OfType<InputException>().FirstOrDefault() is { } wrong)
        {
            throw new InputException(wrong.Message, error);
        }

        return pixels;
    }

    // Aligned faces have much background around them.
    private static int Square(RasterImage image) => (image.Width, image.Height) is (178, 218) ? 148 : Math.Min(image.Width, image.Height);
}
