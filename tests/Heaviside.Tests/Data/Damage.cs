using FsCheck;
using FsCheck.Fluent;

namespace Heaviside.Tests.Data;

/// <summary>Random damage to valid files: a reader may still accept the result, but the only thing it may throw is InputException.</summary>
internal static class Damage
{
    public static void OnlyInputExceptions(byte[] valid, Action<string> read)
    {
        using var folder = new TempFolder();
        var cases =
            from length in Gen.Frequency((3, Gen.Constant(valid.Length)), (1, Gen.Choose(0, valid.Length)), (1, Gen.Constant(valid.Length + 5)))
            from flips in Gen.Choose(0, (valid.Length * 8) - 1).ListOf()
            select (length, flips);
        Prop.ForAll(cases.ToArbitrary(), damage =>
        {
            byte[] damaged = [.. valid];
            foreach (var bit in damage.flips) damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Array.Resize(ref damaged, damage.length);
            var path = folder.Write("damaged", damaged);
            try
            {
                read(path);
            }
            catch (InputException e)
            {
                e.Message.ShouldStartWith(path);
                e.Message.ShouldNotContain("\n");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    public static void EveryTruncationIsRefused(byte[] valid, Action<string> read)
    {
        using var folder = new TempFolder();
        for (var length = 0; length < valid.Length; length++)
        {
            var path = folder.Write("short", valid[..length]);
            Should.Throw<InputException>(() => read(path), $"cut to {length} of {valid.Length} bytes").Message.ShouldStartWith(path);
        }
    }
}
