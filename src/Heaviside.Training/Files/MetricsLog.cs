using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Heaviside.Files;

/// <summary>A file of measurements in JSON Lines: one object a line, only ever added to.</summary>
/// <remarks>A number that is not finite is written as <c>null</c>, for JSON has none. <see cref="Position"/> belongs into a
/// checkpoint; <see cref="OpenAt"/> goes back to it, so that the file of a resumed run is that of an uninterrupted one.</remarks>
public sealed class MetricsLog : IDisposable
{
    private readonly FileStream file;
    private readonly ArrayBufferWriter<byte> line = new();
    private readonly Utf8JsonWriter json;

    private MetricsLog(string path, FileMode mode)
    {
        file = new FileStream(path, mode, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        json = new Utf8JsonWriter(this.line);
    }

    /// <summary>The length of the file so far, in bytes.</summary>
    public long Position => file.Position;

    /// <summary>Starts a new file; an old one of that name is lost.</summary>
    public static MetricsLog Create(string path) => new(path, FileMode.Create);

    /// <summary>Opens a file to add to it from a <see cref="Position"/> of before; what came after that is cut off.</summary>
    /// <exception cref="InputException">The file is missing or shorter than that, or no line ends there.</exception>
    public static MetricsLog OpenAt(string path, long position)
    {
        RequireLineEnd(path, position);
        var log = new MetricsLog(path, FileMode.Open);
        log.file.SetLength(position);
        log.file.Position = position;
        return log;
    }

    /// <summary>Makes sure that <see cref="OpenAt"/> can open a file at a position.</summary>
    /// <exception cref="InputException">The file is missing or shorter than that, or no line ends there.</exception>
    internal static void RequireLineEnd(string path, long position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        if (!File.Exists(path)) throw new InputException($"{path}: is missing, so the run cannot be continued");
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        if (file.Length < position)
            throw new InputException($"{path}: has {file.Length} bytes, but the checkpoint was made at {position}; use an earlier checkpoint");
        file.Position = Math.Max(0, position - 1);
        if (position > 0 && file.ReadByte() != '\n')
            throw new InputException($"{path}: no line ends at byte {position}, where the checkpoint was made; the file was changed since");
    }

    /// <summary>Adds one line and hands it to the operating system.</summary>
    /// <param name="values">Names with values of type double, float, long, int, string, bool or null.</param>
    public void Append(params IEnumerable<(string Name, object? Value)> values)
    {
        this.line.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        foreach (var (name, value) in values)
        {
            json.WritePropertyName(name);
            WriteValue(name, value);
        }
        json.WriteEndObject();
        json.Flush();
        this.line.Write("\n"u8);
        try
        {
            file.Write(this.line.WrittenSpan);
        }
        catch (IOException error)
        {
            throw Disk.Explain(file.Name, error);
        }
    }

    /// <summary>Waits until all lines are on the disk, as they must be before a checkpoint refers to them.</summary>
    public void Sync() => file.Flush(flushToDisk: true);

    /// <summary>Reads the lines of a file, also while it is being written; a last line that is cut off is left out.</summary>
    /// <exception cref="InputException">The file cannot be read, or a line before the last is no JSON object.</exception>
    public static IReadOnlyList<JsonObject> Read(string path)
    {
        string text;
        try
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            text = reader.ReadToEnd();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {error.Message}", error);
        }
        var lines = text.Split('\n');
        var rows = new List<JsonObject>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            try
            {
                rows.Add(JsonText.Parse(lines[i], $"{path}: line {i + 1}"));
            }
            catch (InputException) when (i == lines.Length - 1)
            {
                // It is being written.
            }
        }
        return rows;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        json.Dispose();
        file.Dispose();
    }

    private void WriteValue(string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case float number when !float.IsFinite(number): json.WriteNullValue(); break;
            case double number when !double.IsFinite(number): json.WriteNullValue(); break;
            case float number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case string text: json.WriteStringValue(text); break;
            default: throw new ArgumentException($"expected a number, text or truth value for '{name}', got {value.GetType()}", nameof(value));
        }
    }
}
