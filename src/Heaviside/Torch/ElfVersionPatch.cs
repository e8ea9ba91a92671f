#nullable enable
#if !NET // the inline task of build/TorchSharpNative.targets compiles this same file against .NET Standard
using System;
using System.IO;
#endif

namespace Heaviside.Torch;

/// <summary>What <see cref="ElfVersionPatch.Apply"/> found.</summary>
internal enum ElfPatchOutcome
{
    /// <summary>The version was required and is now optional: one byte of the file has changed.</summary>
    Patched,

    /// <summary>The version was optional before; nothing has changed.</summary>
    AlreadyWeak,

    /// <summary>The library does not ask for the version; nothing has changed.</summary>
    NotAskedFor,

    /// <summary>The bytes are no complete 64-bit little-endian ELF library; nothing has changed.</summary>
    NotElf,
}

/// <summary>Lets a library that was built by GCC 13 load beside the libstdc++ of GCC 12.</summary>
/// <remarks>TorchSharp's native library asks for GLIBCXX_3.4.32. The one symbol of that version which it names,
/// <c>std::ios_base_library_init()</c>, is used by no relocation, so only the loader's check of versions fails.
/// Marking the version as weak in the list of needed versions (<c>.gnu.version_r</c>) turns the failure
/// into a warning of the loader, which it keeps to itself; where the version exists the mark has no effect.</remarks>
internal static class ElfVersionPatch
{
    /// <summary>The version that becomes optional.</summary>
    public const string Version = "GLIBCXX_3.4.32";

    private const uint NeededVersions = 0x6ffffffe; // SHT_GNU_verneed
    private const byte Weak = 2; // VER_FLG_WEAK

    /// <summary>Marks <see cref="Version"/> as weak in a library's bytes, in place.</summary>
    public static ElfPatchOutcome Apply(byte[] library)
    {
        try
        {
            var isElf = U32(library, 0) == 0x464c457f && U16(library, 4) == 0x0102; // 64 bits, little-endian
            return isElf ? ApplyToElf(library) : ElfPatchOutcome.NotElf;
        }
        catch (InvalidDataException)
        {
            return ElfPatchOutcome.NotElf;
        }
    }

    private static ElfPatchOutcome ApplyToElf(byte[] library)
    {
        long table = U64(library, 0x28), size = U16(library, 0x3a), count = U16(library, 0x3c);
        if (table == 0 || count == 0) return ElfPatchOutcome.NotElf;
        U16(library, table + size * count - 2); // a truncated file ends before its table of sections
        for (long i = 0; i < count; i++)
        {
            var section = table + i * size;
            if (U32(library, section + 4) != NeededVersions) continue;
            var names = U64(library, table + U32(library, section + 0x28) * size + 0x18);
            var flags = FindFlags(library, U64(library, section + 0x18), U32(library, section + 0x2c), names);
            if (flags < 0) return ElfPatchOutcome.NotAskedFor;
            if ((library[flags] & Weak) != 0) return ElfPatchOutcome.AlreadyWeak;
            library[flags] |= Weak;
            return ElfPatchOutcome.Patched;
        }
        return ElfPatchOutcome.NotAskedFor;
    }

    /// <summary>Where the flags of the version lie in the file, or -1.</summary>
    private static long FindFlags(byte[] library, long need, long count, long names)
    {
        for (; count > 0; count--) // an Elf64_Verneed for each file that versions are wanted of
        {
            var version = need + U32(library, need + 8);
            for (var left = U16(library, need + 2); left > 0; left--) // an Elf64_Vernaux for each version
            {
                if (IsVersion(library, names + U32(library, version + 8))) return version + 4;
                long next = U32(library, version + 12);
                if (next == 0) break;
                version += next;
            }
            long step = U32(library, need + 12);
            if (step == 0) break;
            need += step;
        }
        return -1;
    }

    private static bool IsVersion(byte[] library, long name)
    {
        Check(library, name, Version.Length + 1);
        for (var i = 0; i < Version.Length; i++)
            if (library[name + i] != Version[i]) return false;
        return library[name + Version.Length] == 0;
    }

    private static int U16(byte[] bytes, long at)
    {
        Check(bytes, at, 2);
        return bytes[at] | bytes[at + 1] << 8;
    }

    private static uint U32(byte[] bytes, long at) => (uint)U16(bytes, at) | (uint)U16(bytes, at + 2) << 16;

    private static long U64(byte[] bytes, long at) => U32(bytes, at) | (long)U32(bytes, at + 4) << 32;

    private static void Check(byte[] bytes, long at, int length)
    {
        if (at < 0 || at > bytes.Length - length) throw new InvalidDataException();
    }
}

#if !NET
/// <summary>The build's way in: writes a patched copy of a library, where the library needs one.</summary>
public sealed class WriteLoadableCopy : Microsoft.Build.Utilities.Task
{
    /// <summary>The library as its package has it; it is only read.</summary>
    [Microsoft.Build.Framework.Required]
    public string Source { get; set; } = "";

    /// <summary>The path of the copy.</summary>
    [Microsoft.Build.Framework.Required]
    public string Copy { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        var library = File.ReadAllBytes(Source);
        if (ElfVersionPatch.Apply(library) != ElfPatchOutcome.Patched) return true;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Copy))!);
        var temporary = Copy + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(temporary, library);
        try
        {
            File.Delete(Copy);
            File.Move(temporary, Copy);
        }
        catch (IOException) when (File.Exists(Copy)) // another project of the same build was first
        {
            File.Delete(temporary);
        }
        return true;
    }
}
#endif
