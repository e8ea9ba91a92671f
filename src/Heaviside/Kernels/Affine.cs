using Heaviside.Distributions;
using Heaviside.Torch;

namespace Heaviside.Kernels;

/// <summary>y = x W' + c for many rows x, in parts that threads may share.</summary>
internal sealed unsafe class Affine : Function
{
    // Parts do not depend on the number of threads, so that bits do not: rows of x and of W for which a product is efficient.
    private const int RowsOfPart = 512, PartsOfWeights = 4;
    private static readonly Affine Instance = new();

    /// <summary>y, shape <c>[..., N]</c>.</summary>
    /// <param name="x">Shape <c>[..., M]</c>.</param>
    /// <param name="weight">W, shape <c>[N, M]</c>.</param>
    /// <param name="constant">c, whose shape is the last dimensions of y: <c>[N]</c> or <c>[B, N]</c>.</param>
    internal static Tensor Of(Tensor x, Tensor weight, Tensor constant) =>
        Blas.IsAvailable && x.dim() > 1 && constant.dim() <= x.dim() && Fast.CanLoop(x) && Fast.CanLoop(weight) && Fast.CanLoop(constant)
            ? Instance.Apply(x, weight, constant)[0]
            : torch.linear(x, weight) + constant;

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var (x, w, c) = (new FloatRows(inputs[0]), new FloatRows(inputs[1]), new FloatRows(inputs[2]));
        var result = Fast.New([.. inputs[0].shape[..^1], w.Count]);
        var y = new FloatRows(result);
        Team.Run(Parts(x.Count), part =>
        {
            var (from, to) = (part * RowsOfPart, Math.Min((part + 1) * RowsOfPart, x.Count));
            Blas.Multiply(to - from, w.Count, w.Size, 1, x.At(from), x.Size, false, w.At(0), w.Size, true, y.At(from), y.Size);
            for (var row = from; row < to; row++) Fast.Add(c[row], y[row]);
        });
        context.SaveForBackward(inputs);
        return [result];
    }

    // With g = dL/dy: dL/dx = g W, dL/dW = g' x, dL/dc = g summed over where c was used again.
    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
    {
        var (input, weight, constant, g) = (context.Saved[0], context.Saved[1], context.Saved[2], gradients[0]!);
        if (torch.is_grad_enabled())
            return [g.matmul(weight), g.flatten(0, -2).t().matmul(input.flatten(0, -2)), Shape.SumTo(g, constant)];

        var (dx, dw) = (context.NeedsGradient(0) ? Fast.New(input.shape) : null, Fast.New(weight.shape));
        var (x, w, slope, ofWeight) = (new FloatRows(input), new FloatRows(weight), new FloatRows(g), new FloatRows(dw));
        var ofInput = dx is null ? default : new FloatRows(dx);
        var inputs = dx is null ? 0 : Parts(x.Count);
        Team.Run(inputs + PartsOfWeights, part =>
        {
            if (part < inputs)
            {
                var (from, to) = (part * RowsOfPart, Math.Min((part + 1) * RowsOfPart, x.Count));
                Blas.Multiply(to - from, w.Size, w.Count, 1, slope.At(from), slope.Size, false, w.At(0), w.Size, false, ofInput.At(from), x.Size);
            }
            else
            {
                var (from, to) = ((part - inputs) * w.Count / PartsOfWeights, (part - inputs + 1) * w.Count / PartsOfWeights);
                Blas.Multiply(to - from, w.Size, x.Count, 1, slope.At(0) + from, slope.Size, true, x.At(0), x.Size, false, ofWeight.At(from), w.Size);
            }
        });
        return [dx, dw, context.NeedsGradient(2) ? Fast.SumRows(slope, constant) : null];
    }

    private static int Parts(int rows) => (rows + RowsOfPart - 1) / RowsOfPart;
}
