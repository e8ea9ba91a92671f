using Heaviside.Configuration;

namespace Heaviside.Data.Sources;

/// <summary>A folder of PNG and JPEG images of one size; sub-folders are classes, in the order of their names.</summary>
/// <remarks>Folders <c>train</c>, <c>validation</c> (or <c>val</c>, <c>valid</c>) and <c>test</c>, each with images or sub-folders of classes, are the
/// parts; without <c>train</c> all images are split. Where one image has colors, grey ones have them too, three equal planes.</remarks>
/// <param name="path">The folder.</param>
public sealed class ImageFolder(string path) : DataSource
{
    private const int MostClasses = 256;
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg"];
    private static readonly string[][] PartNames = [["train"], ["validation", "val", "valid"], ["test"]];

    /// <summary>How images are split where the folder does not say it.</summary>
    [OptionGroup]
    public RandomSplit Split { get; init; } = new();

    /// <inheritdoc/>
    public override TrainingData Load(DataFolders folders)
    {
        var parts = Parts();
        (string File, string? Class)[][] files = [.. parts.Select(part => part is null ? [] : Files(part))];
        string[] names = [.. files.SelectMany(f => f).Select(f => f.Class).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        if (names.Length > MostClasses) throw new InputException($"{path}: has {names.Length} sub-folders, at most {MostClasses} classes are read");
        if (names.Length > 0 && files.SelectMany(f => f).FirstOrDefault(f => f.Class is null) is { File: { } beside })
            throw new InputException($"{beside}: is in no class, while other images are in sub-folders: {names[0]}");
        var partition = Split.Of(files[0].Length, files[1].Length, files[2].Length);
        var images = ImageFiles.Read(path, [.. files.SelectMany(f => f).Select(f => f.File)]);
        byte[]? labels = names.Length == 0 ? null : [.. files.SelectMany(f => f).Select(f => (byte)Array.BinarySearch(names, f.Class, StringComparer.Ordinal))];
        return (images with { Labels = labels, ClassNames = names }).ToData(DataPath.Name(path), "a folder of images", partition);
    }

    // The folder of each part; of training alone where nothing is said.
    private string?[] Parts()
    {
        var there = Visible(path).ToDictionary(f => Path.GetFileName(f), StringComparer.OrdinalIgnoreCase);
        string?[] parts = [.. PartNames.Select(names => names.Select(n => there.GetValueOrDefault(n)).FirstOrDefault(f => f is not null))];
        return parts[0] is null ? [path, null, null] : parts;
    }

    private static (string File, string? Class)[] Files(string folder)
    {
        var classes = Visible(folder);
        (string, string?)[] files = [.. Images(folder).Select(file => (file, (string?)null))];
        foreach (var sub in classes)
        {
            var members = Images(sub);
            if (members.Length == 0) throw new InputException($"{sub}: has no PNG or JPEG images, and sub-folders are classes");
            files = [.. files, .. members.Select(file => (file, (string?)Path.GetFileName(sub)))];
        }

        return files.Length > 0 ? files : throw new InputException($"{folder}: has no PNG or JPEG images (.png, .jpg, .jpeg)");
    }

    private static string[] Images(string folder) =>
        [.. Listed(folder, Directory.EnumerateFiles).Where(f => Endings.Contains(Path.GetExtension(f).ToLowerInvariant()))];

    private static string[] Visible(string folder) => [.. Listed(folder, Directory.EnumerateDirectories)];

    // What begins with a dot or two underscores is some other program's.
    private static IEnumerable<string> Listed(string folder, Func<string, IEnumerable<string>> list)
    {
        try
        {
            return [.. list(folder).Where(f => Path.GetFileName(f) is not (['.', ..] or ['_', '_', ..])).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: cannot be listed: {e.Message}", e);
        }
    }
}
