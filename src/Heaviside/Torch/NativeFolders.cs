using System.Reflection;
using System.Runtime.InteropServices;

namespace Heaviside.Torch;

/// <summary>Where this process would find native libraries, and how they are called on this platform.</summary>
internal static class NativeFolders
{
    /// <summary>The platform in the words of package names, such as <c>linux-x64</c>.</summary>
    public static string Platform { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>The path of a library, or null where no folder of the program has it.</summary>
    /// <param name="name">The bare name: <c>torch_cpu</c> for <c>libtorch_cpu.so</c> or <c>torch_cpu.dll</c>.</param>
    public static string? Find(string name)
    {
        var file = OperatingSystem.IsWindows() ? name + ".dll" : $"lib{name}{(OperatingSystem.IsMacOS() ? ".dylib" : ".so")}";
        return Folders().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }

    /// <summary>Whether an assembly is used out of its package's folder, as notebooks and scripts do.</summary>
    /// <remarks>TorchSharp has a way of its own to gather its libraries there.</remarks>
    public static bool IsInsidePackage(Assembly assembly)
    {
        if (assembly.Location.Length == 0) return false; // a program in a single file
        var package = Path.Combine(Path.GetDirectoryName(assembly.Location)!, "..", "..");
        return Directory.Exists(package) && Directory.EnumerateFiles(package, "*.nuspec").Any();
    }

    private static IEnumerable<string> Folders()
    {
        var searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        return [
            .. searched.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
            AppContext.BaseDirectory,
            Path.Combine(AppContext.BaseDirectory, "runtimes", Platform, "native"),
        ];
    }
}
