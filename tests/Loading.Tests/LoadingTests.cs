using System.Runtime.InteropServices;

namespace Loading.Tests;

/// <summary>TorchSharp's native library loads in a process of its own, or one line says what is missing.</summary>
public sealed class LoadingTests
{
    [SkippableFact]
    public void WhatTheBuildMakesLoadsWithoutHelp()
    {
        Skip.IfNot(IsLinux());
        using var folder = new ProgramFolder();
        folder.Run().ShouldBe(new ProgramResult(0, "12", ""));
        Directory.Exists(folder.Cache).ShouldBeFalse();
    }

    [SkippableTheory]
    [InlineData("sum")]
    [InlineData("generator")]
    [InlineData("require")]
    public void TheLibraryOfThePackageLoadsWithTheHelpOfTheStart(string call)
    {
        Skip.IfNot(IsLinux());
        using var folder = new ProgramFolder();
        PutOriginal(folder);
        folder.Run(call).ShouldBe(new ProgramResult(0, "12", ""));
        folder.Run(call).ShouldBe(new ProgramResult(0, "12", "")); // the second time from the cache, if that was needed
    }

    [SkippableFact]
    public void ProcessesThatStartTogetherShareOneCopy()
    {
        Skip.IfNot(IsLinux());
        using var folder = new ProgramFolder();
        PutOriginal(folder);
        Parallel.For(0, 3, _ => folder.Run().ShouldBe(new ProgramResult(0, "12", "")));
        if (Directory.Exists(folder.Cache)) // not where libstdc++ is new enough
            Directory.GetFiles(folder.Cache, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public void ADamagedOrForbiddenCacheDoesNotMatter()
    {
        Skip.IfNot(IsLinux());
        using var folder = new ProgramFolder();
        PutOriginal(folder);
        folder.Run().Exit.ShouldBe(0);
        Skip.IfNot(Directory.Exists(folder.Cache), "libstdc++ is new enough: nothing was copied");
        var copy = Directory.GetFiles(folder.Cache, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        File.WriteAllText(copy, "half a file");
        folder.Run().ShouldBe(new ProgramResult(0, "12", ""));
        Directory.Delete(folder.Cache, recursive: true);
        File.WriteAllText(folder.Cache, "no folder");
        folder.Run().ShouldBe(new ProgramResult(0, "12", ""));
    }

    [SkippableTheory]
    [InlineData("require", 2, "")]
    [InlineData("generator", 2, "")]
    [InlineData("sum", 3, "wrapped: ")] // TorchSharp loads the engine in a static constructor
    public void WithoutLibtorchOneLineNamesThePackage(string call, int exit, string prefix)
    {
        Skip.IfNot(IsLinux());
        using var folder = new ProgramFolder();
        foreach (var file in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so", "libtorch_global_deps.so", "libshm.so"])
            File.Delete(folder.Native(file));
        var before = Directory.GetFiles(folder.Program, "*", SearchOption.AllDirectories).Length;
        folder.Run(call).ShouldBe(new ProgramResult(exit, "",
            prefix + "The program lacks the package libtorch-cpu-linux-x64, libtorch for this platform: dotnet add package libtorch-cpu-linux-x64 --version 2.10.0"));
        Directory.GetFiles(folder.Program, "*", SearchOption.AllDirectories).Length.ShouldBe(before); // TorchSharp's own search copies libtorch
    }

    [SkippableFact]
    public void ALibraryThatIsNoneIsRefusedInOneLine()
    {
        Skip.IfNot(IsLinux());
        using var folder = new ProgramFolder();
        var library = folder.Native("libLibTorchSharp.so");
        File.Delete(library);
        File.WriteAllText(library, "half a download");
        var result = folder.Run("require");
        result.Exit.ShouldBe(2);
        result.Error.ShouldStartWith("The tensor engine (TorchSharp, libtorch 2.10.0) cannot be loaded on this system: ");
        result.Error.ShouldNotContain("\n");
    }

    private static bool IsLinux() => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private static void PutOriginal(ProgramFolder folder)
    {
        var library = folder.Native("libLibTorchSharp.so");
        File.Delete(library);
        File.Copy(ProgramFolder.Original, library);
    }
}
