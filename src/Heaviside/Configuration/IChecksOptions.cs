namespace Heaviside.Configuration;

/// <summary>A component whose options may be right one by one and not go together.</summary>
public interface IChecksOptions
{
    /// <summary>Which options do not go together and what to do, in one line that names them as settings do; null where all do.</summary>
    string? Conflict { get; }
}
