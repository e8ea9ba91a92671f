using Heaviside.Configuration;

namespace Heaviside.Studies;

/// <summary>A YAML file that describes a table or a figure of a paper: runs, and what is reported of them; docs/reproduce.md describes it.</summary>
/// <param name="Id">What it is asked for by, such as <c>rebar/table-app1</c>.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Paper">The paper and which table or figure of it.</param>
/// <param name="Description">How it is done, and in what it differs from the paper.</param>
/// <param name="Grid">Its runs, which may be those of another study.</param>
/// <param name="Rows">The names of the rows that it shows; null for those that the scale has.</param>
/// <param name="Select">The number whose highest value chooses a cell's learning rate; null where each has one.</param>
/// <param name="Measures">The numbers that are reported.</param>
/// <param name="Charts">The figures that are drawn.</param>
/// <param name="Pictures">The pictures of runs that are shown.</param>
public sealed record Study(
    string Id, string Title, string Paper, string Description, StudyGrid Grid, IReadOnlyList<string>? Rows,
    StudyReading? Select, IReadOnlyList<StudyMeasure> Measures, IReadOnlyList<StudyChart> Charts, IReadOnlyList<StudyPicture> Pictures)
{
    /// <summary>Reads a study from a file, and the other study whose runs it measures if there is one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="id">What it is asked for by.</param>
    /// <exception cref="InputException">A file cannot be read or is no study; says where.</exception>
    public static Study Read(string path, string id) => new StudyReader(path, id).Read();

    /// <summary>Whether a file looks like a study, from its keys alone: it may still have mistakes.</summary>
    public static bool IsIn(string path)
    {
        try
        {
            return YamlFile.HoldsStudy(YamlFile.Root(YamlFile.ReadText(path), path));
        }
        catch (InputException)
        {
            return false;
        }
    }
}
