using CsvHelper;

namespace Heaviside.Data.Readers;

/// <summary>Reads CSV files with a header, plain or gzip, through CsvHelper; the separator is the comma, semicolon, tab or bar of the first lines.</summary>
/// <remarks>A column whose first value is a number is one of numbers, with a point for the fraction; any other is one of texts.</remarks>
public static class TableReader
{
    private const int LongestRecord = 1 << 23, MostColumns = 100_000;

    /// <summary>Reads a file whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ignored">Columns that are left out, whatever is in them.</param>
    /// <exception cref="InputException">The file is missing, damaged or too large, a row has another number of fields, a value is missing or no
    /// number where numbers were, or there is no such column to be left out.</exception>
    public static IReadOnlyList<TableColumn> Read(string path, params IReadOnlyList<string> ignored)
    {
        using var source = ByteSource.OpenLimited(path);
        try
        {
            using var reader = CsvReader.Create(source.AsStream(), Options, leaveOpen: true);
            return Read(reader, source, ignored);
        }
        catch (Exception e) when (e is CsvFormatException or InvalidDataException or FormatException or IOException)
        {
            throw source.Error(e.Message.Contains(nameof(CsvReaderOptions.MaxRecordSize), StringComparison.Ordinal)
                ? $"has a row of more than {LongestRecord} bytes: a quotation mark may be missing"
                : $"is no CSV: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static CsvReaderOptions Options => new()
    {
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MaxRecordSize = LongestRecord,
        MalformedData = CsvMalformedDataHandling.Throw,
        IncludeValuesInExceptions = false,
    };

    private static IReadOnlyList<TableColumn> Read(CsvReader reader, ByteSource source, IReadOnlyList<string> ignored)
    {
        reader.ReadHeader();
        string[] names = [.. reader.Headers];
        RequireNames(names, source);
        if (ignored.FirstOrDefault(name => !names.Contains(name)) is { } unknown) throw source.Error(Suggestion.Unknown("column", unknown, names).Message);
        TableColumnBuilder?[] columns = [.. names.Select(name => ignored.Contains(name) ? null : new TableColumnBuilder(name, source))];
        while (reader.Read())
        {
            if (reader.FieldCount != names.Length) throw source.Error($"line {reader.LineNumber} has {reader.FieldCount} values, but the header has {names.Length} names");
            for (var c = 0; c < columns.Length; c++) columns[c]?.Add(reader.GetSpan(c), reader.LineNumber);
        }

        TableColumn[] table = [.. columns.OfType<TableColumnBuilder>().Select(c => c.Build())];
        return table.Length > 0 && table[0].Values.Length > 0 ? table : throw source.Error("has no rows below its header");
    }

    private static void RequireNames(string[] names, ByteSource source)
    {
        if (names.Length == 0) throw source.Error("is empty");
        if (names.Length > MostColumns) throw source.Error($"has {names.Length} columns, more than {MostColumns} are not read");
        if (names.All(name => double.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out _))) throw source.Error("has no header: its first line is numbers, not the names of columns");
        for (var c = 0; c < names.Length; c++)
            if (names[c] == "" || names[c].Any(char.IsControl)) throw source.Error($"column {c + 1} has no name in the header");
        if (names.GroupBy(name => name).FirstOrDefault(g => g.Count() > 1) is { } twice) throw source.Error($"has the column '{twice.Key}' twice");
    }
}
