namespace Heaviside.Data.Readers;

/// <summary>A column of a table: numbers, or texts by their places among all different ones.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">A number for each row; of texts, the place from 0.</param>
/// <param name="Texts">The different texts in the order of their characters; null where there are numbers.</param>
public sealed record TableColumn(string Name, float[] Values, IReadOnlyList<string>? Texts);
