namespace Heaviside.Torch;

/// <summary>libtorch refused: the message is its first line, after the operator's name.</summary>
public sealed class TorchException(string message) : Exception(message);
