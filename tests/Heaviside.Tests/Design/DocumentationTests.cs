using System.Reflection;
using System.Text.RegularExpressions;
using Heaviside.Estimators;

namespace Heaviside.Tests.Design;

public class DocumentationTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Types_Public_HaveASummary() =>
        Sources.Types.Where(t => t.IsVisible && !HasSummary($"T:{Id(t)}")).Select(Id).ShouldBeEmpty();

    // The compiler writes one entry a member; overloads and explicit parameters only change what follows its name.
    [Fact]
    public void Members_Public_HaveASummary() =>
        Undocumented().ShouldBeEmpty();

    [Fact]
    public void Estimators_InTheCatalogue_HaveShapesAndAReference()
    {
        foreach (var entry in EstimatorCatalog.All)
        {
            entry.Reference.ShouldMatch(@"^(arXiv:\d{4}\.\d{4,5}|doi:10\.\S+|exact)$", entry.Name);
            var text = Sources.Documentation[$"T:{entry.Example().GetType().FullName}"].Value;
            text.ShouldMatch(@"Shapes: .*\[[A-Z1]", entry.Name);
            text.ShouldContain(entry.Reference, customMessage: entry.Name);
        }
    }

    [Fact]
    public void Tensors_ReturnedByTheLibrary_HaveADocumentedShape() =>
        ReturningTensors().Where(m => !DescribesShape(m)).Select(m => $"{m.DeclaringType!.Name}.{m.Name}").ShouldBeEmpty();

    private static IEnumerable<string> Undocumented() =>
        from type in Sources.Types.Where(t => t.IsVisible && !t.IsAssignableTo(typeof(Delegate)))
        from member in type.GetMembers(Declared)
        where IsPromised(member) && !IsWrittenByTheCompiler(type, member)
        let id = $"{Kind(member)}:{Id(type)}.{member.Name.Replace(".ctor", "#ctor", StringComparison.Ordinal)}"
        where !Sources.Documentation.Any(d => (d.Key == id || d.Key.StartsWith(id + "(", StringComparison.Ordinal) || d.Key.StartsWith(id + "`", StringComparison.Ordinal) || d.Key.StartsWith(id + "~", StringComparison.Ordinal)) && HasSummary(d.Key))
        select id;

    private static IEnumerable<MethodInfo> ReturningTensors() =>
        from type in Sources.Types.Where(t => t.IsVisible && t.Assembly == typeof(InputException).Assembly)
        from method in type.GetMethods(Declared)
        where method.IsPublic && !method.IsSpecialName && method.ReturnType == typeof(Tensor) && method.GetBaseDefinition() == method
        where !type.GetInterfaces().Any(i => i.GetMethods().Any(m => m.Name == method.Name))
        select method;

    private static bool DescribesShape(MethodInfo method)
    {
        var id = $"M:{Id(method.DeclaringType!)}.{method.Name}";
        var text = string.Concat(Sources.Documentation.Where(d => d.Key == id || d.Key.StartsWith(id + "(", StringComparison.Ordinal) || d.Key.StartsWith(id + "`", StringComparison.Ordinal)).Select(d => d.Value.ToString()));
        return Regex.IsMatch(text, @"\[[^\]]*\]|[Ss]hape");
    }

    private static bool IsPromised(MemberInfo member) => member switch
    {
        MethodBase m => m.IsPublic || m.IsFamily,
        FieldInfo f => f.IsPublic || f.IsFamily,
        PropertyInfo p => p.GetAccessors(nonPublic: true).Any(a => a.IsPublic || a.IsFamily),
        _ => false,
    };

    // Accessors, what records and enums have by themselves, primary constructors (documented by the type's parameters) and operators of the generator.
    private static bool IsWrittenByTheCompiler(Type type, MemberInfo member) =>
        member.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null
        || member is MethodBase { IsSpecialName: true, IsConstructor: false } and not MethodInfo { Name: ['o', 'p', '_', ..] }
        || (member is FieldInfo && member.Name == "value__")
        || member is ConstructorInfo c && (c.GetParameters().Length == 0 || HasParameters(type))
        || (IsRecord(type) && member is PropertyInfo p && Sources.Documentation.TryGetValue($"T:{Id(type)}", out var doc) && doc.Elements("param").Any(e => e.Attribute("name")!.Value == p.Name))
        || (IsRecord(type) && member.Name is "ToString" or "Equals" or "GetHashCode" or "Deconstruct" or "PrintMembers" or "op_Equality" or "op_Inequality");

    private static bool HasParameters(Type type) => Sources.Documentation.TryGetValue($"T:{Id(type)}", out var doc) && doc.Elements("param").Any();

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Declared) is not null;

    private static bool HasSummary(string id) =>
        Sources.Documentation.TryGetValue(id, out var doc) && (doc.Element("inheritdoc") is not null || !string.IsNullOrWhiteSpace(doc.Element("summary")?.Value));

    private static string Kind(MemberInfo member) => member switch { MethodBase => "M", PropertyInfo => "P", FieldInfo => "F", _ => "E" };

    private static string Id(Type type) => type.FullName!.Split('[')[0].Replace('+', '.');
}
