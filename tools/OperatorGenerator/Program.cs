// Writes the typed operators of Heaviside.Torch from the schemas of the loaded libtorch:
//   dotnet run --project tools/OperatorGenerator
// reads tools/OperatorGenerator/operators.txt and writes src/Heaviside.Torch/Generated/.
using System.Runtime.InteropServices;
using System.Text;
using Heaviside.Tools.OperatorGenerator;

var root = new DirectoryInfo(AppContext.BaseDirectory);
while (root is not null && !File.Exists(Path.Combine(root.FullName, "Heaviside.slnx"))) root = root.Parent;
if (root is null)
{
    Console.Error.WriteLine("run this from inside the repository");
    return 2;
}

var schemas = Shim.Schemas(Path.Combine(root.FullName, "artifacts/native/libheaviside_torch.so")).Select(Schema.Parse).ToLookup(s => s.Name);
var bound = new List<(Schema Schema, string Name)>();
foreach (var raw in File.ReadLines(Path.Combine(root.FullName, "tools/OperatorGenerator/operators.txt")))
{
    var line = raw.Split('#')[0].Trim();
    if (line.Length == 0) continue;
    var parts = line.Split('=', StringSplitOptions.TrimEntries);
    var (name, overload) = parts[0].Split('.', 2) is [var n, var o] ? (n, o) : (parts[0], null);
    var rename = parts.Length > 1 ? parts[1] : name;
    var found = schemas[name].Where(s => overload is null || s.Overload == overload).Where(s => overload is not null || CSharpMethod.CanBind(s)).ToList();
    if (found.Count == 0) Console.Error.WriteLine($"no operator for '{line}'");
    foreach (var s in found.Where(s => !CSharpMethod.CanBind(s))) Console.Error.WriteLine($"cannot bind {s.Text}");
    bound.AddRange(found.Where(CSharpMethod.CanBind).Select(s => (s, rename)));
}

var methods = bound.Select(b => new CSharpMethod(b.Schema, b.Name)).DistinctBy(m => m.Signature).ToList();
var folder = Path.Combine(root.FullName, "src/Heaviside.Torch/Generated");
Write("Tensor.g.cs", CSharpFile.Tensor(methods));
Write("torch.g.cs", CSharpFile.Torch(methods));
Write("Operators.g.cs", CSharpFile.Operators(methods));
Write("schemas.txt", string.Concat(methods.Select(m => m.Schema.Text + "\n").Order(StringComparer.Ordinal)));
Console.WriteLine($"{methods.Count} methods for {methods.Select(m => m.Schema.Name).Distinct().Count()} operators");
return 0;

void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

/// <summary>The one function of the shim that the generator needs.</summary>
internal static unsafe class Shim
{
    internal static string[] Schemas(string path)
    {
        var dump = (delegate* unmanaged<byte*, long, long>)NativeLibrary.GetExport(NativeLibrary.Load(path), "hv_schemas");
        var buffer = new byte[dump(null, 0)];
        fixed (byte* p = buffer) dump(p, buffer.Length);
        return Encoding.UTF8.GetString(buffer).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
