namespace Heaviside.Data;

/// <summary>Data of a program's own, such as an environment or a simulator.</summary>
/// <example><code>DataCatalog.All.Add(new OwnData { Name = "coins", Summary = "tosses of a coin", Create = () => new CoinSource() });</code></example>
public sealed class OwnData : DataEntry
{
    /// <summary>Makes what loads them.</summary>
    public required Func<DataSource> Create { get; init; }

    /// <inheritdoc/>
    public override DataSource CreateSource() => Create();
}
