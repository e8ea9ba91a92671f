using Heaviside.Torch;

namespace Loading.Tests;

/// <summary>The patch changes one byte of TorchSharp's library and leaves everything else alone.</summary>
public sealed class ElfVersionPatchTests
{
    private static readonly byte[] original = File.ReadAllBytes(ProgramFolder.Original);

    [Fact]
    public void OneByteChanges()
    {
        var patched = original.ToArray();
        ElfVersionPatch.Apply(patched).ShouldBe(ElfPatchOutcome.Patched);
        var changed = Enumerable.Range(0, original.Length).Where(i => patched[i] != original[i]).ShouldHaveSingleItem();
        (original[changed], patched[changed]).ShouldBe(((byte)0, (byte)2));
        patched.AsSpan(changed - 4, 4).ToArray().ShouldBe([0x42, 0xf8, 0x97, 0x02]); // the hash of GLIBCXX_3.4.32
    }

    [Fact]
    public void TwiceIsOnce()
    {
        var patched = original.ToArray();
        ElfVersionPatch.Apply(patched);
        var again = patched.ToArray();
        ElfVersionPatch.Apply(again).ShouldBe(ElfPatchOutcome.AlreadyWeak);
        again.AsSpan().SequenceEqual(patched).ShouldBeTrue();
    }

    [Fact]
    public void ALibraryThatDoesNotAskForTheVersionStaysAsItIs()
    {
        var library = File.ReadAllBytes(NativeFolders.Find("c10") ?? throw new InvalidOperationException("libc10 is not beside the tests."));
        var after = library.ToArray();
        ElfVersionPatch.Apply(after).ShouldBe(OperatingSystem.IsLinux() ? ElfPatchOutcome.NotAskedFor : ElfPatchOutcome.NotElf);
        after.AsSpan().SequenceEqual(library).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(300_000)]
    [InlineData(-1)]
    public void ATruncatedFileStaysAsItIs(int length)
    {
        var part = original[..(length < 0 ? original.Length + length : length)];
        var after = part.ToArray();
        ElfVersionPatch.Apply(after).ShouldBe(ElfPatchOutcome.NotElf);
        after.AsSpan().SequenceEqual(part).ShouldBeTrue();
    }

    [Fact]
    public void BytesThatAreNoLibraryStayAsTheyAre()
    {
        var text = "MZ, or anything else that is long enough for a header of sixty-four bytes and more"u8.ToArray();
        var after = text.ToArray();
        ElfVersionPatch.Apply(after).ShouldBe(ElfPatchOutcome.NotElf);
        after.ShouldBe(text);
    }
}
