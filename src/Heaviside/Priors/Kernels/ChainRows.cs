namespace Heaviside.Priors.Kernels;

/// <summary>The packed units of some chains: what a half-sweep reads and what it writes.</summary>
internal readonly unsafe struct ChainRows(byte* input, int inputBytes, byte* output, int outputBytes, int count)
{
    /// <summary>How many chains.</summary>
    internal int Count => count;

    /// <summary>The inputs of a chain.</summary>
    internal byte* Input(int chain) => input + (chain * inputBytes);

    /// <summary>The outputs of a chain.</summary>
    internal byte* Output(int chain) => output + (chain * outputBytes);
}
