namespace Heaviside.Kernels;

/// <summary>What objects receive over edges, y_j = sum over edges e from i to j of w_e relu(W relu(r_j + s_i) + b), block by block of edges.</summary>
/// <remarks>
/// <para>A block stays in the processor's cache from its first layer to its sum, so that the products are what takes time. For the backward pass one bit
/// of each number is kept, 1[a > 0] of a = W h + b with h = relu(r_j + s_i). With u = 1[a > 0] dy_j and d = u W it is dh = w_e d, dW = sum w_e u h',
/// db = sum w_e u, and dw_e = u a = d h + u b.</para>
/// </remarks>
/// <param name="senders">The sender of each of E edges, an index over the leading dimensions of what objects have.</param>
/// <param name="receivers">The receiver of each edge.</param>
internal sealed class ReluMessages(long[] senders, long[] receivers) : Function
{
    // With a kilobyte in a row, a product and what it needs are in a cache of a megabyte; 240 to 640 rows take about the same time.
    private const int BlockRows = 400;

    /// <summary>Whether objects have 32-bit floats in CPU memory, in rows of whole vectors: all else takes torch's operators.</summary>
    internal static bool CanSend(Tensor objects) => Fast.CanLoop(objects) && objects.dim() > 2 && objects.size(-1) % VectorRows.Lanes == 0;

    /// <summary>What each object receives, <c>[..., S, H]</c>: S rows for each object.</summary>
    /// <param name="r">What receivers add to the first layer, <c>[..., S, H]</c>.</param>
    /// <param name="s">What senders add, the same shape.</param>
    /// <param name="w">W, <c>[H, H]</c>.</param>
    /// <param name="b">b, <c>[H]</c>.</param>
    /// <param name="weights">The weights of edges, <c>[E]</c>.</param>
    internal Tensor Of(Tensor r, Tensor s, Tensor w, Tensor b, Tensor weights) => Apply(r, s, w, b, weights)[0];

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var (r, s, w, b, weights) = (inputs[0], inputs[1], inputs[2], inputs[3], inputs[4]);
        var y = torch.zeros(r.shape, ScalarType.Float32);
        var isActive = torch.empty([receivers.Length * r.size(-2), r.size(-1) / VectorRows.Lanes], ScalarType.Byte);
        var rows = new MessageRows(r, s, b, weights, isActive);
        var sums = new VectorRows(y);
        ForBlocks(r, buffers: 2, (edges, blocks) =>
        {
            var (h, a) = (new VectorRows(blocks[0]), new VectorRows(blocks[1]));
            for (var i = 0; i < edges.Length; i++) rows.Join(edges[i], h[i]);
            blocks[1].addmm_(blocks[0], w.t(), 0, 1);
            for (var i = 0; i < edges.Length; i++) rows.Activate(edges[i], a[i], sums[edges[i].Receiver]);
        });
        context.SaveForBackward([isActive, .. inputs]);
        return [y];
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
    {
        var inputs = context.Saved[1..];
        if (torch.is_grad_enabled()) return ByOperators(inputs, gradients[0]!);
        var (r, s, w, b, weights) = (inputs[0], inputs[1], inputs[2], inputs[3], inputs[4]);
        var results = Array.ConvertAll(inputs, i => torch.zeros(i.shape, ScalarType.Float32));
        var rows = new MessageRows(r, s, b, weights, context.Saved[0]);
        var (dy, dr, ds, db) = (new VectorRows(gradients[0]!), new VectorRows(results[0]), new VectorRows(results[1]), new VectorRows(results[3])[0]);
        ForBlocks(r, buffers: 3, (edges, blocks) =>
        {
            var (h, u, d) = (new VectorRows(blocks[0]), new VectorRows(blocks[1]), new VectorRows(blocks[2]));
            var dw = results[4].AsSpan<float>();
            for (var i = 0; i < edges.Length; i++)
                dw[edges[i].Edge] += rows.Deactivate(edges[i], dy[edges[i].Receiver], u[i], h[i], db);
            results[2].addmm_(blocks[1].t(), blocks[0], 1, 1);
            blocks[2].addmm_(blocks[1], w, 0, 1);
            for (var i = 0; i < edges.Length; i++)
                dw[edges[i].Edge] += rows.Disjoin(edges[i], d[i], dr[edges[i].Receiver], ds[edges[i].Sender]);
        });
        return results;
    }

    // The same, to be differentiated again.
    private Tensor?[] ByOperators(Tensor[] inputs, Tensor dy)
    {
        var (r, s, w, b, weights) = (inputs[0], inputs[1], inputs[2], inputs[3], inputs[4].view(-1, 1, 1));
        var (from, to) = (torch.tensor(senders, device: r.device), torch.tensor(receivers, device: r.device));
        Tensor OfEdges(Tensor objects, Tensor places) => objects.flatten(0, -3).index_select(0, places);
        Tensor ToObjects(Tensor edges, Tensor places) => torch.zeros_like(r.flatten(0, -3)).index_add(0, places, edges, 1).view_as(r);
        var h = (OfEdges(r, to) + OfEdges(s, from)).relu();
        var u = OfEdges(dy, to) * torch.nn.functional.linear(h, w, b).gt(0);
        var d = torch.nn.functional.linear(u, w.t());
        var (dh, da) = (weights * d * h.gt(0), weights * u);
        return
        [
            ToObjects(dh, to), ToObjects(dh, from), da.flatten(0, 1).t().mm(h.flatten(0, 1)), da.sum([0, 1]), ((d * h) + (u * b)).sum([1, 2]),
        ];
    }

    // Edges with all of their rows, and that many rows of each buffer.
    private void ForBlocks(Tensor objects, int buffers, Action<ReadOnlySpan<EdgeRow>, Tensor[]> each)
    {
        var (frames, width) = ((int)objects.size(-2), objects.size(-1));
        var edges = Math.Max(1, BlockRows / frames);
        var rows = new EdgeRow[edges * frames];
        using var scope = torch.NewDisposeScope();
        Tensor[] all = [.. Enumerable.Range(0, buffers).Select(_ => Fast.New([rows.Length, width]))];
        for (var first = 0; first < receivers.Length; first += edges)
        {
            using var inner = torch.NewDisposeScope();
            var count = Math.Min(edges, receivers.Length - first) * frames;
            for (var i = 0; i < count; i++)
            {
                var (e, t) = (first + (i / frames), i % frames);
                rows[i] = new(((long)first * frames) + i, e, (senders[e] * frames) + t, (receivers[e] * frames) + t);
            }

            each(rows.AsSpan(0, count), Array.ConvertAll(all, block => block.narrow(0, 0, count)));
        }
    }
}

/// <summary>A row of an edge.</summary>
/// <param name="Index">Which of all rows it is.</param>
/// <param name="Edge">The edge.</param>
/// <param name="Sender">The row of its sender.</param>
/// <param name="Receiver">The row of its receiver.</param>
internal readonly record struct EdgeRow(long Index, int Edge, long Sender, long Receiver);
