using System.Reflection;
using Heaviside.Torch.Interop;

namespace Heaviside.Torch.Tests;

public sealed class SchemaTests
{
    private static readonly string[] Bound = ReadBound();

    [Fact]
    public void Schemas_OfTheLoadedLibrary_ContainAllThatAreBound()
    {
        var loaded = torch.schemas().ToHashSet();
        loaded.Count.ShouldBeGreaterThan(2000);
        Bound.Where(s => !loaded.Contains(s)).ShouldBeEmpty();
    }

    [Fact]
    public void Operators_EachOne_IsFoundInTheLibrary()
    {
        var operators = Operators();
        operators.Count.ShouldBeGreaterThan(400);
        operators.Values.Where(o => o.Handle == 0).ShouldBeEmpty();
    }

    // clamp and clamp_ differ by an underscore only, and so do their overloads without a name.
    [Fact]
    public void Operators_ForEverySchema_HaveAFieldOfTheirOwn()
    {
        var names = Operators().Values.Select(o => o.Name).ToList();
        names.ShouldBeUnique();
        names.Order(StringComparer.Ordinal).ShouldBe(Bound.Select(s => s[..s.IndexOf('(')]).Distinct().Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, Operator> Operators() =>
        typeof(Operators).GetFields(BindingFlags.Static | BindingFlags.NonPublic).ToDictionary(f => f.Name, f => (Operator)f.GetValue(null)!);

    private static string[] ReadBound()
    {
        using var reader = new StreamReader(typeof(SchemaTests).Assembly.GetManifestResourceStream("schemas.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
