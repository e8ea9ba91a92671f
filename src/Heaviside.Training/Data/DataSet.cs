using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

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

    /// <summary>The images of a part.</summary>
    public ImageSet Part(Split split) => split switch { Split.Train => Train, Split.Validation => Validation, _ => Test };

    /// <summary>Whether every pixel is fully off or fully on already.</summary>
    public bool IsBinary { get; init; }

    /// <summary>The attributes whose values the labels are, the most significant bit first; none where labels are something else.</summary>
    public IReadOnlyList<string> ClassAttributes { get; private init; } = [];

    /// <summary>What the classes are called, in the order of the labels; none where they are numbers.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>What a recipe that names no binarization gets: <c>none</c> for binary and color sets, <c>dynamic</c> for grey ones.</summary>
    public Binarization DefaultBinarization => IsBinary || Train.Channels > 1 ? Binarization.None : Binarization.Dynamic;

    /// <summary>SHA-256 over sizes, pixels, labels and attributes of the three parts in order, in lower-case hexadecimal; computed once, when first asked for.</summary>
    public string Fingerprint => fingerprint.Value;

    /// <summary>The same images with classes made of their attributes: the label is their binary number, the first attribute the most significant bit.</summary>
    /// <exception cref="InputException">The images have no attributes, or not these.</exception>
    public DataSet ClassifiedBy(IReadOnlyList<string> attributes)
    {
        ImageSet Part(ImageSet part) => new(part.Pixels, part.Channels, part.Height, part.Width, Table(part).Classes(attributes)) { Split = part.Split, Attributes = part.Attributes };
        AttributeTable Table(ImageSet part) => part.Attributes ?? throw new InputException($"data set {Name} has no attributes to make classes of");
        return new(Name, $"{Source}; classes of {string.Join(", ", attributes)}", Part(Train), Part(Validation), Part(Test)) { IsBinary = IsBinary, ClassAttributes = attributes };
    }

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
            if (part.Attributes is { } attributes)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', attributes.Names)));
                hash.AppendData(MemoryMarshal.AsBytes(attributes.Rows));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
