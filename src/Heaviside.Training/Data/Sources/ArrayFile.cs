using Heaviside.Configuration;
using Heaviside.Data.Readers;

namespace Heaviside.Data.Sources;

/// <summary>Images or a table in a <c>.npy</c> or <c>.npz</c> file of NumPy.</summary>
/// <remarks>Images are <c>[N, H, W]</c>, <c>[N, C, H, W]</c> or <c>[N, H, W, C]</c> with 1 or 3 channels, bytes or numbers from 0 to 1; a table is <c>[N]</c> or
/// <c>[N, D]</c>, and its batches have <c>features</c> and <c>target</c>.</remarks>
/// <param name="path">The file.</param>
public sealed class ArrayFile(string path) : DataSource
{
    /// <summary>Whether the columns of a table get mean 0 and standard deviation 1 over the rows for training; false by default. The target does not.</summary>
    [Option("whether features get mean 0 and standard deviation 1 over the rows for training")]
    public bool Standardize { get; init; }

    /// <summary>How examples are split where the file does not say it.</summary>
    [OptionGroup]
    public RandomSplit Split { get; init; } = new();

    /// <inheritdoc/>
    public override TrainingData Load(DataFolders folders)
    {
        var arrays = Read();
        NumpyArray[] inputs = [.. Enum.GetValues<Split>().Select(part => arrays.GetValueOrDefault((false, part))).OfType<NumpyArray>()];
        NumpyArray[] targets = [.. Enum.GetValues<Split>().Select(part => arrays.GetValueOrDefault((true, part))).OfType<NumpyArray>()];
        int Count(Split part) => arrays.GetValueOrDefault((false, part))?.Shape[0] ?? 0;
        foreach (var ((isTarget, part), target) in arrays.Where(a => a.Key.IsTarget))
            if (target.Shape[0] != Count(part)) throw target.Error($"has {target.Shape[0]} entries for {Count(part)} examples");
        if (targets.Length > 0 && targets.Length < inputs.Length) throw new InputException($"{path}: some parts have labels or targets, and others have none");
        var partition = Split.Of(Count(Data.Split.Train), Count(Data.Split.Validation), Count(Data.Split.Test));
        var (x, y) = (NumpyParts.Join(inputs), targets.Length == 0 ? null : NumpyParts.Join(targets));
        return ImageArrays.IsImages(x)
            ? (ImageArrays.Of(x) with { Labels = y is null ? null : ImageArrays.Labels(y) }).ToData(DataPath.Name(path), "a NumPy file", partition)
            : Table(x, y, partition);
    }

    private Dictionary<(bool IsTarget, Split Part), NumpyArray> Read()
    {
        var arrays = new Dictionary<(bool, Split), NumpyArray>();
        if (!path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
        {
            arrays.Add((false, Data.Split.Train), NumpyReader.Read(path));
        }
        else
        {
            var names = new List<string>();
            bool IsWanted(string name)
            {
                names.Add(name);
                return ArrayNames.Of(name) is not null;
            }

            foreach (var (name, array) in NumpyReader.ReadArchive(path, IsWanted))
                if (!arrays.TryAdd(ArrayNames.Of(name)!.Value, array)) throw array.Error("means the same as another array of the file");
            if (!arrays.ContainsKey((false, Data.Split.Train)))
                throw new InputException($"{path}: has {(names.Count == 0 ? "no arrays" : "arrays " + string.Join(", ", names.Take(20)))}, but none to train on; known are {ArrayNames.Known}".ReplaceLineEndings(" "));
        }

        return arrays.Values.FirstOrDefault(a => a.Shape.Count == 0) is { } single ? throw single.Error("is a single number, no array of examples") : arrays;
    }

    private ArrayData Table(NumpyArray x, NumpyArray? y, Partition partition)
    {
        if (x.Shape.Count > 2) throw x.Error($"has the shape {x.ShapeText}; expected images (N, H, W), (N, C, H, W) or (N, H, W, C) with 1 or 3 channels, or a table (N, D)");
        var (count, columns) = (x.Shape[0], x.Shape.Count == 1 ? 1 : x.Shape[1]);
        var features = NumpyParts.Finite(x);
        for (var c = 0; Standardize && c < columns; c++) Standardization.Apply(features, columns, c, partition.Train);
        var table = new NamedArrays(count).With(ArrayData.Features, features, columns);
        int[] shape = y is null || (y.Shape.Count == 2 && y.Shape[1] == 1) ? [] : [.. y.Shape.Skip(1)];
        if (y?.Values is float[]) table.With(ArrayData.Target, NumpyParts.Finite(y), shape);
        else if (y is not null) table.With(ArrayData.Target, y.Values as long[] ?? Array.ConvertAll((byte[])y.Values, b => (long)b), shape);
        return new(DataPath.Name(path), $"a NumPy file: a table of {count:N0} rows with {columns:N0} features", table, partition, ("standardized", Standardize ? "true" : "false"));
    }
}
