
namespace Heaviside.Data;

/// <summary>What is on or off in each image of a set, such as whether a face wears glasses: a bit per image and attribute, at most 64 of them.</summary>
public sealed class AttributeTable
{
    /// <summary>The most attributes whose classes a label can hold.</summary>
    public const int MostInClass = 8;

    private readonly ReadOnlyMemory<ulong> rows;

    /// <summary>A table.</summary>
    /// <param name="names">The attributes, from 1 to 64, none twice.</param>
    /// <param name="rows">A number for each image, whose bit i says whether attribute i is on.</param>
    /// <exception cref="ArgumentException">There are no, too many or equal names.</exception>
    public AttributeTable(IReadOnlyList<string> names, ReadOnlyMemory<ulong> rows)
    {
        if (names.Count is < 1 or > 64 || names.Distinct().Count() != names.Count)
            throw new ArgumentException($"expected 1 to 64 different names, got {names.Count}: {string.Join(", ", names)}", nameof(names));
        (Names, this.rows) = (names, rows);
    }

    /// <summary>The attributes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many images the table is of.</summary>
    public int Count => this.rows.Length;

    /// <summary>The attributes that make classes unless others are named: those of arXiv:1806.02867, figure 5, else the first three.</summary>
    public IReadOnlyList<string> Usual
    {
        get
        {
            string[] faces = ["Eyeglasses", "Smiling", "Male"];
            return faces.All(Names.Contains) ? faces : [.. Names.Take(3)];
        }
    }

    /// <summary>The numbers whose bits are the attributes of each image.</summary>
    internal ReadOnlySpan<ulong> Rows => this.rows.Span;

    /// <summary>Whether an attribute is on in an image, both counted from 0.</summary>
    public bool this[int image, int attribute]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)attribute, (uint)Names.Count, nameof(attribute));
            return ((this.rows.Span[image] >> attribute) & 1) == 1;
        }
    }

    /// <summary>The images from <paramref name="start"/> on.</summary>
    public AttributeTable Slice(int start, int count) => new(Names, this.rows.Slice(start, count));

    /// <summary>The images of some indices, in their order.</summary>
    public AttributeTable Select(IEnumerable<int> images) => new(Names, images.Select(i => this.rows.Span[i]).ToArray());

    /// <summary>The class of each image, <c>[Count]</c>: the binary number of some of its attributes, the first of them the most significant bit.</summary>
    /// <exception cref="InputException">An attribute is unknown or named twice, or there are none or more than eight.</exception>
    public byte[] Classes(IReadOnlyList<string> attributes)
    {
        if (attributes.Count is < 1 or > MostInClass || attributes.Distinct().Count() != attributes.Count)
            throw new InputException($"setting 'attributes' is [{string.Join(", ", attributes)}], expected 1 to {MostInClass} attributes, none of them twice");
        int[] bits = [.. attributes.Select(a => Names.Index().Where(n => n.Item == a).Select(n => (int?)n.Index).FirstOrDefault() ?? throw Suggestion.Unknown("attribute", a, Names))];
        return [.. Enumerable.Range(0, Count).Select(image => (byte)bits.Aggregate(0, (c, bit) => (2 * c) + (this[image, bit] ? 1 : 0)))];
    }
}
