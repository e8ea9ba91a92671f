using System.Text.RegularExpressions;

namespace Heaviside.Tests.Design;

public class FileTests
{
    private const int MaxLines = 400;

    [Fact]
    public void Files_All_HaveOneIdea() =>
        Sources.Files.Where(f => f.Lines.Length > MaxLines).Select(f => $"{f.Path}: {f.Lines.Length} lines").ShouldBeEmpty();

    [Fact]
    public void Files_InSources_AreNamedAfterTheirTypes()
    {
        var files = Sources.Files.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal)).Select(f => Path.GetFileName(f.Path).Split('.')[0]).ToHashSet();
        // The options of a component are in its own file.
        Sources.Types.Where(t => t.IsPublic).Select(Sources.Name).Where(n => !files.Contains(n) && !(n.EndsWith("Options", StringComparison.Ordinal) && files.Contains(n[..^"Options".Length]))).ShouldBeEmpty();
    }

    [Fact]
    public void Files_InSources_HaveTheNamespaceOfTheirFolder()
    {
        // The packages share their namespaces, and the families of estimators have one: who uses them writes one using directive.
        var wrong = from f in Sources.Files
                    where Regex.IsMatch(f.Path, "^src/Heaviside(.Training)?/") && !f.Path.EndsWith("/GlobalUsings.cs", StringComparison.Ordinal)
                    let folder = string.Join('.', f.Path.Split('/')[2..^1].Prepend("Heaviside"))
                    let expected = $"namespace {Regex.Replace(folder, @"Estimators\.(Contract|ScoreFunction|Pathwise|Coupled|ControlVariates|Direct)$", "Estimators")};"
                    where !f.Lines.Contains(expected)
                    select $"{f.Path}: expected {expected}";
        wrong.ShouldBeEmpty();
    }

    // The command line's classes too, whose assembly these tests do not load.
    [Fact]
    public void Classes_InSources_SayAbstractSealedOrStatic() =>
        Sources.Files.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(f => f.Lines.Where(l => Regex.IsMatch(l, @"^\s*((public|internal|private|protected|file|new|unsafe|partial)\s+)*(class|record(?!\s+struct))\s+\w")).Select(l => $"{f.Path}: {l.Trim()}"))
            .ShouldBeEmpty();

    [Fact]
    public void Files_All_HaveNoLooseEnds()
    {
        // Written so that this file has none either.
        string[] marks = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception"];
        Sources.Files.SelectMany(f => f.Lines.Where(l => marks.Any(m => l.Contains(m, StringComparison.Ordinal))).Select(l => $"{f.Path}: {l.Trim()}")).ShouldBeEmpty();
    }

    // A test that leaves early counts as passed: what it does not apply to is no case of it.
    [Fact]
    public void Tests_All_RunToTheirEnd() =>
        Sources.Files.Where(f => f.Path.StartsWith("tests/", StringComparison.Ordinal) && f.Path.EndsWith("Tests.cs", StringComparison.Ordinal))
            .SelectMany(f => f.Lines.Where(l => Regex.IsMatch(l, @"(^|\s)return;")).Select(l => $"{f.Path}: {l.Trim()}")).ShouldBeEmpty();

    [Fact]
    public void Pragmas_All_HaveTheirReasonBesideThem() =>
        Sources.Files.SelectMany(f => f.Lines.Where(l => l.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal) && !l.Contains("//", StringComparison.Ordinal)).Select(l => $"{f.Path}: {l.Trim()}")).ShouldBeEmpty();
}
