using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Heaviside.OrTools;

namespace Heaviside.Tests.Design;

/// <summary>What the design rules are checked against: the assemblies, their documentation files and their sources.</summary>
internal static class Sources
{
    /// <summary>The packages.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = [typeof(InputException).Assembly, typeof(Heaviside.Training.Trainer).Assembly, typeof(CpSat).Assembly];

    /// <summary>Every type that a person wrote.</summary>
    public static IReadOnlyList<Type> Types { get; } =
        [.. Assemblies.SelectMany(a => a.GetTypes()).Where(t => !IsGenerated(t))];

    /// <summary>The documentation by member id, such as <c>P:Heaviside.Estimators.Reinforce.Bias</c>.</summary>
    public static IReadOnlyDictionary<string, XElement> Documentation { get; } =
        Assemblies.SelectMany(a => XDocument.Load(Path.ChangeExtension(a.Location, ".xml")).Descendants("member"))
            .Where(m => m.Attribute("name")!.Value.Contains(":Heaviside", StringComparison.Ordinal)) // generated code is in every assembly
            .ToDictionary(m => m.Attribute("name")!.Value);

    /// <summary>The source files under src and tests that a person wrote, by path from the repository's root.</summary>
    public static IReadOnlyList<(string Path, string[] Lines)> Files { get; } =
    [
        .. from folder in new[] { "src", "tests" }
           from file in Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories)
           let path = Path.GetRelativePath(Root(), file).Replace('\\', '/')
           where !path.EndsWith(".g.cs", StringComparison.Ordinal) && !path.Split('/').Any(p => p is "obj" or "bin")
           select (path, File.ReadAllLines(file)),
    ];

    /// <summary>A type's name as sources and documentation write it, without the number of its parameters.</summary>
    public static string Name(Type type) => type.Name.Split('`')[0];

    private static bool IsGenerated(Type t) =>
        t.Name.Contains('<') || t.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || (t.DeclaringType is { } outer && IsGenerated(outer)) || t.Namespace?.StartsWith("Heaviside", StringComparison.Ordinal) != true
        || t.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false);

    /// <summary>The repository's folder.</summary>
    public static string Root([CallerFilePath] string path = "")
    {
        var folder = Path.GetDirectoryName(path)!;
        while (!File.Exists(Path.Combine(folder, "Heaviside.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
