namespace Heaviside.Training;

/// <summary>The training objective became NaN or infinite; the message says where it came from and where to continue.</summary>
public sealed class NonFiniteException(string message) : Exception(message);
