using System.Diagnostics;
using Heaviside;

namespace Aborts.Tests.Damage;

/// <summary>Damages files of every kind in turn, reads them, and writes a line before and a line after each.</summary>
internal static class DamagedFiles
{
    internal static void Read(int count)
    {
        var folder = Directory.CreateTempSubdirectory("heaviside-damage-").FullName;
        try
        {
            var data = new DataFiles(folder);
            var files = data.All().Concat(new RunFiles(folder).All()).ToList();
            foreach (var file in files) file.Read(file.Valid); // else refusals would prove nothing
            for (var i = 0; i < count; i++) Read(files[i % files.Count], i);
            foreach (var (i, file) in data.Large().Index()) Read(file, count + i);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Read(DamagedFile file, int number)
    {
        Console.WriteLine($"{Program.Begin}{file.Name}, number {number}");
        Console.WriteLine(Outcome(file, new Random(number)));
        using var self = Process.GetCurrentProcess();
        Console.WriteLine($"{Program.Memory}{self.PeakWorkingSet64}");
    }

    // Weights that were changed and have no checksum may overflow, which training says in one line too.
    private static string Outcome(DamagedFile file, Random random)
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            file.Read(file.Damage(file.Valid, random));
            return "read";
        }
        catch (Exception error) when (error is InputException or NonFiniteException && !error.Message.Contains('\n'))
        {
            return $"read, and refused: {error.Message}";
        }
        catch (Exception error)
        {
            return error.ToString().ReplaceLineEndings(" ");
        }
    }
}
