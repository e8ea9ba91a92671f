using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Heaviside.Torch;

/// <summary>A size, a dimension or a list of them, as operators take it: <c>x.sum(-1)</c>, <c>x.view([2, -1])</c>.</summary>
/// <remarks>The default value stands for "not given" and is not an empty list.</remarks>
[CollectionBuilder(typeof(Longs), nameof(Create))]
public readonly ref struct Longs
{
    private readonly ReadOnlySpan<long> list;
    private readonly long single;
    private readonly Form form;

    private enum Form : byte { Absent, Single, List }

    private Longs(long value) => (single, form) = (value, Form.Single);

    private Longs(ReadOnlySpan<long> values)
    {
        list = values;
        form = Form.List;
    }

    /// <summary>How many values there are.</summary>
    public int Length => form == Form.List ? list.Length : (int)form;

    internal bool IsAbsent => form == Form.Absent;

    /// <summary>One value.</summary>
    public static implicit operator Longs(long value) => new(value);

    /// <summary>A list; the array is read during the call only.</summary>
    public static implicit operator Longs(long[]? values) => values is null ? default : new(values.AsSpan());

    /// <summary>A list.</summary>
    public static implicit operator Longs(ReadOnlySpan<long> values) => new(values);

    /// <summary>The list that a collection expression writes down.</summary>
    public static Longs Create(ReadOnlySpan<long> values) => new(values);

    /// <summary>The first value, for <c>fixed</c>.</summary>
    [UnscopedRef]
    public ref readonly long GetPinnableReference() =>
        ref form == Form.List ? ref MemoryMarshal.GetReference(list) : ref single;

    /// <summary>The values, one by one.</summary>
    [UnscopedRef]
    public ReadOnlySpan<long>.Enumerator GetEnumerator() =>
        MemoryMarshal.CreateReadOnlySpan(in GetPinnableReference(), Length).GetEnumerator();

    /// <summary>The values.</summary>
    public long[] ToArray() => MemoryMarshal.CreateReadOnlySpan(in GetPinnableReference(), Length).ToArray();
}
