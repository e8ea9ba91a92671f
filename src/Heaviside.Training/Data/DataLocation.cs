namespace Heaviside.Data;

/// <summary>A data set's files on this machine.</summary>
/// <param name="Form">Which form they have.</param>
/// <param name="Paths">Where they are, in the form's order.</param>
public sealed record DataLocation(DataForm Form, IReadOnlyList<string> Paths)
{
    /// <summary>The folder that holds the files.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(Paths[0]))!;

    /// <summary>Reads and checks the files.</summary>
    /// <exception cref="InputException">A file is damaged or has another size than the set's.</exception>
    public DataSet Read() => Form.Read(Paths);
}
