using System.Text.RegularExpressions;

namespace Heaviside.Tests.Design;

public class LayerTests
{
    // Each folder may use those before it, in its own package and in the one below.
    private static readonly string[] Core =
        ["Torch", "Numerics", "Configuration", "Kernels", "Structured", "Distributions", "Networks", "Estimators", "Priors", "Bounds", "Regularizers", "Laws"];

    private static readonly string[] Training =
        [.. Core, "Files", "Configuration", "Pictures", "Simulators", "Data", "Networks", "Optimizers", "Models", "Evaluation", "Training", "Laboratory", "Studies"];

    [Fact]
    public void Folders_OfTheCore_UseOnlyThoseBefore() => Upwards("src/Heaviside/", Core).ShouldBeEmpty();

    [Fact]
    public void Folders_OfTraining_UseOnlyThoseBefore() => Upwards("src/Heaviside.Training/", Training).ShouldBeEmpty();

    [Fact]
    public void Folders_OfTheCommands_UseOnlyThoseBefore() => Upwards("src/Heaviside.Cli/", ["Output", "Options", "Benchmarks", "Reproduction", "Commands"], "Heaviside.Cli").ShouldBeEmpty();

    [Fact]
    public void Assemblies_References_PointOneWay()
    {
        string[] Of(Type type) => [.. type.Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => !n.StartsWith("System", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Of(typeof(InputException)).ShouldBe(["MathNet.Numerics", "TorchSharp"]);
        Of(typeof(Heaviside.Training.Trainer)).ShouldNotContain(n => n.StartsWith("Heaviside.", StringComparison.Ordinal));
    }

    // A using directive is how one folder of these packages reaches another.
    private static IEnumerable<string> Upwards(string package, string[] order, string parent = "Heaviside") =>
        from file in Sources.Files
        where file.Path.StartsWith(package, StringComparison.Ordinal)
        let parts = file.Path[package.Length..].Split('/')
        where parts.Length > 1
        from line in file.Lines
        let used = Regex.Match(line, $@"^using (static |\w+ = )?{Regex.Escape(parent)}\.(\w+)").Groups[2].Value
        where used.Length > 0 && used != parts[0]
        where Array.IndexOf(order, used) < 0 || Array.IndexOf(order, used) > Array.LastIndexOf(order, parts[0])
        select $"{file.Path}: uses {used}";
}
