using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Heaviside.Torch;

/// <summary>Gradients without touching those that parameters hold.</summary>
/// <remarks>TorchSharp's <c>autograd.grad</c> ends the process where libtorch refuses; its <c>backward</c> with inputs throws. So this goes
/// through that one, and gives back what the inputs held before. An input that is no leaf keeps, from then on, the gradients of
/// later backward passes through it.</remarks>
internal static class Autograd
{
    // libtorch calls backward passes of functions on the thread that asked for them, but those on a GPU on a thread of its own.
    [ThreadStatic] private static Exception? failure;
    [ThreadStatic] private static int running;
    private static volatile Exception? elsewhere;

    /// <summary>What the last failed backward pass of a <see cref="Function"/> threw.</summary>
    internal static Exception? Failure
    {
        set => _ = running > 0 ? failure = value : elsewhere = value;
    }

    /// <summary>The gradients of the sum of <paramref name="outputs"/> with respect to <paramref name="inputs"/>.</summary>
    /// <param name="outputs">What is differentiated.</param>
    /// <param name="inputs">With respect to what.</param>
    /// <param name="weights">A weight per element of each output; may be left out for outputs of one element.</param>
    /// <param name="retainGraph">Keep what a second backward pass needs.</param>
    /// <param name="createGraph">Make the gradients differentiable themselves.</param>
    /// <returns>One gradient of the input's shape per input; null for one that no output depends on.</returns>
    internal static Tensor?[] GradOrNull(Tensor[] outputs, Tensor[] inputs, Tensor[]? weights = null, bool retainGraph = false, bool createGraph = false)
    {
        // The native call does it too: what is no leaf would otherwise warn that it has no gradient.
        foreach (var input in inputs)
            if (!input.is_leaf && input.requires_grad) input.retain_grad();
        var before = Array.ConvertAll(inputs, i => i.grad);
        foreach (var (input, held) in inputs.Zip(before))
            if (held is not null) input.grad = null;
        try
        {
            void Call() => torch.autograd.backward(outputs, weights, retainGraph || createGraph, createGraph, inputs);
            Run(createGraph ? () => NativeLog.QuietOnce(Call) : Call); // it warns that gradients stay in the inputs: here they do not
            return Array.ConvertAll(inputs, i => i.grad);
        }
        finally
        {
            foreach (var (input, held) in inputs.Zip(before)) input.grad = held;
            foreach (var held in before) held?.Dispose();
            GC.KeepAlive(outputs); // TorchSharp's call holds native addresses only: what nobody needs any more is collected while it reads
            GC.KeepAlive(weights);
        }
    }

    /// <summary>As <see cref="GradOrNull"/>, where every input is used.</summary>
    /// <exception cref="InvalidOperationException">No output depends on an input.</exception>
    internal static Tensor[] Grad(Tensor[] outputs, Tensor[] inputs, Tensor[]? weights = null, bool retainGraph = false, bool createGraph = false) =>
        Array.ConvertAll(
            GradOrNull(outputs, inputs, weights, retainGraph, createGraph),
            g => g ?? throw new InvalidOperationException("gradient: no output depends on an input"));

    /// <summary>Leaves the gradients of a scalar in the leaves that it was computed from.</summary>
    internal static void Backward(Tensor loss, bool retainGraph = false)
    {
        Run(() => torch.autograd.backward(loss, retain_graph: retainGraph));
        GC.KeepAlive(loss);
    }

    private static void Run(Action backward)
    {
        (failure, elsewhere) = (null, null);
        running++;
        try
        {
            backward();
        }
        catch (ExternalException) when ((failure ?? elsewhere) is not null)
        {
            var cause = failure ?? elsewhere!;
            (failure, elsewhere) = (null, null);
            ExceptionDispatchInfo.Throw(cause);
        }
        finally
        {
            running--;
        }
    }
}
