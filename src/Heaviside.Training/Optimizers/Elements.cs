namespace Heaviside.Optimizers;

/// <summary>Where the numbers of one optimizer step lie in memory; absent state is null.</summary>
internal readonly unsafe struct Elements<T>(T* parameter, T* gradient, T* first, T* second, nint count)
    where T : unmanaged
{
    internal readonly T* Parameter = parameter;
    internal readonly T* Gradient = gradient;
    internal readonly T* First = first;
    internal readonly T* Second = second;
    internal readonly nint Count = count;
}
