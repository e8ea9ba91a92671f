namespace Heaviside.Data.Readers;

/// <summary>An array of bytes as an IDX file stores it, last dimension fastest.</summary>
/// <param name="Dimensions">The shape, for example <c>[60000, 28, 28]</c> or <c>[60000]</c>.</param>
/// <param name="Data">The elements; as many as the dimensions' product.</param>
public sealed record IdxArray(IReadOnlyList<int> Dimensions, byte[] Data);
