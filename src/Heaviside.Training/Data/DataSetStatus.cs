namespace Heaviside.Data;

/// <summary>What is known of a data set on this machine.</summary>
/// <param name="Entry">Its line in the catalogue; <see cref="DataSetEntry.HowToGet"/> helps when it is missing.</param>
/// <param name="Location">Where it was found, or null.</param>
/// <param name="Set">The set as read, or null when it is missing or damaged.</param>
/// <param name="Problem">What is wrong with the files that were found, or null.</param>
public sealed record DataSetStatus(DataSetEntry Entry, DataLocation? Location, DataSet? Set, string? Problem)
{
    /// <summary>Looks for one set and reads it when it is there.</summary>
    public static DataSetStatus Of(DataSetEntry entry, DataFolders folders)
    {
        var location = entry.Find(folders);
        try
        {
            return new DataSetStatus(entry, location, location?.Read(), null);
        }
        catch (InputException e)
        {
            return new DataSetStatus(entry, location, null, e.Message);
        }
    }

    /// <summary>All sets of the catalogue, one after the other, so that only one has to be in memory.</summary>
    public static IEnumerable<DataSetStatus> All(DataFolders folders) => DataCatalog.Sets.Select(entry => Of(entry, folders));
}
