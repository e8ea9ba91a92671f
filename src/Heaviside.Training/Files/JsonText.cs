using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Heaviside.Files;

/// <summary>JSON that others wrote or damaged: what this gives has only texts and numbers that can be read, and every field is asked for with its kind.</summary>
internal static class JsonText
{
    // The files that are read whole are a few kilobytes.
    private const long LongestFile = 100_000_000;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a file that holds one object.</summary>
    /// <exception cref="InputException">It cannot be read or holds something else; begins with the path.</exception>
    public static JsonObject Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LongestFile } file) throw new InputException($"{path}: has {file.Length} bytes, too many for what it should hold");
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads one object; <paramref name="source"/> is what errors begin with.</summary>
    /// <exception cref="InputException">It is no object, or has a key twice, a number that is too large or a text that is none.</exception>
    public static JsonObject Parse(string text, string source)
    {
        try
        {
            Check(text);
            return JsonNode.Parse(text, documentOptions: Strict) as JsonObject ?? throw new InputException($"{source}: is no JSON object");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException) // the parser's answers to half a character are the last two
        {
            throw new InputException($"{source}: is no valid JSON: {error.Message.Split(" LineNumber:")[0]}", error);
        }
    }

    /// <summary>The text of a field; null where there is none, or something else.</summary>
    public static string? Text(this JsonObject json, string key) => json[key] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>The number of a field, which is finite; null where there is none, or something else.</summary>
    public static double? Number(this JsonObject json, string key) =>
        json[key] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out double number) ? number : null;

    /// <summary>The whole number of a field, 0 or more; null where there is none, or something else.</summary>
    public static long? Whole(this JsonObject json, string key) => json[key] is JsonValue value && value.TryGetValue(out long count) && count >= 0 ? count : null;

    // The parser reads texts and numbers only when they are asked for, which is too late.
    private static void Check(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String) reader.GetString();
            if (reader.TokenType == JsonTokenType.Number && !double.IsFinite(reader.GetDouble())) throw new JsonException("a number is too large");
        }
    }
}
