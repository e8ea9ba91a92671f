using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Heaviside.Torch;

/// <summary>Helps TorchSharp to its native library where the system's own way fails; elsewhere it does nothing.</summary>
/// <remarks>
/// <para>Two failures are met. A libstdc++ older than that of GCC 13 refuses TorchSharp's library:
/// a copy that it accepts is loaded (<see cref="ElfVersionPatch"/>). A program without a libtorch package gets
/// one <see cref="InputException"/> that names the package: as it is from <see cref="Require"/>, and inside a
/// <see cref="TypeInitializationException"/> where TorchSharp is called directly.
/// TorchSharp alone would copy half a gigabyte to find out less.</para>
/// <para>The runtime asks <see cref="Resolve"/> only after its own search has failed, so that an ordinary start
/// costs a look at three folders. TorchSharp swallows exceptions while it tries to load, so a failure is recorded, TorchSharp
/// is told that all is well, and its first native call then throws.</para>
/// </remarks>
internal static class NativeLoader
{
    private const string Engine = "LibTorchSharp";
    private const string LibtorchVersion = "2.10.0"; // what TorchSharp 0.107 was built for

    private static readonly Lock once = new();
    private static nint loaded;
    private static InputException? refusal;

    [ThreadStatic] private static bool asking; // inside Refuse, where the runtime's own search is tried again

    /// <summary>Takes its place behind the runtime's own search.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It must stand before the first call of TorchSharp, whoever makes it.")]
    internal static void Register()
    {
        var context = AssemblyLoadContext.GetLoadContext(typeof(NativeLoader).Assembly) ?? AssemblyLoadContext.Default;
        context.ResolvingUnmanagedDll += Resolve;
        if (NativeFolders.Find("torch_cpu") is not null) return;
        try
        {
            var torchSharp = context.LoadFromAssemblyName(new AssemblyName("TorchSharp"));
            if (!NativeFolders.IsInsidePackage(torchSharp)) TryRefuse(torchSharp, Missing());
        }
        catch (FileNotFoundException)
        {
            // A program that ships without TorchSharp never calls it.
        }
    }

    /// <summary>Loads the engine, so that what is missing is said here and not at some later call.</summary>
    /// <remarks>TorchSharp loads it in a static constructor, whose failures come wrapped in a
    /// <see cref="TypeInitializationException"/>; from here they come as they are.</remarks>
    /// <exception cref="InputException">The engine cannot be loaded: the message says why and what to do.</exception>
    public static void Require()
    {
        try
        {
            var torch = Assembly.Load("TorchSharp").GetType("TorchSharp.torch", throwOnError: true)!;
            RuntimeHelpers.RunClassConstructor(torch.TypeHandle);
        }
        catch (TypeInitializationException error) when (error.InnerException is InputException reason)
        {
            throw reason;
        }
    }

    private static nint Resolve(Assembly assembly, string name)
    {
        if (asking || name != Engine || assembly.GetName().Name != "TorchSharp" || NativeFolders.IsInsidePackage(assembly))
            return 0;
        lock (once)
        {
            if (loaded != 0) return loaded;
            try
            {
                return loaded = LoadEngine(assembly.GetName().Version?.ToString() ?? "0");
            }
            catch (InputException error)
            {
                return TryRefuse(assembly, error) ? NativeLibrary.GetMainProgramHandle() : 0;
            }
        }
    }

    /// <summary>The engine's handle, or 0 where TorchSharp's own message is the better one.</summary>
    private static nint LoadEngine(string version)
    {
        if (NativeFolders.Find("torch_cpu") is null) throw Missing();
        if (!OperatingSystem.IsLinux() || NativeFolders.Find(Engine) is not { } engine) return 0;
        try
        {
            // By path: a libtorch of the distribution, of another version, has the same names.
            foreach (var part in (string[])["c10", "torch_cpu", "torch"])
                if (NativeFolders.Find(part) is { } path) NativeLibrary.Load(path);
            if (NativeLibrary.TryLoad(engine, out var handle)) return handle;

            var library = File.ReadAllBytes(engine);
            return ElfVersionPatch.Apply(library) == ElfPatchOutcome.Patched
                ? NativeCopy.Load(library, Path.GetFileName(engine), $"torchsharp-{version}")
                : NativeLibrary.Load(engine); // fails as before, and says why
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            var reason = error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
            throw new InputException($"The tensor engine (TorchSharp, libtorch {LibtorchVersion}) cannot be loaded on this system: {reason}", error);
        }
    }

    private static InputException Missing()
    {
        var platform = NativeFolders.Platform;
        if (platform is not ("linux-x64" or "win-x64" or "win-arm64" or "osx-arm64"))
            return new InputException($"TorchSharp has no libtorch package for this platform ({platform}): use linux-x64, win-x64, win-arm64 or osx-arm64.");
        var package = $"libtorch-cpu-{platform}";
        return new InputException(
            $"The program lacks the package {package}, libtorch for this platform: dotnet add package {package} --version {LibtorchVersion}");
    }

    /// <summary>Makes every native call of TorchSharp throw, unless someone else decides how its library is found.</summary>
    private static bool TryRefuse(Assembly torchSharp, InputException reason)
    {
        if (Interlocked.Exchange(ref refusal, reason) is not null) return true;
        try
        {
            NativeLibrary.SetDllImportResolver(torchSharp, Refuse);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static nint Refuse(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Engine) return 0;
        asking = true;
        try
        {
            // A program may have loaded a libtorch by its own means since.
            return NativeLibrary.TryLoad(name, assembly, path, out var handle) ? handle : throw refusal!;
        }
        finally
        {
            asking = false;
        }
    }
}
