namespace Heaviside.Torch.Tests;

internal static partial class GradientCases
{
    private static void Shapes()
    {
        Add("view", x => x.view([3, -1]), Real(2, 6));
        Add("reshape", x => x.t().reshape([-1]), Real(2, 3));
        Add("expand", x => x.expand([4, 3]), Real(3));
        Add("flatten", x => x.flatten(1), Real(2, 2, 2));
        Add("unflatten", x => x.unflatten(0, [2, 3]), Real(6));
        Add("permute", x => x.permute([2, 0, 1]), Real(2, 3, 2));
        Add("transpose", x => x.transpose(0, 1), Real(2, 3));
        Add("t", x => x.t(), Real(2, 3));
        Add("squeeze", x => x.squeeze(1), Real(2, 1, 3));
        Add("unsqueeze", x => x.unsqueeze(1), Real(2, 3));
        Add("movedim", x => x.movedim(0, 2), Real(2, 3, 2));
        Add("narrow", x => x.narrow(0, 1, 2), Real(4, 2));
        Add("select", x => x.select(0, 1), Real(4, 2));
        Add("slice", x => x.slice(0, 1, 5, 2), Real(6));
        Add("range", x => x[1..^1], Real(5));
        Add("split", x => x.split(2)[1], Real(5));
        Add("split_with_sizes", x => x.split_with_sizes([1, 3])[1], Real(4));
        Add("chunk", x => x.chunk(2)[0], Real(5));
        Add("unbind", x => x.unbind()[1], Real(3, 2));
        Add("cat", (x, y) => torch.cat([x, y], 1), Real(2, 3), Real(2, 1));
        Add("stack", (x, y) => torch.stack([x, y], 1), Real(3), Real(3));
        Add("hstack", (x, y) => torch.hstack([x, y]), Real(2, 1), Real(2, 2));
        Add("vstack", (x, y) => torch.vstack([x, y]), Real(1, 2), Real(2, 2));
        Add("repeat", x => x.repeat([2, 3]), Real(2));
        Add("repeat_interleave", x => x.repeat_interleave(3, 0), Real(2, 2));
        Add("tile", x => x.tile([2, 2]), Real(2, 2));
        Add("roll", x => x.roll(1, 0), Real(4));
        Add("flip", x => x.flip(0), Real(4));
        Add("rot90", x => x.rot90(1, [0, 1]), Real(2, 3));
        Add("unfold", x => x.unfold(0, 3, 2), Real(7));
        Add("as_strided", x => x.as_strided([2, 2], [1, 2]), Real(6));
        Add("diag", x => x.diag(), Real(3));
        Add("diagonal", x => x.diagonal(1), Real(3, 3));
        Add("diag_embed", x => x.diag_embed(), Real(2, 3));
        Add("diagonal_scatter", (x, y) => x.diagonal_scatter(y), Real(3, 3), Real(3));
        Add("select_scatter", (x, y) => x.select_scatter(y, 0, 1), Real(3, 2), Real(2));
        Add("tril", x => x.tril(-1), Real(3, 3));
        Add("triu", x => x.triu(), Real(3, 3));
        Add("meshgrid", (x, y) => torch.meshgrid([x, y], "ij")[0] * torch.meshgrid([x, y], "ij")[1], Real(2), Real(3));
        Add("cartesian_prod", (x, y) => torch.cartesian_prod([x, y]), Real(2), Real(3));
        Add("constant_pad_nd", x => x.constant_pad_nd([1, 2], 0.5), Real(2, 3));
        Add("reflection_pad2d", x => x.reflection_pad2d([1, 1, 1, 1]), Real(1, 2, 3));
        Add("replication_pad2d", x => x.replication_pad2d([1, 1, 1, 1]), Real(1, 2, 3));
        Add("pixel_shuffle", x => x.pixel_shuffle(2), Real(1, 4, 2, 1));
        Add("pixel_unshuffle", x => x.pixel_unshuffle(2), Real(1, 1, 2, 4));
        Add("clone", x => x.clone(), Real(3));
        Add("contiguous", x => x.t().contiguous(), Real(2, 3));
    }

    private static void Indexing()
    {
        Add("index_select", x => x.index_select(0, Indices(2, 0, 2)), Real(3, 2));
        Add("index_fill", x => x.index_fill(0, Indices(1), 0.5), Real(3, 2));
        Add("index_add", (x, y) => x.index_add(0, Indices(1, 1), y, alpha: 0.5), Real(3, 2), Real(2, 2));
        Add("index_copy", (x, y) => x.index_copy(0, Indices(2, 0), y), Real(3, 2), Real(2, 2));
        Add("index_put", (x, y) => x.index_put([Indices(1, 1)], y, accumulate: true), Real(3, 2), Real(2, 2));
        Add("index", x => x.index([null, Indices(1, 0, 1)]), Real(3, 2));
        Add("gather", x => x.exp().gather(1, Indices(0, 2, 1, 1).view([2, 2])), Real(2, 3));
        Add("scatter", (x, y) => x.scatter(0, Indices(2, 0), y), Real(3), Real(2));
        Add("scatter of number", x => x.scatter(0, Indices(1), 2.5), Real(3));
        Add("scatter_add", (x, y) => x.scatter_add(0, Indices(2, 2, 0), y), Real(3), Real(3));
        Add("scatter_reduce", (x, y) => x.scatter_reduce(0, Indices(2, 2, 0), y, "sum"), Real(3), Real(3));
        Add("take", x => x.take(Indices(3, 0, 3)), Real(2, 2));
        Add("take_along_dim", x => x.take_along_dim(Indices(1, 0).view([2, 1]), 1), Real(2, 2));
        Add("masked_fill", x => x.masked_fill(x.gt(0), 0.3), Real(6));
        Add("masked_fill by tensor", (x, y) => x.masked_fill(x.gt(0), y), Real(6), Real());
        Add("masked_select", x => x.masked_select(x.gt(0)), Real(6));
        Add("masked_scatter", (x, y) => x.masked_scatter(Numbers(1, 0, 1, 0).gt(0), y), Real(4), Real(2));
    }
}
