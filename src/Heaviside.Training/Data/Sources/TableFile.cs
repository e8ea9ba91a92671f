using Heaviside.Configuration;
using Heaviside.Data.Readers;

namespace Heaviside.Data.Sources;

/// <summary>A CSV file with a header: batches have <c>features</c> <c>[D]</c> and, where there is a target, <c>target</c>.</summary>
/// <remarks>A target of numbers is <c>float</c>; one of texts is the class as <c>long</c>, from 0 in the order of the texts' characters.</remarks>
/// <param name="path">The file.</param>
public sealed class TableFile(string path) : DataSource
{
    private const int MostOneHot = 256;

    /// <summary>The column to predict; empty, the default: the one called <c>target</c>, if there is one.</summary>
    [Option("the column of a table that is to be predicted; empty: the one called target, if there is one")]
    public string Target { get; init; } = "";

    /// <summary>Columns that are left out; none by default.</summary>
    [Option("columns of a table that are left out, such as the number of the row")]
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>What becomes of columns of texts; <see cref="TextColumns.OneHot"/> by default.</summary>
    [Option("what becomes of a table's columns of texts: a column of 0 and 1 for each text, or the text's number")]
    public TextColumns TextColumns { get; init; }

    /// <summary>Whether columns of numbers get the mean 0 and the standard deviation 1 over the rows for training; true by default. The target does not.</summary>
    [Option("whether features get mean 0 and standard deviation 1 over the rows for training")]
    public bool Standardize { get; init; } = true;

    /// <summary>How rows are split.</summary>
    [OptionGroup]
    public RandomSplit Split { get; init; } = new();

    /// <inheritdoc/>
    public override TrainingData Load(DataFolders folders)
    {
        var columns = TableReader.Read(path, Ignore);
        var target = FindTarget(columns);
        var features = columns.Where(c => c != target).SelectMany(Encoded).ToList();
        if (features.Count == 0) throw new InputException($"{path}: has no column besides the target");
        var count = columns[0].Values.Length;
        var partition = Split.Of(count);
        var table = new NamedArrays(count).With(ArrayData.Features, Joined(features, count, partition), features.Count);
        if (target is { Texts: null }) table.With(ArrayData.Target, target.Values);
        else if (target is not null) table.With(ArrayData.Target, Array.ConvertAll(target.Values, v => (long)v));
        List<(string, string)> facts = [("standardized", Standardize ? "true" : "false")];
        if (target is not null) facts.Add(("target", target.Name));
        if (target?.Texts is { } classes) facts.Add(("classes", string.Join(", ", classes)));
        return new ArrayData(DataPath.Name(path), $"a table of {count:N0} rows with {features.Count:N0} features", table, partition, facts)
        {
            FeatureNames = [.. features.Select(f => f.Name)],
        };
    }

    private TableColumn? FindTarget(IReadOnlyList<TableColumn> columns) => Target == ""
        ? columns.FirstOrDefault(c => c.Name == ArrayData.Target)
        : columns.FirstOrDefault(c => c.Name == Target) ?? throw new InputException($"{path}: {Suggestion.Unknown("column", Target, columns.Select(c => c.Name)).Message}");

    private IEnumerable<TableColumn> Encoded(TableColumn column)
    {
        if (column.Texts is not { } texts || TextColumns == TextColumns.Numbers) return [column];
        return texts.Count <= MostOneHot
            ? texts.Select((text, place) => new TableColumn($"{column.Name}={text}", Array.ConvertAll(column.Values, v => v == place ? 1f : 0), [text]))
            : throw new InputException($"{path}: column '{column.Name}' has {texts.Count} different texts, more than {MostOneHot} become no columns: leave it out by 'ignore', or choose text-columns=numbers");
    }

    private float[] Joined(List<TableColumn> columns, int count, Partition partition)
    {
        if ((long)count * columns.Count > Array.MaxLength) throw new InputException($"{path}: {count:N0} rows of {columns.Count:N0} features are more than fit");
        var values = new float[count * columns.Count];
        for (var c = 0; c < columns.Count; c++)
        {
            for (var row = 0; row < count; row++) values[(row * columns.Count) + c] = columns[c].Values[row];
            if (Standardize && columns[c].Texts is null) Standardization.Apply(values, columns.Count, c, partition.Train);
        }

        return values;
    }
}
