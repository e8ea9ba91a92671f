using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>A folder outside the repository with the packages, packed from what is built, and with projects that take them from there.</summary>
/// <remarks>The packages have a version of their own and are unpacked in this folder. Everything else comes from the
/// user's package cache, so that half a gigabyte of libtorch is not unpacked again.</remarks>
public sealed class PackedFolder : IDisposable
{
    /// <summary>The name of the collection of tests that share one.</summary>
    public const string Shared = "packed";

    /// <summary>The platform of this machine, as the packages of libtorch name it.</summary>
    public static string Platform { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux") + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    public PackedFolder()
    {
        Directory.CreateDirectory(Packages);
        File.WriteAllText(this["nuget.config"], $"""
            <configuration>
              <packageSources>
                <add key="local" value="{Packages}" />
              </packageSources>
            </configuration>
            """);
        foreach (var project in (string[])["Heaviside", "Heaviside.Training", "Heaviside.OrTools", "Heaviside.Cli"]) Pack(project);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("heaviside-").FullName;

    public string Version { get; } = $"{Repository.Version}-test.{Guid.NewGuid():N}";

    public string Packages => this["packages"];

    public string this[params string[] parts] => Path.Combine([Root, .. parts]);

    /// <summary>Packs a project of the source tree that is built.</summary>
    public void Pack(string project, params string[] options) => Dotnet.Run(Repository.Root,
        ["pack", $"src/{project}", "--no-build", "--configuration", Dotnet.Configuration, "--output", Packages, $"-p:Version={Version}", .. options]).ShouldSucceed();

    /// <summary>The text of a package's nuspec.</summary>
    public XElement Manifest(string package)
    {
        using var file = System.IO.Compression.ZipFile.OpenRead(this["packages", $"{package}.{Version}.nupkg"]);
        using var nuspec = file.GetEntry($"{package}.nuspec")!.Open();
        var metadata = XElement.Load(nuspec);
        foreach (var element in metadata.DescendantsAndSelf()) element.Name = element.Name.LocalName;
        return metadata.Element("metadata")!;
    }

    /// <summary>The names of the files in a package.</summary>
    public string[] Files(string package, string extension = "nupkg")
    {
        using var file = System.IO.Compression.ZipFile.OpenRead(this["packages", $"{package}.{Version}.{extension}"]);
        return [.. file.Entries.Select(e => e.FullName)];
    }

    /// <summary>A new project with the program of a sample, which refers to <paramref name="packages"/> and has recipes of its own beside it.</summary>
    public string Project(string name, string sample, params (string Name, string Version)[] packages)
    {
        var folder = Directory.CreateDirectory(this[name]).FullName;
        var references = packages.Select(p => $"""<PackageReference Include="{p.Name}" Version="{p.Version}" />""");
        File.WriteAllText(Path.Combine(folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestorePackagesPath>{this["cache"]}</RestorePackagesPath>
                <RestoreFallbackFolders>{Dotnet.PackageCache}</RestoreFallbackFolders>
                <CreateHardLinksForCopyLocalIfPossible>true</CreateHardLinksForCopyLocalIfPossible>
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", references)}
                <None Update="recipes/**" CopyToOutputDirectory="PreserveNewest" />
              </ItemGroup>
            </Project>
            """);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "samples", sample), "*.cs")) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>The packages are packed once for all tests.</summary>
[CollectionDefinition(PackedFolder.Shared)]
public sealed class PackedFolderCollection : ICollectionFixture<PackedFolder>;
