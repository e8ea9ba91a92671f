using Aborts.Tests.Damage;

namespace Aborts.Tests;

/// <summary>Makes mistakes one after the other, from a given one on, and writes a line before and a line after each.</summary>
internal static class Program
{
    /// <summary>Before the name of a mistake that begins.</summary>
    internal const string Begin = "begin ";

    /// <summary>Before the message of what it threw.</summary>
    internal const string Threw = "threw ";

    /// <summary>In place of a number: makes a mistake that the library guards against, without the guard.</summary>
    internal const string Unguarded = "unguarded";

    /// <summary>In place of a number, before how many: reads damaged files.</summary>
    internal const string Damage = "damage";

    /// <summary>Before the most memory that was taken so far, in bytes.</summary>
    internal const string Memory = "memory ";

    private static int Main(string[] arguments)
    {
        Machine.Prepare();
        if (arguments[0] == Unguarded) return (int)torch.zeros(2, 3).matmul(torch.zeros(4, 5)).numel();
        if (arguments[0] == Damage)
        {
            DamagedFiles.Read(int.Parse(arguments[1], System.Globalization.CultureInfo.InvariantCulture));
            return 0;
        }

        foreach (var mistake in Mistake.All.Skip(int.Parse(arguments[0], System.Globalization.CultureInfo.InvariantCulture)))
        {
            Console.WriteLine(Begin + mistake.Name);
            Console.WriteLine(Outcome(mistake));
        }

        return 0;
    }

    private static string Outcome(Mistake mistake)
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            mistake.Make();
            return "nothing was thrown";
        }
        catch (Exception error)
        {
            return $"{Threw}{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}";
        }
    }
}
