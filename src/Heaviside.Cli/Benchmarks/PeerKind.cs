namespace Heaviside.Cli.Benchmarks;

/// <summary>Without what library of ours the same work is done, for comparison.</summary>
internal enum PeerKind
{
    /// <summary>Idiomatic TorchSharp, on the libtorch that this program has.</summary>
    TorchSharp,

    /// <summary>Idiomatic PyTorch, where a Python has it.</summary>
    PyTorch,

    /// <summary>NumPy, where a Python has it, for what has no network.</summary>
    NumPy,
}
