namespace Heaviside.Tests.Documents;

public class LinkTests
{
    [Fact]
    public void Links_InDocuments_PointToWhatIsThere() =>
        (from document in Repository.Documents.Append("README.md").Append("CONTRIBUTING.md")
         from link in Repository.Links(document, Repository.Read(document))
         where !Path.Exists(Repository.Path(link))
         select $"{document}: {link}").ShouldBeEmpty();

    [Fact]
    public void Results_InTheirFolders_AreAllInTheIndex()
    {
        var links = Repository.Links("docs/results/README.md", Repository.Read("docs/results/README.md")).ToList();
        Repository.Results.Where(folder => !links.Any(l => l.StartsWith($"docs/results/{folder}/", StringComparison.Ordinal))).ShouldBeEmpty();
    }
}
