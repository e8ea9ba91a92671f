namespace Heaviside.Data;

/// <summary>What data are loaded from: a set of the catalogue, files of one's own, a program.</summary>
/// <remarks>Its options are init properties that are declared with <see cref="Configuration.OptionAttribute"/>, so that recipes and the command line set them.</remarks>
public abstract class DataSource
{
    /// <summary>Reads or makes the data.</summary>
    /// <param name="folders">Where sets of the catalogue are looked for.</param>
    /// <exception cref="InputException">They are not there, or damaged, or do not fit the options.</exception>
    public abstract TrainingData Load(DataFolders folders);
}
