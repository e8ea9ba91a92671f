using Heaviside.Torch.Interop;

namespace Heaviside.Torch;

public static partial class torch
{
    /// <summary>Gradients without touching the leaves.</summary>
    public static class autograd
    {
        /// <summary>The gradients of the sum of <paramref name="outputs"/> with respect to <paramref name="inputs"/>.</summary>
        /// <param name="outputs">What is differentiated.</param>
        /// <param name="inputs">With respect to what.</param>
        /// <param name="grad_outputs">A weight per element of each output; may be left out for outputs of one element.</param>
        /// <param name="retain_graph">Keep what a second backward pass needs.</param>
        /// <param name="create_graph">Make the gradients differentiable themselves.</param>
        /// <returns>One gradient of the input's shape per input.</returns>
        /// <exception cref="TorchException">No output depends on an input.</exception>
        public static Tensor[] grad(
            ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> grad_outputs = default,
            bool retain_graph = false, bool create_graph = false) =>
            Array.ConvertAll(Grad(outputs, inputs, grad_outputs, retain_graph, create_graph, allowUnused: false), Tensor.Own);

        /// <summary>As <see cref="grad"/>, with null for an input that no output depends on: PyTorch's <c>allow_unused</c>.</summary>
        public static Tensor?[] grad_or_null(
            ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> grad_outputs = default,
            bool retain_graph = false, bool create_graph = false) =>
            Array.ConvertAll(Grad(outputs, inputs, grad_outputs, retain_graph, create_graph, allowUnused: true), Tensor.OwnOrNull);

        /// <summary>The handles of the gradients.</summary>
        private static unsafe nint[] Grad(
            ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> weights,
            bool retainGraph, bool createGraph, bool allowUnused)
        {
            using var o = new TensorHandles(outputs);
            using var i = new TensorHandles(inputs);
            using var w = new TensorHandles(weights);
            var results = new nint[inputs.Length];
            fixed (nint* r = results)
                Native.Check(
                    Native.hv_grad(
                        o.Pointer, o.Count, i.Pointer, i.Count, w.Count > 0 ? w.Pointer : null,
                        retainGraph || createGraph ? 1 : 0, createGraph ? 1 : 0, allowUnused ? 1 : 0, r),
                    "grad");
            return results;
        }
    }
}
