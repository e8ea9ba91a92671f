using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Heaviside.Tests.Documents;

/// <summary>Whoever copies C# from a page has a program that compiles.</summary>
public sealed class CSharpTests
{
    // What a program has that uses the library, and the values that pages do not care to make.
    private const string Around = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using Heaviside;
        global using Heaviside.Distributions;
        global using Heaviside.Estimators;
        global using Heaviside.Laboratory;
        global using Heaviside.Priors;
        global using Heaviside.Priors.Partition;
        global using Heaviside.Structured;
        global using TorchSharp;
        global using Generator = TorchSharp.torch.Generator;
        global using Tensor = TorchSharp.torch.Tensor;
        global using static Given;

        internal static class Given
        {
            public static Tensor x = torch.zeros(2, 3), z = torch.zeros(1, 2, 400), zeta = torch.zeros(1, 2, 400), logits = torch.zeros(2, 3), unary = torch.zeros(2, 3), pairwise = torch.zeros(2, 3);
            public static Generator rng = new(1);
            public static Objective f = Objective.Differentiable(b => b.sum(-1));
            public static torch.nn.Module<Tensor, Tensor> encoder = torch.nn.Linear(3, 3);
            public static StochasticChain posterior = StochasticChain.Of(new Bernoulli(logits));
            public static RestrictedBoltzmannMachine machine = new(200, 200);
        }
        """;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest);

    // All that the tests have, of which programs are given the libraries.
    private static readonly Lazy<MetadataReference[]> References = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file))]);

    public static TheoryData<string> Blocks => [.. Fence.In("csharp").Select(f => f.ToString())];

    [Fact]
    public void Pages_HaveCSharp() => Fence.In("csharp").Count.ShouldBeGreaterThan(5);

    [Theory]
    [MemberData(nameof(Blocks))]
    public void CSharp_OnAPage_Compiles(string block)
    {
        var fence = Fence.In("csharp").Single(f => f.ToString() == block);
        using var program = new MemoryStream();
        var made = Compile(fence.Code).Emit(program);
        made.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => $"{fence.Page}:{fence.Line + 1 + d.Location.GetLineSpan().StartLinePosition.Line}: {d.GetMessage()}").ShouldBeEmpty();
        RequireTypesAsTheyAre(program.ToArray(), fence);
    }

    [Theory]
    [InlineData("var q = new Bernouli(x);", "Bernouli")]
    [InlineData("Console.WriteLine(machine.LogPartition().Value);", "Value")]
    public void CSharp_WithAMistake_DoesNot(string code, string word) =>
        Compile(code).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ShouldContain(d => d.GetMessage().Contains(word));

    // A page that shows a type of the library shows what it has.
    private static void RequireTypesAsTheyAre(byte[] program, Fence fence)
    {
        var context = new AssemblyLoadContext(fence.ToString(), isCollectible: true);
        try
        {
            foreach (var shown in context.LoadFromStream(new MemoryStream(program)).GetTypes().Where(t => t.IsPublic))
            {
                var real = typeof(InputException).Assembly.GetTypes().Single(t => t.IsPublic && t.Name == shown.Name);
                string[] members = [.. Members(real)];
                foreach (var member in Members(shown)) members.ShouldContain(member, $"{fence}: {shown.Name}");
            }
        }
        finally
        {
            context.Unload();
        }
    }

    private static IEnumerable<string> Members(Type type) =>
        from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where member is PropertyInfo or MethodInfo { IsSpecialName: false } && member.Name is not ("Equals" or "<Clone>$")
        select member.ToString()!.Replace("Heaviside.Estimators.", "", StringComparison.Ordinal);

    private static CSharpCompilation Compile(string code)
    {
        var hasStatements = CSharpSyntaxTree.ParseText(code, Options).GetRoot().ChildNodes().Any(n => n.IsKind(SyntaxKind.GlobalStatement));
        return CSharpCompilation.Create("page", [CSharpSyntaxTree.ParseText(code, Options), CSharpSyntaxTree.ParseText(Around, Options)], References.Value,
            new(hasStatements ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
    }
}
