using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Heaviside.Data;

/// <summary>Data whose examples are there, so that batches are cut from them.</summary>
public abstract class StoredData : TrainingData
{
    private readonly Lazy<string> fingerprint;

    /// <summary>Data that nobody has asked for yet.</summary>
    protected StoredData() => fingerprint = new(ComputeFingerprint);

    /// <inheritdoc/>
    public override string Fingerprint => fingerprint.Value;

    /// <summary>The examples of a part.</summary>
    public abstract Examples Examples(Split split);

    /// <inheritdoc/>
    public override int Count(Split split) => Examples(split).Count;

    /// <inheritdoc/>
    public override IBatchSource Shuffled(Split split, int batchSize, ulong seed) => BatchLoader.Shuffled(Examples(split), batchSize, seed);

    /// <inheritdoc/>
    public override IBatchSource InOrder(Split split, int batchSize, ulong seed) => BatchLoader.InOrder(Examples(split), batchSize, seed);

    // Over names, shapes and numbers, part by part.
    private string ComputeFingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in Enum.GetValues<Split>().Select(Examples))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{part.Count};{string.Join(';', part.Fields.Select(f => $"{f.Name}:{string.Join(',', f.Shape)}"))}\n"));
            foreach (var field in part.Fields)
            {
                var one = field.Allocate(1);
                for (var i = 0; i < part.Count; i++)
                {
                    field.Write(one, 0, i, seed: 0, epoch: 0);
                    hash.AppendData(one is float[] floats ? MemoryMarshal.AsBytes<float>(floats) : MemoryMarshal.AsBytes<long>((long[])one));
                }
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
