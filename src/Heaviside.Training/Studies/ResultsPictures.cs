namespace Heaviside.Studies;

/// <summary>The pictures of runs that a study shows: for every row and column, that of the first seed, once it is there.</summary>
internal static class ResultsPictures
{
    /// <summary>The files with their headlines, and where they are now.</summary>
    public static IEnumerable<(string Name, string Title, string Source)> Of(StudyResults results) =>
        from picture in results.Plan.Study.Pictures
        from cell in results.Plan.Cells
        let source = results.Chosen(cell).Select(r => r.Folder).OfType<string>().Select(folder => Path.Combine(folder, picture.File)).FirstOrDefault()
        where File.Exists(source)
        select (FileName(picture, cell), $"{picture.Name}: {cell.Row}, {cell.Column}", source);

    private static string FileName(StudyPicture picture, StudyCell cell) =>
        string.Join('-', new[] { picture.Name, cell.Row, cell.Column }.Select(StudyRun.FolderName)) + Path.GetExtension(picture.File);
}
