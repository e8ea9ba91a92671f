namespace Heaviside.Data.Readers;

/// <summary>A numeric array of a MATLAB file, in MATLAB's order: first dimension fastest.</summary>
/// <param name="Dimensions">The shape, for example <c>[784, 24345]</c>: 24,345 columns that follow one another.</param>
/// <param name="Data">The elements as float32; all finite, as many as the dimensions' product.</param>
public sealed record MatlabArray(IReadOnlyList<int> Dimensions, float[] Data);
