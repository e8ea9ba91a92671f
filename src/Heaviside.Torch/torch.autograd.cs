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
        /// <param name="allow_unused">Give null for an input that no output depends on, instead of an error.</param>
        /// <returns>One gradient of the input's shape per input.</returns>
        public static unsafe Tensor[] grad(
            ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> grad_outputs = default,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            using var o = new TensorHandles(outputs);
            using var i = new TensorHandles(inputs);
            using var g = new TensorHandles(grad_outputs);
            var results = stackalloc nint[inputs.Length];
            Native.Check(
                Native.hv_grad(
                    o.Pointer, o.Count, i.Pointer, i.Count, g.Count > 0 ? g.Pointer : null,
                    retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, results),
                "grad");
            var gradients = new Tensor[inputs.Length];
            for (var k = 0; k < gradients.Length; k++) gradients[k] = Tensor.Own(results[k]);
            return gradients;
        }
    }
}
