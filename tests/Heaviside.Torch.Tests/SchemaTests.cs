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

    /// <summary>Operators draw when an overload of theirs takes a generator, and the likes of dropout and rand_like without.</summary>
    [Fact]
    public void Operators_ThatDraw_RequireAGenerator()
    {
        var draws = torch.schemas().Where(s => s.Contains("Generator?")).Select(BaseName).ToHashSet();
        draws.ShouldContain("normal");
        var random = Bound.Where(s => draws.Contains(BaseName(s)) || s.Contains("dropout") || s.Contains("rand")).ToList();
        random.Count.ShouldBeGreaterThan(15);
        random.Where(s => !s.Contains("Generator?")).ShouldBeEmpty();

        var names = random.Select(s => s["aten::".Length..s.IndexOfAny(['.', '('])]).ToHashSet();
        var methods = new[] { typeof(Tensor), typeof(torch) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance))
            .Where(m => names.Contains(m.Name)).ToList();
        methods.Select(m => m.Name).Distinct().Count().ShouldBe(names.Count);
        methods.Where(m => !m.GetParameters().Any(p => p.ParameterType == typeof(Generator) && !p.IsOptional)).ShouldBeEmpty();

        static string BaseName(string schema) =>
            schema["aten::".Length..schema.IndexOfAny(['.', '('])].TrimEnd('_').Replace("_like", "");
    }

    private static Dictionary<string, Operator> Operators() =>
        typeof(Operators).GetFields(BindingFlags.Static | BindingFlags.NonPublic).ToDictionary(f => f.Name, f => (Operator)f.GetValue(null)!);

    private static string[] ReadBound()
    {
        using var reader = new StreamReader(typeof(SchemaTests).Assembly.GetManifestResourceStream("schemas.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
