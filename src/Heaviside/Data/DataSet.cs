using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Heaviside.Data;

/// <summary>A data set in memory, split the way the literature splits it.</summary>
public sealed class DataSet
{
    private readonly Lazy<string> fingerprint;

    /// <summary>Puts three parts of the same image size together.</summary>
    /// <exception cref="ArgumentException">The sizes differ, or a part is marked as another one.</exception>
    public DataSet(string name, string source, ImageSet train, ImageSet validation, ImageSet test)
    {
        (Name, Source, Train, Validation, Test) = (name, source, train, validation, test);
        foreach ((var part, var split) in new[] { (train, Split.Train), (validation, Split.Validation), (test, Split.Test) })
        {
            if (part.Split != split) throw new ArgumentException($"expected the {split} part, got {part.Split}");
            if ((part.Channels, part.Height, part.Width) != (train.Channels, train.Height, train.Width))
                throw new ArgumentException($"expected images of {train.Channels} x {train.Height} x {train.Width}, {split} has {part.Channels} x {part.Height} x {part.Width}");
        }
        fingerprint = new(ComputeFingerprint);
    }

    /// <summary>The catalogue's name, such as <c>mnist</c>.</summary>
    public string Name { get; }

    /// <summary>Which files the pixels come from and how they were split, where there is a choice; belongs into every result.</summary>
    public string Source { get; }

    /// <summary>The images to learn from.</summary>
    public ImageSet Train { get; }

    /// <summary>The images to choose settings and the best model by.</summary>
    public ImageSet Validation { get; }

    /// <summary>The images to report results on.</summary>
    public ImageSet Test { get; }

    /// <summary>Whether every pixel is fully off or fully on already.</summary>
    public bool IsBinary { get; init; }

    /// <summary>What a recipe that names no binarization gets: <c>none</c> for binary and color sets, <c>dynamic</c> for grey ones.</summary>
    public Binarization DefaultBinarization => IsBinary || Train.Channels > 1 ? Binarization.None : Binarization.Dynamic;

    /// <summary>SHA-256 over sizes, pixels and labels of the three parts in order, in lower-case hexadecimal; computed once, when first asked for.</summary>
    public string Fingerprint => fingerprint.Value;

    private string ComputeFingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[4];
        foreach (var part in new[] { Train, Validation, Test })
        {
            foreach (var size in new[] { part.Count, part.Channels, part.Height, part.Width, part.Labels?.Length ?? 0 })
            {
                BinaryPrimitives.WriteInt32LittleEndian(number, size);
                hash.AppendData(number);
            }
            hash.AppendData(part.Pixels.Span);
            if (part.Labels is { } labels) hash.AppendData(labels.Span);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
