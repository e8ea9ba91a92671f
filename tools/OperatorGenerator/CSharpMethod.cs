using System.Globalization;

namespace Heaviside.Tools.OperatorGenerator;

/// <summary>The C# method for one schema.</summary>
internal sealed class CSharpMethod
{
    // Parameters that callers never set: they take the schema's default.
    private static readonly HashSet<string> Hidden = ["layout", "pin_memory", "memory_format", "non_blocking"];

    private static readonly HashSet<string> Keywords =
        ["as", "base", "bool", "default", "double", "else", "fixed", "float", "implicit", "in", "int", "is", "lock", "long", "object", "out", "params", "ref", "string", "unsafe"];

    private static readonly Dictionary<string, string> Types = new()
    {
        ["Tensor"] = "Tensor",
        ["Tensor?"] = "Tensor?",
        ["Tensor[]"] = "ReadOnlySpan<Tensor>",
        ["Tensor?[]"] = "ReadOnlySpan<Tensor?>",
        ["int"] = "long",
        ["SymInt"] = "long",
        ["int?"] = "long?",
        ["SymInt?"] = "long?",
        ["bool"] = "bool",
        ["bool?"] = "bool?",
        ["float"] = "double",
        ["float?"] = "double?",
        ["Scalar"] = "Scalar",
        ["Scalar?"] = "Scalar?",
        ["ScalarType"] = "ScalarType",
        ["ScalarType?"] = "ScalarType?",
        ["Device"] = "Device",
        ["Device?"] = "Device?",
        ["Generator?"] = "Generator",
        ["str"] = "string",
        ["str?"] = "string?",
    };

    internal CSharpMethod(Schema schema, string name)
    {
        Schema = schema;
        Name = Escape(name);
        Signature = $"{name}({string.Join(", ", Visible.Select(p => CSharpType(p).TrimEnd('?')))})";
    }

    internal Schema Schema { get; }

    internal string Name { get; }

    /// <summary>What C# distinguishes overloads by.</summary>
    internal string Signature { get; }

    internal bool IsInstance => Schema.Parameters is [{ Name: "self", Type: "Tensor" }, ..];

    internal bool IsInPlace => Schema.Parameters is [{ IsMutated: true }, ..];

    // Two underscores in between: clamp and clamp_, both without overload, must not meet.
    internal string Field => $"{Schema.Name}__{Schema.Overload}";

    // In C# a generator is never optional: randomness is explicit. So it comes before what is.
    private IEnumerable<Parameter> Visible => Schema.Parameters.Where(p => !IsHidden(p)).OrderBy(p => p.Default is not null && !IsGenerator(p));

    internal static bool CanBind(Schema s) =>
        s.Parameters.Skip(1).All(p => !p.IsMutated)
        && !NamesDimensions(s)
        && s.Parameters.All(p => IsHidden(p) ? p.Default is not null : CSharpType(p).Length > 0)
        && s.Returns.All(r => r is "Tensor" or "Tensor[]" or "bool" or "int" or "float" or "Scalar")
        && (s.Returns.Length <= 1 || s.Returns.All(r => r == "Tensor"))
        && !s.Parameters.Any(p => p.Type.StartsWith("str[", StringComparison.Ordinal))
        && RequiredComeFirst(s);

    internal string ReturnType => Schema.Returns switch
    {
        [] => "void",
        ["Tensor"] => "Tensor",
        ["Tensor[]"] => "Tensor[]",
        ["bool"] => "bool",
        ["int"] => "long",
        ["float"] => "double",
        ["Scalar"] => "Arg",
        _ => $"({string.Join(", ", Schema.Returns.Select((_, i) => $"Tensor {ReturnName(i)}"))})",
    };

    internal bool IsInternal => ReturnType == "Arg";

    internal string Declaration(bool isStatic)
    {
        var parameters = Visible.Skip(IsInstance && !isStatic ? 1 : 0).Select(p => $"{CSharpType(p)} {Escape(p.Name)}{DefaultValue(p)}");
        return $"{(IsInternal ? "internal" : "public")} {(isStatic ? "static " : "")}unsafe {ReturnType} {Name}({string.Join(", ", parameters)})";
    }

    /// <summary>Passes the static form on to the instance method.</summary>
    internal string Forward() =>
        $"{Escape(Schema.Parameters[0].Name)}.{Name}({string.Join(", ", Visible.Skip(1).Select(p => Escape(p.Name)))})";

    internal IEnumerable<string> Body()
    {
        var args = Schema.Parameters.Select(p => IsHidden(p) ? "Arg.Default" : Argument(p));
        foreach (var p in Visible.Where(p => IsTensorList(p))) yield return $"using var {p.Name}Handles = new TensorHandles({Escape(p.Name)});";
        foreach (var p in Visible.Where(p => p.Type is "str" or "str?")) yield return $"var {p.Name}Utf8 = Utf8({Escape(p.Name)});";
        foreach (var p in Visible.Where(IsLongs)) yield return $"fixed (long* {p.Name}Pin = {Escape(p.Name)})";
        foreach (var p in Visible.Where(p => p.Type is "str" or "str?")) yield return $"fixed (byte* {p.Name}Pin = {p.Name}Utf8)";
        yield return "{";
        yield return $"    Span<Arg> args = [{string.Join(", ", args)}];";
        foreach (var line in Call()) yield return "    " + line;
        yield return "}";
    }

    private static string Self(Parameter p, bool instance) => instance && p.Name == "self" ? "this" : Escape(p.Name);

    private IEnumerable<string> Call()
    {
        var alive = Visible.Where(p => p.Type is "Tensor" or "Tensor?" or "Generator?").Select(p => $"GC.KeepAlive({Self(p, IsInstance)});");
        var op = $"Operators.{Field}";
        var call = ReturnType switch
        {
            "void" => $"{op}.Void(args);",
            "Tensor" when IsInPlace => $"var result = {op}.InPlace({Self(Schema.Parameters[0], IsInstance)}, args);",
            "Tensor" => $"var result = {op}.Tensor(args);",
            "Tensor[]" => $"var result = {op}.TensorList(args);",
            "bool" => $"var result = {op}.Value(args).Int != 0;",
            "long" => $"var result = {op}.Value(args).Int;",
            "double" => $"var result = {op}.Value(args).Double;",
            "Arg" => $"var result = {op}.Value(args);",
            _ => $"var result = new Tensor[{Schema.Returns.Length}];",
        };
        yield return call;
        if (Schema.Returns.Length > 1) yield return $"{op}.Tensors(args, result);";
        foreach (var line in alive) yield return line;
        if (Schema.Returns.Length == 1) yield return "return result;";
        if (Schema.Returns.Length > 1) yield return $"return ({string.Join(", ", Schema.Returns.Select((_, i) => $"result[{i}]"))});";
    }

    private string Argument(Parameter p)
    {
        var name = Self(p, IsInstance);
        if (IsLongs(p)) return $"Arg.Of(in {name}, {p.Name}Pin)";
        if (IsTensorList(p)) return $"Arg.Of({p.Name}Handles{(p.Type == "Tensor?[]" ? ", true" : "")})";
        if (p.Type is "str" or "str?") return $"Arg.Of({name}, {p.Name}Pin, {p.Name}Utf8.Length)";
        if (p.Type is "ScalarType?" or "Device?" && p.Default is not (null or "None")) return $"{name} is null ? Arg.Default : Arg.Of({name})";
        if (p.Type is "ScalarType") return $"Arg.Of((ScalarType?){name})";
        if (p.Type is "Device") return $"Arg.Of((Device?){name})";
        return $"Arg.Of({name})";
    }

    private static bool IsHidden(Parameter p) => p.IsHidden || Hidden.Contains(p.Name) || p.Type.StartsWith("float[", StringComparison.Ordinal);

    private static bool IsGenerator(Parameter p) => p.Type == "Generator?";

    private static bool IsLongs(Parameter p) =>
        p.Type.StartsWith("int[", StringComparison.Ordinal) || p.Type.StartsWith("SymInt[", StringComparison.Ordinal);

    private static bool IsTensorList(Parameter p) => p.Type is "Tensor[]" or "Tensor?[]";

    // A Dimname is printed as str: only the overload's name tells.
    private static bool NamesDimensions(Schema s) =>
        s.Overload.StartsWith("names", StringComparison.Ordinal) || s.Overload.Contains("dimname", StringComparison.Ordinal);

    private static bool RequiredComeFirst(Schema s)
    {
        var visible = s.Parameters.Where(p => !IsHidden(p)).ToList();
        return visible.SkipWhile(p => p.Default is null).All(p => p.Default is not null);
    }

    private static string CSharpType(Parameter p)
    {
        if (IsLongs(p)) return "Longs";
        var type = Types.GetValueOrDefault(p.Type, "");
        return type is "Scalar" or "ScalarType" && p.Default is not null ? type + "?" : type;
    }

    private static string DefaultValue(Parameter p) => p.Default is null || IsGenerator(p)
        ? ""
        : CSharpType(p) switch
        {
            "long" => " = " + (p.Default == "9223372036854775807" ? "long.MaxValue" : p.Default),
            "bool" => " = " + p.Default.ToLowerInvariant(),
            "double" => " = " + Real(p.Default),
            "long?" or "double?" or "bool?" when p.Default != "None" => " = " + p.Default.ToLowerInvariant(),
            "string" => " = \"" + p.Default.Trim('"') + "\"",
            "Longs" => " = default",
            _ => " = null",
        };

    private static string Real(string text) =>
        text == "inf" ? "double.PositiveInfinity" : double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);

    private string ReturnName(int i) => Schema.ReturnNames[i] is { Length: > 0 } name ? Escape(name) : $"item{i + 1}";

    private static string Escape(string name) => Keywords.Contains(name) ? "@" + name : name;
}
