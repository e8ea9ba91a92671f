using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Heaviside.Structured;

/// <summary>One integer program at a time through the command cbc, for <see cref="IntegerProgram"/>.</summary>
internal sealed class CbcSolver(string command) : ArgmaxSolver
{
    /// <inheritdoc/>
    public override void Solve(ReadOnlySpan<double> unary, ReadOnlySpan<double> pairwise, Span<double> best)
    {
        if (pairwise.IsEmpty)
        {
            IndependentBits.Threshold(unary, best);
            return;
        }

        var folder = Directory.CreateTempSubdirectory("heaviside-cbc-");
        try
        {
            var (program, solution) = (Path.Combine(folder.FullName, "program.lp"), Path.Combine(folder.FullName, "solution.txt"));
            using (var writer = new StreamWriter(program)) Write(writer, unary, pairwise);
            var output = Run(program, solution);
            var lines = File.Exists(solution) ? File.ReadAllLines(solution) : [];
            if (lines.Length == 0 || !lines[0].StartsWith("Optimal", StringComparison.Ordinal))
                throw new InputException($"{command} found no optimum: {(lines.Length > 0 ? lines[0] : LastLine(output))}; check that '{command}' is COIN-OR cbc 2.10 or newer");
            Read(lines.AsSpan(1), best);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The LP format, one term a line as lines may not be long.
    private static void Write(TextWriter writer, ReadOnlySpan<double> unary, ReadOnlySpan<double> pairwise)
    {
        writer.WriteLine("Maximize\nscore:");
        for (var i = 0; i < unary.Length; i++) writer.WriteLine($"{Number(unary[i])} z{i}");
        for (var p = 0; p < pairwise.Length; p++)
            if (pairwise[p] != 0) writer.WriteLine($"{Number(pairwise[p])} y{p}");
        writer.WriteLine("Subject To\nany: z0 >= 0");
        for (int i = 0, p = 0; i < unary.Length; i++)
        {
            for (var j = i + 1; j < unary.Length; j++, p++)
            {
                if (pairwise[p] > 0) writer.WriteLine($"a{p}: y{p} - z{i} <= 0\nb{p}: y{p} - z{j} <= 0");
                if (pairwise[p] < 0) writer.WriteLine($"a{p}: y{p} - z{i} - z{j} >= -1");
            }
        }

        writer.WriteLine("Binaries");
        for (var i = 0; i < unary.Length; i++) writer.WriteLine($"z{i}");
        writer.WriteLine("End");
    }

    private static string Number(double value) => value.ToString("+0.################E+00;-0.################E+00", CultureInfo.InvariantCulture);

    private string Run(string program, string solution)
    {
        var start = new ProcessStartInfo(command) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[program, "-ratioGap", "0", "-allowableGap", "0", "-solve", "-solution", solution]) start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output + errors.Result;
        }
        catch (Win32Exception error)
        {
            throw new InputException($"the solver '{command}' does not start: install it (apt-get install coinor-cbc) or choose another oracle", error);
        }
    }

    private static string LastLine(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("no output");

    // Lines of place, name, value and reduced cost, of the variables that are not 0.
    private static void Read(ReadOnlySpan<string> lines, Span<double> best)
    {
        best.Clear();
        foreach (var line in lines)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var name = Array.FindIndex(words, w => w[0] == 'z');
            if (name >= 0) best[int.Parse(words[name][1..], CultureInfo.InvariantCulture)] = Math.Round(double.Parse(words[name + 1], CultureInfo.InvariantCulture));
        }
    }
}
