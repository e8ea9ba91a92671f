namespace Heaviside.Numerics;

/// <summary>A module that has learned numbers worth following: the metrics record them beside the schedules.</summary>
public interface IReportsNumbers
{
    /// <summary>The numbers by name, as they are now.</summary>
    IEnumerable<(string Name, double Value)> Numbers { get; }
}
