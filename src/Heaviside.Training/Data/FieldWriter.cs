namespace Heaviside.Data;

/// <summary>Writes one example's numbers: a pure function of the arguments, called from any thread.</summary>
/// <param name="example">Which example, from 0.</param>
/// <param name="seed">The seed of the batches, for what is drawn anew.</param>
/// <param name="epoch">The epoch, from 0.</param>
/// <param name="values">Where to write, all of it.</param>
public delegate void FieldWriter<T>(int example, ulong seed, int epoch, Span<T> values);
