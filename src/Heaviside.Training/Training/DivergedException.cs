namespace Heaviside.Training;

/// <summary>A training came to its end with finite numbers that are worth nothing; the message says how it is known and what may help.</summary>
public sealed class DivergedException(string message) : Exception(message);
