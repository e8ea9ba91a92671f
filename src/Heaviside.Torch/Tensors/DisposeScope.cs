namespace Heaviside.Torch;

/// <summary>Disposes the tensors created on this thread since it was opened, save those that were moved out.</summary>
/// <remarks>Scopes nest and belong to the thread that opened them; do not hold one across an <c>await</c>.</remarks>
/// <example><code>
/// using var scope = torch.NewDisposeScope();
/// var loss = model.forward(x).sum();      // the temporaries go when the scope ends
/// return loss.MoveToOuterDisposeScope();  // the result stays
/// </code></example>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic] private static DisposeScope? current;
    [ThreadStatic] private static Stack<List<Tensor>>? pool;

    private readonly Thread owner = Thread.CurrentThread;
    private readonly DisposeScope? outer;
    private readonly List<Tensor> tensors;
    private bool disposed;

    internal DisposeScope()
    {
        outer = current;
        tensors = pool is { Count: > 0 } ? pool.Pop() : [];
        current = this;
    }

    internal static DisposeScope? Current => current;

    internal void Add(Tensor tensor)
    {
        tensor.Scope = this;
        tensors.Add(tensor);
    }

    /// <summary>Gives a tensor of this scope to the next outer one, or to nobody if there is none.</summary>
    public Tensor MoveToOuter(Tensor tensor)
    {
        if (tensor.Scope != this) return tensor;
        tensor.Scope = null;
        Living(outer)?.Add(tensor);
        return tensor;
    }

    /// <summary>Takes a tensor out of all scopes: its owner disposes it.</summary>
    public static Tensor Detach(Tensor tensor)
    {
        tensor.Scope = null;
        return tensor;
    }

    /// <summary>Disposes what the scope still owns.</summary>
    /// <exception cref="InvalidOperationException">Another thread opened the scope.</exception>
    public void Dispose()
    {
        if (disposed) return;
        if (owner != Thread.CurrentThread)
            throw new InvalidOperationException(
                $"DisposeScope: opened on thread {owner.ManagedThreadId}, disposed on thread {Environment.CurrentManagedThreadId}; "
                + "end a scope where it began, and before an await");
        disposed = true;
        current = Living(current);
        foreach (var tensor in tensors)
            if (tensor.Scope == this) tensor.Dispose();
        tensors.Clear();
        (pool ??= []).Push(tensors);
    }

    /// <summary>The scope itself or the next one around it that has not ended: scopes may end in any order.</summary>
    private static DisposeScope? Living(DisposeScope? scope)
    {
        while (scope is { disposed: true }) scope = scope.outer;
        return scope;
    }
}
