using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Heaviside.Files;

/// <summary>The JSON in front of a safetensors file: type, shape and place of every tensor.</summary>
internal sealed class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private SafetensorsHeader(IReadOnlyList<Place> tensors, IReadOnlyDictionary<string, string> metadata) => (Tensors, Metadata) = (tensors, metadata);

    /// <summary>In the order of their data, which lie end to end and fill the file.</summary>
    public IReadOnlyList<Place> Tensors { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>A tensor, and the bytes [Begin, End) of the data that it takes.</summary>
    public readonly record struct Place(string Name, string DType, long[] Shape, long Begin, long End);

    /// <summary>Reads and checks the header of a file with so many bytes of data.</summary>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength, string source)
    {
        try
        {
            if (json.Length == 0 || json.Span[0] != '{') throw new FormatException("the header does not begin with '{'");
            _ = StrictUtf8.GetCharCount(json.Span);
            var options = new JsonDocumentOptions { MaxDepth = 3, AllowDuplicateProperties = false };
            using var document = JsonDocument.Parse(json, options);
            var tensors = new List<Place>();
            var metadata = new Dictionary<string, string>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataKey)
                    foreach (var note in property.Value.EnumerateObject()) metadata.Add(note.Name, note.Value.GetString() ?? throw new FormatException($"note '{note.Name}' is no text"));
                else
                    tensors.Add(PlaceOf(property));
            }
            tensors.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
            CheckCover(tensors, dataLength);
            return new SafetensorsHeader(tensors, metadata);
        }
        catch (FormatException error)
        {
            throw SafetensorsFile.Bad(source, error.Message, error);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw SafetensorsFile.Bad(source, $"the header cannot be parsed: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    /// <summary>The header for tensors whose data follow in the order given.</summary>
    public static ReadOnlyMemory<byte> Format(IReadOnlyList<SafetensorsEntry> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        var names = new HashSet<string> { MetadataKey };
        long offset = 0;
        json.WriteStartObject();
        if (metadata is { Count: > 0 })
        {
            json.WriteStartObject(MetadataKey);
            foreach (var (key, value) in metadata.OrderBy(note => note.Key, StringComparer.Ordinal)) json.WriteString(key, value);
            json.WriteEndObject();
        }
        foreach (var tensor in tensors)
        {
            if (!names.Add(tensor.Name)) throw new ArgumentException($"expected names that differ, got '{tensor.Name}' twice or a reserved name", nameof(tensors));
            if (SafetensorsEntry.ByteCount(tensor.DType, tensor.Shape) is var bytes && bytes != tensor.Data.Length)
                throw new ArgumentException($"tensor '{tensor.Name}' of {Describe(tensor.DType, tensor.Shape)}: expected {bytes?.ToString() ?? "a known type"} bytes, got {tensor.Data.Length}", nameof(tensors));
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.DType);
            json.WriteStartArray("shape");
            foreach (var size in tensor.Shape) json.WriteNumberValue(size);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            json.WriteNumberValue(offset += tensor.Data.Length);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static Place PlaceOf(JsonProperty property)
    {
        var name = property.Name;
        string? dtype = null;
        long[]? shape = null, offsets = null;
        foreach (var field in property.Value.EnumerateObject())
            switch (field.Name)
            {
                case "dtype": dtype = field.Value.GetString(); break;
                case "shape": shape = Integers(name, field.Value); break;
                case "data_offsets": offsets = Integers(name, field.Value); break;
                default: throw new FormatException($"tensor '{name}' has an unknown field '{field.Name}'");
            }
        if (dtype is null || shape is null || offsets is not [long begin, long end])
            throw new FormatException($"tensor '{name}' lacks its dtype, its shape or its two data_offsets");
        if (SafetensorsEntry.SizeOf(dtype) is null) throw new FormatException($"tensor '{name}' has the unknown type '{dtype}'");
        if (begin > end) throw new FormatException($"tensor '{name}' ends before it begins");
        if (SafetensorsEntry.ByteCount(dtype, shape) != end - begin)
            throw new FormatException($"tensor '{name}' of {Describe(dtype, shape)} is given {end - begin} bytes");
        return new Place(name, dtype, shape, begin, end);
    }

    private static long[] Integers(string name, JsonElement array)
    {
        var values = new long[array.GetArrayLength()];
        for (var i = 0; i < values.Length; i++)
            if (array[i].ValueKind != JsonValueKind.Number || !array[i].TryGetInt64(out values[i]) || values[i] < 0)
                throw new FormatException($"tensor '{name}' has '{array[i]}' where a size or an offset should be");
        return values;
    }

    private static void CheckCover(List<Place> tensors, long dataLength)
    {
        long end = 0;
        foreach (var tensor in tensors)
        {
            if (tensor.Begin < end) throw new FormatException($"tensor '{tensor.Name}' overlaps the one before it");
            if (tensor.Begin > end) throw new FormatException($"bytes {end} to {tensor.Begin} of the data belong to no tensor");
            end = tensor.End;
        }
        if (end > dataLength) throw new FormatException($"the tensors need {end} bytes of data, but there are {dataLength}");
        if (end < dataLength) throw new FormatException($"{dataLength - end} bytes follow the last tensor");
    }

    private static string Describe(string dtype, IReadOnlyList<long> shape) => $"{dtype} [{string.Join(", ", shape)}]";
}
