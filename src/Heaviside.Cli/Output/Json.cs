using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Heaviside.Cli.Output;

/// <summary>Output for programs: one JSON object or array a line.</summary>
internal static class Json
{
    // For a terminal or a file, not for a web page: quotation marks and signs stay as they are.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Write(JsonNode node) => Console.Out.WriteLine(node.ToJsonString(Options));

    /// <summary>JSON has no NaN and no infinity: null.</summary>
    internal static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
