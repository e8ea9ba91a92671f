namespace Heaviside.Data;

/// <summary>One form that a data set's files come in.</summary>
/// <param name="Files">The names of the files, all needed; each may have <c>.gz</c> behind it.</param>
/// <param name="Read">Reads the set from the files' paths, given in the same order.</param>
public sealed record DataForm(IReadOnlyList<string> Files, Func<IReadOnlyList<string>, DataSet> Read)
{
    /// <summary>The files' paths in a folder, or null when one is missing.</summary>
    public IReadOnlyList<string>? FindIn(string folder)
    {
        var paths = new List<string>();
        foreach (var file in Files)
        {
            string plain = Path.Combine(folder, file), packed = plain + ".gz";
            if (File.Exists(plain)) paths.Add(plain);
            else if (File.Exists(packed)) paths.Add(packed);
            else return null;
        }
        return paths;
    }
}
