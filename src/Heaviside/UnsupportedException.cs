namespace Heaviside;

/// <summary>An estimator was given an objective or a law that lacks what it needs; the message names both.</summary>
public sealed class UnsupportedException(string message) : InvalidOperationException(message);
