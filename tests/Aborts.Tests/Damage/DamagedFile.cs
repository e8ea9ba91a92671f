namespace Aborts.Tests.Damage;

/// <summary>A kind of file that is damaged and read.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Valid">Its bytes before.</param>
/// <param name="Read">Puts a damaged one into a place and reads it there.</param>
internal sealed record DamagedFile(string Name, byte[] Valid, Action<byte[]> Read)
{
    /// <summary>How it is damaged.</summary>
    internal Func<byte[], Random, byte[]> Damage { get; init; } = Mutation.Of;
}
