namespace Heaviside.Torch.Tests;

internal static partial class GradientCases
{
    private static Tensor PositiveDefinite(Tensor x) => x.matmul(x.transpose(-2, -1)) + (torch.eye(x.size(-1), torch.float64) * 2);

    private static Tensor Symmetric(Tensor x) => x + x.transpose(-2, -1);

    private static void LinearAlgebra()
    {
        Add("mm", (x, y) => x.mm(y), Real(2, 3), Real(3, 2));
        Add("bmm", (x, y) => x.bmm(y), Real(2, 2, 3), Real(2, 3, 1));
        Add("matmul", (x, y) => x.matmul(y), Real(2, 2, 3), Real(3, 2));
        Add("mv", (x, y) => x.mv(y), Real(2, 3), Real(3));
        Add("dot", (x, y) => x.dot(y), Real(3), Real(3));
        Add("outer", (x, y) => x.outer(y), Real(2), Real(3));
        Add("addmm", (x, y, z) => x.addmm(y, z, beta: 0.5, alpha: 2), Real(2, 2), Real(2, 3), Real(3, 2));
        Add("addmv", (x, y, z) => x.addmv(y, z), Real(2), Real(2, 3), Real(3));
        Add("baddbmm", (x, y, z) => x.baddbmm(y, z), Real(2, 2, 2), Real(2, 2, 3), Real(2, 3, 2));
        Add("addbmm", (x, y, z) => x.addbmm(y, z), Real(2, 2), Real(2, 2, 3), Real(2, 3, 2));
        Add("einsum", (x, y) => torch.einsum("ij,jk->ik", [x, y]), Real(2, 3), Real(3, 2));
        Add("tensordot", (x, y) => x.tensordot(y, [1], [0]), Real(2, 3), Real(3, 2));
        Add("kron", (x, y) => x.kron(y), Real(2, 2), Real(2, 1));
        Add("linalg_cholesky", x => PositiveDefinite(x).linalg_cholesky(), Real(3, 3));
        Add("linalg_slogdet", x => torch.linalg_slogdet(x).logabsdet, Real(2, 3, 3));
        Add("slogdet", x => x.slogdet().logabsdet, Real(3, 3));
        Add("logdet", x => PositiveDefinite(x).logdet(), Real(3, 3));
        Add("linalg_det", x => torch.linalg_det(x), Real(3, 3));
        Add("linalg_inv", x => torch.linalg_inv(PositiveDefinite(x)), Real(3, 3));
        Add("linalg_solve", (x, y) => torch.linalg_solve(PositiveDefinite(x), y), Real(3, 3), Real(3, 2));
        Add("linalg_eigvalsh", x => Symmetric(x).linalg_eigvalsh(), Real(3, 3));
        Add("linalg_eigh", x => Symmetric(x).linalg_eigh() is var (values, vectors) ? torch.cat([values.unsqueeze(0), vectors.square()]) : x, Real(3, 3));
        Add("linalg_qr", x => torch.linalg_qr(x).R, Real(3, 3));
        Add("linalg_svd", x => torch.linalg_svd(x, full_matrices: false).S, Real(3, 2));
        Add("linalg_svdvals", x => torch.linalg_svdvals(x), Real(3, 2));
        Add("linalg_lstsq", (x, y) => x.linalg_lstsq(y).solution, Real(4, 2), Real(4, 1));
        Add("linalg_pinv", x => x.linalg_pinv(1e-10), Real(3, 2));
        Add("linalg_matrix_exp", x => x.linalg_matrix_exp(), Real(2, 2));
        Add("linalg_lu_factor", x => torch.linalg_lu_factor(x).LU, Real(3, 3));
        Add("linalg_solve_triangular", (x, y) => (x.tril() + torch.eye(3, torch.float64)).linalg_solve_triangular(y, upper: false), Positive(3, 3), Real(3, 2));
        Add("triangular_solve", (x, y) => y.triangular_solve(x.triu()).solution, Positive(3, 3), Real(3, 2));
        Add("cholesky_inverse", x => PositiveDefinite(x).linalg_cholesky().cholesky_inverse(), Real(3, 3));
        Add("cholesky_solve", (x, y) => y.cholesky_solve(PositiveDefinite(x).linalg_cholesky()), Real(3, 3), Real(3, 2));
    }

    private static void Networks()
    {
        Add("relu", x => x.relu(), Real(6));
        Add("elu", x => x.elu(0.7), Real(6));
        Add("selu", x => x.selu(), Real(6));
        Add("celu", x => x.celu(0.7), Real(6));
        Add("leaky_relu", x => x.leaky_relu(0.2), Real(6));
        Add("gelu", x => x.gelu(), Real(6));
        Add("gelu tanh", x => x.gelu("tanh"), Real(6));
        Add("silu", x => x.silu(), Real(6));
        Add("mish", x => x.mish(), Real(6));
        Add("softplus", x => x.softplus(), Real(6));
        Add("softshrink", x => x.softshrink(), Real(6));
        Add("hardshrink", x => x.hardshrink(), Real(6));
        Add("hardtanh", x => x.hardtanh(), Real(6));
        Add("hardsigmoid", x => x.hardsigmoid(), Real(6));
        Add("hardswish", x => x.hardswish(), Real(6));
        Add("relu6", x => x.relu6(), Real(6));
        Add("log_sigmoid", x => x.log_sigmoid(), Real(6));
        Add("prelu", (x, a) => x.prelu(a), Real(2, 3), Real(3));
        Add("glu", x => x.glu(), Real(2, 4));
        Add("softmax", x => x.softmax(-1), Real(2, 3));
        Add("log_softmax", x => x.log_softmax(-1), Real(2, 3));
        Add("linear", (x, w, b) => torch.linear(x, w, b), Real(2, 3), Real(2, 3), Real(2));
        Add("bilinear", (x, y, w) => torch.bilinear(x, y, w), Real(2, 3), Real(2, 2), Real(2, 3, 2));
        Add("conv1d", (x, w, b) => torch.conv1d(x, w, b, stride: 2, padding: 1), Real(1, 2, 5), Real(2, 2, 3), Real(2));
        Add("conv2d", (x, w, b) => torch.conv2d(x, w, b, stride: 2, padding: [1, 0]), Real(1, 2, 4, 3), Real(2, 2, 2, 2), Real(2));
        Add("conv2d grouped", (x, w) => torch.conv2d(x, w, groups: 2, dilation: 2), Real(1, 2, 4, 3), Real(2, 1, 2, 2));
        Add("conv3d", (x, w) => torch.conv3d(x, w), Real(1, 1, 2, 3, 2), Real(1, 1, 2, 2, 2));
        Add("conv_transpose1d", (x, w) => torch.conv_transpose1d(x, w, stride: 2), Real(1, 2, 3), Real(2, 1, 2));
        Add("conv_transpose2d", (x, w, b) => torch.conv_transpose2d(x, w, b, stride: 2, padding: 1, output_padding: 1), Real(1, 2, 2, 3), Real(2, 2, 3, 3), Real(2));
        Add("batch_norm training", (x, w, b) => torch.batch_norm(x, w, b, null, null, true, 0.1, 1e-5, false), Real(3, 2, 2), Real(2), Real(2));
        Add("batch_norm", (x, w, b) => torch.batch_norm(x, w, b, Numbers(0.1, -0.2), Numbers(0.5, 1.5), false, 0.1, 1e-5, false), Real(3, 2, 2), Real(2), Real(2));
        Add("layer_norm", (x, w, b) => torch.layer_norm(x, 3, w, b), Real(2, 3), Real(3), Real(3));
        Add("group_norm", (x, w, b) => torch.group_norm(x, 2, w, b), Real(2, 4, 2), Real(4), Real(4));
        Add("instance_norm", (x, w, b) => torch.instance_norm(x, w, b, null, null, true, 0.1, 1e-5, false), Real(2, 2, 4), Real(2), Real(2));
        Add("max_pool1d", x => x.max_pool1d(2), Real(1, 2, 4));
        Add("max_pool2d", x => x.max_pool2d(2, stride: 1), Real(1, 1, 3, 3));
        Add("avg_pool1d", x => x.avg_pool1d(2), Real(1, 2, 4));
        Add("avg_pool2d", x => x.avg_pool2d(2, padding: 1), Real(1, 1, 3, 3));
        Add("adaptive_avg_pool1d", x => x.adaptive_avg_pool1d(2), Real(1, 2, 5));
        Add("adaptive_avg_pool2d", x => x.adaptive_avg_pool2d([2, 1]), Real(1, 1, 3, 3));
        Add("adaptive_max_pool2d", x => x.adaptive_max_pool2d([2, 1]).item1, Real(1, 1, 3, 3));
        Add("upsample_nearest2d", x => x.upsample_nearest2d([4, 4]), Real(1, 1, 2, 3));
        Add("upsample_bilinear2d", x => x.upsample_bilinear2d([4, 4], align_corners: false), Real(1, 1, 2, 3));
        Add("im2col", x => x.im2col([2, 2], [1, 1], [0, 0], [1, 1]), Real(1, 1, 3, 3));
        Add("col2im", x => x.col2im([3, 3], [2, 2], [1, 1], [0, 0], [1, 1]), Real(1, 4, 4));
        Add("grid_sampler", (x, g) => torch.grid_sampler(x, g, 0, 0, false), Real(1, 1, 3, 3), Between(-0.6, 0.6, 1, 2, 2, 2));
        Add("embedding", w => torch.embedding(w, Indices(2, 0, 2)), Real(3, 2));
    }

    private static void Losses()
    {
        Add("binary_cross_entropy", (x, y) => x.binary_cross_entropy(y), Probability(5), Probability(5));
        Add("binary_cross_entropy_with_logits", x => x.binary_cross_entropy_with_logits(Numbers(0, 1, 0.3, 1, 0), reduction: 0), Real(5));
        Add("cross_entropy_loss", x => x.cross_entropy_loss(Indices(2, 0), label_smoothing: 0.1), Real(2, 3));
        Add("nll_loss", x => x.log_softmax(1).nll_loss(Indices(2, 0)), Real(2, 3));
        Add("nll_loss2d", x => x.log_softmax(1).nll_loss2d(Indices(2, 0, 1, 1).view([1, 2, 2])), Real(1, 3, 2, 2));
        Add("mse_loss", (x, y) => x.mse_loss(y), Real(5), Real(5));
        Add("l1_loss", (x, y) => x.l1_loss(y), Real(5), Real(5));
        Add("smooth_l1_loss", (x, y) => x.smooth_l1_loss(y), Real(5), Real(5));
        Add("huber_loss", (x, y) => x.huber_loss(y), Real(5), Real(5));
        Add("kl_div", (x, y) => x.kl_div(y), Real(5), Positive(5));
        Add("poisson_nll_loss", x => torch.poisson_nll_loss(x, Numbers(0, 1, 2), true, false, 1e-8, 1), Real(3));
        Add("cosine_embedding_loss", (x, y) => torch.cosine_embedding_loss(x, y, Numbers(1, -1), margin: -0.9), Real(2, 3), Real(2, 3));
        Add("margin_ranking_loss", (x, y) => torch.margin_ranking_loss(x, y, Numbers(1, -1, 1), margin: 0.5), Real(3), Real(3));
        Add("triplet_margin_loss", (x, y, z) => torch.triplet_margin_loss(x, y, z), Real(2, 3), Real(2, 3), Real(2, 3));
        Add("hinge_embedding_loss", x => x.hinge_embedding_loss(Numbers(1, -1, -1)), Real(3));
        Add("soft_margin_loss", x => x.soft_margin_loss(Numbers(1, -1, -1)), Real(3));
    }
}
