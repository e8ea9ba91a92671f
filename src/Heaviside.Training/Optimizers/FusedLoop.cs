using System.Numerics;
using System.Runtime.CompilerServices;

namespace Heaviside.Optimizers;

/// <summary>Applies an update rule to all elements in one pass over memory.</summary>
internal static unsafe class FusedLoop
{
    internal static void Run<T, TUpdate>(in Elements<T> elements, TUpdate update)
        where T : unmanaged
        where TUpdate : struct, IUpdate<T>
    {
        T* p = elements.Parameter, g = elements.Gradient, first = elements.First, second = elements.Second;
        nint width = Vector<T>.Count;
        nint i = 0;
        for (; i <= elements.Count - width; i += width)
        {
            var parameter = Vector.Load(p + i);
            var a = first == null ? default : Vector.Load(first + i);
            var b = second == null ? default : Vector.Load(second + i);
            update.Apply(ref parameter, Vector.Load(g + i), ref a, ref b);
            parameter.Store(p + i);
            if (first != null) a.Store(first + i);
            if (second != null) b.Store(second + i);
        }

        if (i < elements.Count) RunTail(elements, i, update);
    }

    // The last elements go through a full register of their own, so that each rule is written once.
    private static void RunTail<T, TUpdate>(in Elements<T> elements, nint start, TUpdate update)
        where T : unmanaged
        where TUpdate : struct, IUpdate<T>
    {
        var rest = (int)(elements.Count - start);
        Vector<T> parameter = default, gradient = default, first = default, second = default;
        Copy(elements.Parameter + start, &parameter, rest);
        Copy(elements.Gradient + start, &gradient, rest);
        if (elements.First != null) Copy(elements.First + start, &first, rest);
        if (elements.Second != null) Copy(elements.Second + start, &second, rest);
        update.Apply(ref parameter, gradient, ref first, ref second);
        Copy(&parameter, elements.Parameter + start, rest);
        if (elements.First != null) Copy(&first, elements.First + start, rest);
        if (elements.Second != null) Copy(&second, elements.Second + start, rest);

        static void Copy(void* from, void* to, int count) => Unsafe.CopyBlockUnaligned(to, from, (uint)(count * sizeof(T)));
    }
}
