using Heaviside.Configuration;
using Heaviside.Data.Sources;

namespace Heaviside.Data;

/// <summary>A set of images in files: what it is called, how it is found, read and fetched.</summary>
public sealed class DataSetEntry : DataEntry
{
    /// <summary>The forms it comes in, the preferred one first.</summary>
    public required IReadOnlyList<DataForm> Forms { get; init; }

    /// <summary>What <c>heaviside data fetch</c> downloads; nothing by default.</summary>
    public IReadOnlyList<RemoteFile> Downloads { get; init; } = [];

    /// <summary>Subfolders that hold it, besides one of its own name.</summary>
    public IReadOnlyList<string> OtherFolderNames { get; init; } = [];

    /// <summary>The Debian package that installs it, or null.</summary>
    public string? DebianPackage { get; init; }

    /// <summary>What a person has to bring where nothing can be downloaded, else null.</summary>
    public string? GetByHand { get; init; }

    /// <summary>Whether its files' names tell it from other sets, so that they are recognized in any folder; true by default.</summary>
    public bool HasDistinctFileNames { get; init; } = true;

    /// <summary>One line that says how to get the set.</summary>
    public string HowToGet =>
        GetByHand ?? (Downloads.Count == 0 ? $"a folder {Name} with {string.Join(" and ", Forms[0].Files)} in it, inside a folder that is named by --data-dir" : null)
        ?? (DebianPackage is null ? "" : $"apt-get install {DebianPackage}, or ") + $"{HostProgram.Name} data fetch {Name}";

    /// <inheritdoc/>
    public override DataSource CreateSource() => new CatalogSet(this);

    /// <summary>Finds the set's files, or returns null.</summary>
    public DataLocation? Find(DataFolders folders)
    {
        foreach (var group in folders.Groups)
            foreach (var form in Forms)
                foreach (var folder in group.SelectMany(FoldersIn))
                    if (form.FindIn(folder) is { } paths) return new DataLocation(form, paths);
        return null;
    }

    /// <summary>Finds and reads the set.</summary>
    /// <exception cref="InputException">It is nowhere (the message says where it was looked for and how to get it), or a file is damaged.</exception>
    public DataSet Load(DataFolders folders) =>
        (Find(folders) ?? throw new InputException(
            $"data set {Name} was not found in {string.Join(", ", folders.Roots)} (each with subfolder {string.Join(" or ", FolderNames)}); get it with: {HowToGet}")).Read();

    private IEnumerable<string> FolderNames => OtherFolderNames.Prepend(Name);

    private IEnumerable<string> FoldersIn(string root)
    {
        foreach (var name in FolderNames) yield return Path.Combine(root, name);
        if (HasDistinctFileNames || FolderNames.Contains(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))))) yield return root;
    }
}
