namespace Heaviside.Data.Sources;

/// <summary>A set of images of the catalogue, with the binarization that it has by default.</summary>
internal sealed class CatalogSet(DataSetEntry entry) : DataSource
{
    public override TrainingData Load(DataFolders folders)
    {
        var set = entry.Load(folders);
        return new ImageData(set, set.DefaultBinarization);
    }
}
