namespace Heaviside.Networks;

/// <summary>The shape of an image whose values are kept in one row, channel by channel and line by line.</summary>
internal readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>The number of values.</summary>
    internal int Size => Channels * Height * Width;

    /// <summary>One channel of half the height and width, rounded down, as many times as said.</summary>
    internal ImageShape Halved(int times) => new(1, Height >> times, Width >> times);
}
