namespace Heaviside.Data;

/// <summary>Where data sets are looked for.</summary>
/// <remarks>In order: the folder that was asked for, the environment variable <c>HEAVISIDE_DATA</c>, the user's cache, the system's folders.
/// A folder that was asked for and has a set in any of its forms wins; among the others the set's preferred form wins, wherever it is.</remarks>
public sealed class DataFolders
{
    /// <summary>The environment variable that names a folder with data.</summary>
    public const string Variable = "HEAVISIDE_DATA";

    /// <summary>Looks in <paramref name="asked"/>, when given, then in <paramref name="others"/>.</summary>
    /// <exception cref="InputException">The folder that was asked for does not exist.</exception>
    public DataFolders(string? asked, params IReadOnlyList<string> others)
    {
        if (asked is not null && !Directory.Exists(asked)) throw new InputException($"data folder {asked} does not exist");
        Groups = asked is null ? [others] : [[asked], others];
    }

    /// <summary>The user's cache, where <c>heaviside data fetch</c> puts files: <c>$XDG_CACHE_HOME</c> or <c>~/.cache</c>, then <c>heaviside/data</c>.</summary>
    public static string Cache
    {
        get
        {
            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (string.IsNullOrEmpty(cache)) cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            return Path.Combine(cache, "heaviside", "data");
        }
    }

    /// <summary>All folders, in the order they are looked through.</summary>
    public IEnumerable<string> Roots => Groups.SelectMany(group => group);

    internal IReadOnlyList<IReadOnlyList<string>> Groups { get; }

    /// <summary>The folders of this machine, after <paramref name="dataDir"/> when one is asked for.</summary>
    /// <exception cref="InputException">The folder that was asked for does not exist.</exception>
    public static DataFolders Standard(string? dataDir = null)
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        string[] system = [Cache, "/usr/local/share/datasets", "/usr/share/datasets"];
        return new DataFolders(dataDir, string.IsNullOrEmpty(named) ? system : [named, .. system]);
    }
}
