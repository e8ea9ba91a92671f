using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Heaviside.Numerics;

namespace Heaviside.Kernels;

/// <summary>Refuses numbers that a law cannot have for its parameters, naming the parameter, the first of them and its place.</summary>
/// <remarks>This takes one pass over CPU memory, and a reduction on other devices. Each method returns the tensor that it was given.</remarks>
internal static class Numbers
{
    // Probabilities that a network computed may be beyond 0 and 1 by their rounding.
    private const double Rounding = 1e-6;

    /// <summary>Any numbers, infinite ones too, but not NaN.</summary>
    internal static Tensor NotNaN(Tensor t, [CallerArgumentExpression(nameof(t))] string name = "") =>
        Within(t, double.NegativeInfinity, double.PositiveInfinity, "numbers", name);

    /// <summary>Finite numbers.</summary>
    internal static Tensor Finite(Tensor t, [CallerArgumentExpression(nameof(t))] string name = "") =>
        Within(t, -Largest(t), Largest(t), "finite numbers", name);

    /// <summary>Numbers of 0 or more.</summary>
    internal static Tensor NotNegative(Tensor t, [CallerArgumentExpression(nameof(t))] string name = "") =>
        Within(t, 0, double.PositiveInfinity, "numbers of 0 or more", name);

    /// <summary>Numbers in [0, 1], but for rounding.</summary>
    internal static Tensor Probabilities(Tensor t, [CallerArgumentExpression(nameof(t))] string name = "") =>
        Within(t, -Rounding, 1 + Rounding, "probabilities in [0, 1]", name);

    /// <summary>Probabilities that sum to 1 over the last dimension, but for rounding.</summary>
    internal static Tensor Simplex(Tensor t, [CallerArgumentExpression(nameof(t))] string name = "")
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        RequireClasses(t, name);
        Within(Probabilities(t, name).sum(-1), 1 - (100 * Rounding), 1 + (100 * Rounding), "probabilities that sum to 1 over the last dimension", name);
        return t;
    }

    /// <summary>Unnormalized log-probabilities: minus infinity is one of them, but not for all classes of the last dimension.</summary>
    internal static Tensor LogProbabilities(Tensor t, [CallerArgumentExpression(nameof(t))] string name = "")
    {
        RequireClasses(t, name);
        RequireType(t, name);
        if (AllWithin(t, -Largest(t), Largest(t))) return t;
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        Within(t, double.NegativeInfinity, Largest(t), "numbers less than infinity", name);
        Within(t.amax([-1]), -Largest(t), Largest(t), "a finite number for one of the classes", name);
        return t;
    }

    private static void RequireClasses(Tensor t, string name)
    {
        if (t.dim() == 0 || t.size(-1) == 0) throw new ArgumentException($"{name}: expected shape [..., K] with a class or more, got [{string.Join(", ", t.shape)}]", name);
    }

    // Of other types, torch's operators give some results, wrong ones and errors without a name.
    private static void RequireType(Tensor t, string name)
    {
        if (t.dtype is not (ScalarType.Float32 or ScalarType.Float64))
            throw new ArgumentException($"{name}: expected {ScalarType.Float32} or {ScalarType.Float64} numbers, got {t.dtype}; convert them with to()", name);
    }

    private static double Largest(Tensor t) => t.dtype == ScalarType.Float64 ? double.MaxValue : float.MaxValue;

    private static Tensor Within(Tensor t, double low, double high, string expected, string name)
    {
        RequireType(t, name);
        return AllWithin(t, low, high) ? t : throw Refusal(t, low, high, expected, name);
    }

    private static bool AllWithin(Tensor t, double low, double high)
    {
        if (t.numel() == 0) return true;
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        if (t.device.type != DeviceType.CPU) return t.ge(low).logical_and(t.le(high)).all().item<bool>();
        var near = t.contiguous();
        var isWithin = t.dtype == ScalarType.Float64 ? AllWithin(near.AsSpan<double>(), low, high) : AllWithin<float>(near.AsSpan<float>(), (float)low, (float)high);
        GC.KeepAlive(near);
        return isWithin;
    }

    // NaN is neither at least nor at most a number.
    private static bool AllWithin<T>(ReadOnlySpan<T> x, T low, T high)
        where T : unmanaged, INumber<T>
    {
        var (least, most, isWithin, i) = (Vector256.Create(low), Vector256.Create(high), Vector256<T>.AllBitsSet, 0);
        for (; i <= x.Length - Vector256<T>.Count; i += Vector256<T>.Count)
        {
            var v = Vector256.Create(x[i..]);
            isWithin &= Vector256.GreaterThanOrEqual(v, least) & Vector256.LessThanOrEqual(v, most);
        }

        var all = isWithin.AsUInt64() == Vector256<ulong>.AllBitsSet; // as numbers, all bits set are NaN
        for (; i < x.Length; i++) all &= x[i] >= low && x[i] <= high;
        return all;
    }

    private static Exception Refusal(Tensor t, double low, double high, string expected, string name)
    {
        using var scope = torch.NewDisposeScope();
        var numbers = t.detach().to(ScalarType.Float64).ToArray<double>();
        var first = Array.FindIndex(numbers, x => !(x >= low && x <= high));
        var message = $"{name}: expected {expected}, got {Invariant.Format(numbers[first])} at [{string.Join(", ", Place(first, t.shape))}] of [{string.Join(", ", t.shape)}]";
        return double.IsFinite(numbers[first]) ? new ArgumentException(message, name) : new NonFiniteException(message);
    }

    private static IEnumerable<long> Place(long index, long[] shape)
    {
        var place = new long[shape.Length];
        for (var d = shape.Length - 1; d >= 0; d--) (index, place[d]) = (index / shape[d], index % shape[d]);
        return place;
    }
}
