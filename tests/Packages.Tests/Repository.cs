using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>The source tree.</summary>
internal static class Repository
{
    /// <summary>The nearest folder above the tests that holds the solution.</summary>
    internal static string Root { get; } = Find();

    /// <summary>The version that is being worked on.</summary>
    internal static string Version { get; } = XElement.Load(Path.Combine(Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Heaviside.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
