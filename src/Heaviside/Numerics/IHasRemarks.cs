namespace Heaviside.Numerics;

/// <summary>A module that may have something to say of what it did last, such as that it took another way than it was asked to.</summary>
public interface IHasRemarks
{
    /// <summary>What there is to say now, one line each; whoever trains the module says each of them once.</summary>
    IEnumerable<string> Remarks { get; }
}
