namespace Heaviside.Torch.Tests;

/// <summary>The operators that have gradients, each with inputs from the inside of its domain.</summary>
internal static partial class GradientCases
{
    internal static Dictionary<string, (Func<Tensor[], Tensor> Function, Func<Generator, Tensor>[] Inputs)> All { get; } = [];

    static GradientCases()
    {
        Elementwise();
        Reductions();
        Shapes();
        Indexing();
        LinearAlgebra();
        Networks();
        Losses();
    }

    private static Func<Generator, Tensor> Real(params long[] shape) => g => torch.randn(shape, g, torch.float64);

    private static Func<Generator, Tensor> Between(double low, double high, params long[] shape) =>
        g => torch.rand(shape, g, torch.float64) * (high - low) + low;

    private static Func<Generator, Tensor> Positive(params long[] shape) => Between(0.5, 2, shape);

    private static Func<Generator, Tensor> Probability(params long[] shape) => Between(0.1, 0.9, shape);

    private static Tensor Indices(params long[] values) => torch.tensor(values);

    private static Tensor Numbers(params double[] values) => torch.tensor(values);

    private static void Add(string name, Func<Tensor, Tensor> f, Func<Generator, Tensor> input) => All.Add(name, (x => f(x[0]), [input]));

    private static void Add(string name, Func<Tensor, Tensor, Tensor> f, Func<Generator, Tensor> a, Func<Generator, Tensor> b) =>
        All.Add(name, (x => f(x[0], x[1]), [a, b]));

    private static void Add(
        string name, Func<Tensor, Tensor, Tensor, Tensor> f, Func<Generator, Tensor> a, Func<Generator, Tensor> b, Func<Generator, Tensor> c) =>
        All.Add(name, (x => f(x[0], x[1], x[2]), [a, b, c]));

    private static void Elementwise()
    {
        Add("abs", x => x.abs(), Real(5));
        Add("neg", x => -x, Real(5));
        Add("reciprocal", x => x.reciprocal(), Positive(5));
        Add("square", x => x.square(), Real(5));
        Add("sqrt", x => x.sqrt(), Positive(5));
        Add("rsqrt", x => x.rsqrt(), Positive(5));
        Add("exp", x => x.exp(), Real(5));
        Add("expm1", x => x.expm1(), Real(5));
        Add("exp2", x => x.exp2(), Real(5));
        Add("log", x => x.log(), Positive(5));
        Add("log1p", x => x.log1p(), Positive(5));
        Add("log2", x => x.log2(), Positive(5));
        Add("log10", x => x.log10(), Positive(5));
        Add("logit", x => x.logit(), Probability(5));
        Add("sin", x => x.sin(), Real(5));
        Add("cos", x => x.cos(), Real(5));
        Add("tan", x => x.tan(), Between(-1, 1, 5));
        Add("asin", x => x.asin(), Between(-0.9, 0.9, 5));
        Add("acos", x => x.acos(), Between(-0.9, 0.9, 5));
        Add("atan", x => x.atan(), Real(5));
        Add("sinh", x => x.sinh(), Real(5));
        Add("cosh", x => x.cosh(), Real(5));
        Add("tanh", x => x.tanh(), Real(5));
        Add("asinh", x => x.asinh(), Real(5));
        Add("acosh", x => x.acosh(), Between(1.5, 3, 5));
        Add("atanh", x => x.atanh(), Between(-0.9, 0.9, 5));
        Add("erf", x => x.erf(), Real(5));
        Add("erfc", x => x.erfc(), Real(5));
        Add("erfinv", x => x.erfinv(), Between(-0.9, 0.9, 5));
        Add("lgamma", x => x.lgamma(), Positive(5));
        Add("digamma", x => x.digamma(), Positive(5));
        Add("polygamma", x => torch.polygamma(1, x), Positive(5));
        Add("special_i0e", x => x.special_i0e(), Real(5));
        Add("special_i1e", x => x.special_i1e(), Real(5));
        Add("special_ndtr", x => x.special_ndtr(), Real(5));
        Add("special_ndtri", x => x.special_ndtri(), Probability(5));
        Add("special_log_ndtr", x => x.special_log_ndtr(), Real(5));
        Add("special_entr", x => x.special_entr(), Positive(5));
        Add("sigmoid", x => x.sigmoid(), Real(5));
        Add("frac", x => x.frac(), Between(0.1, 0.9, 5));
        Add("nan_to_num", x => x.nan_to_num(), Real(5));
        Add("clamp", x => x.clamp(-0.5, 0.5), Real(8));
        Add("clamp_min", x => x.clamp_min(0.1), Real(8));
        Add("clamp_max", x => x.clamp_max(0.1), Real(8));
        Add("clamp by tensors", (x, a, b) => x.clamp(a, b), Real(8), Between(-0.6, -0.3, 8), Between(0.3, 0.6, 8));
        Add("pow by number", x => x.pow(2.5), Positive(5));
        Add("pow", (x, y) => x.pow(y), Positive(5), Real(5));
        Add("pow of number", x => torch.pow(1.7, x), Real(5));
        Add("add", (x, y) => x.add(y, alpha: 0.3), Real(2, 3), Real(3));
        Add("sub", (x, y) => x.sub(y, alpha: 0.3), Real(2, 3), Real(2, 1));
        Add("rsub", (x, y) => x.rsub(y, alpha: 0.3), Real(2, 3), Real(3));
        Add("mul", (x, y) => x * y, Real(2, 3), Real(3));
        Add("div", (x, y) => x / y, Real(2, 3), Positive(3));
        Add("number / x", x => 2 / x, Positive(3));
        Add("number - x", x => 2 - x, Real(3));
        Add("maximum", (x, y) => x.maximum(y), Real(6), Real(6));
        Add("minimum", (x, y) => x.minimum(y), Real(6), Real(6));
        Add("atan2", (x, y) => x.atan2(y), Real(5), Positive(5));
        Add("logaddexp", (x, y) => x.logaddexp(y), Real(5), Real(5));
        Add("xlogy", (x, y) => x.xlogy(y), Real(5), Positive(5));
        Add("special_xlog1py", (x, y) => x.special_xlog1py(y), Real(5), Positive(5));
        Add("fmod", x => x.fmod(0.7), Real(5));
        Add("remainder", x => x.remainder(0.7), Real(5));
        Add("lerp", (x, y) => x.lerp(y, 0.3), Real(5), Real(5));
        Add("lerp by tensor", (x, y, w) => x.lerp(y, w), Real(5), Real(5), Probability(5));
        Add("addcmul", (x, y, z) => x.addcmul(y, z, value: -0.7), Real(5), Real(5), Real(5));
        Add("addcdiv", (x, y, z) => x.addcdiv(y, z, value: -0.7), Real(5), Real(5), Positive(5));
        Add("where", (x, y) => torch.where(x.gt(y), x * 2, y), Real(6), Real(6));
        Add("in place", x => x.clone().mul_(x).add_(x, alpha: 0.5).sigmoid_(), Real(6));
    }

    private static void Reductions()
    {
        Add("sum", x => x.sum(), Real(2, 3));
        Add("sum dim", x => x.sum([0, 2], keepdim: true), Real(2, 3, 2));
        Add("nansum", x => x.nansum(0L), Real(2, 3));
        Add("mean", x => x.mean(), Real(2, 3));
        Add("mean dim", x => x.mean(-1), Real(2, 3));
        Add("prod", x => x.prod(), Real(4));
        Add("prod dim", x => x.prod(1), Real(2, 3));
        Add("std", x => x.std(), Real(6));
        Add("std dim", x => x.std(0, unbiased: false), Real(4, 2));
        Add("var", x => x.var(), Real(6));
        Add("var dim", x => x.var(0, correction: 0), Real(4, 2));
        Add("std_mean", x => torch.stack([x.std_mean(0).item1, x.std_mean(0).item2]), Real(4, 2));
        Add("var_mean", x => torch.stack([x.var_mean(0).item1, x.var_mean(0).item2]), Real(4, 2));
        Add("amax", x => x.amax(1), Real(3, 4));
        Add("amin", x => x.amin(1), Real(3, 4));
        Add("max", x => x.max(1).values, Real(3, 4));
        Add("min", x => x.min(1).values, Real(3, 4));
        Add("max of all", x => x.max(), Real(6));
        Add("median", x => x.median(1).values, Real(3, 5));
        Add("quantile", x => x.quantile(0.3, 1), Real(3, 5));
        Add("kthvalue", x => x.kthvalue(2, 1).values, Real(3, 5));
        Add("topk", x => x.topk(2, 1).values, Real(3, 5));
        Add("sort", x => x.sort(1, true).values, Real(3, 5));
        Add("logsumexp", x => x.logsumexp(1), Real(3, 4));
        Add("cumsum", x => x.cumsum(1), Real(2, 4));
        Add("cumprod", x => x.cumprod(1), Real(2, 4));
        Add("logcumsumexp", x => x.logcumsumexp(1), Real(2, 4));
        Add("cummax", x => x.cummax(1).values, Real(2, 4));
        Add("cummin", x => x.cummin(1).values, Real(2, 4));
        Add("diff", x => x.diff(), Real(2, 4));
        Add("norm", x => x.norm(), Real(6));
        Add("norm dim", x => x.norm(3, 1), Real(2, 4));
        Add("linalg_vector_norm", x => x.linalg_vector_norm(3, 1), Real(2, 4));
        Add("linalg_matrix_norm", x => x.linalg_matrix_norm(1), Real(3, 3));
        Add("trace", x => x.trace(), Real(3, 3));
        Add("dist", (x, y) => x.dist(y), Real(5), Real(5));
        Add("cross", (x, y) => x.cross(y, 1), Real(2, 3), Real(2, 3));
        Add("cosine_similarity", (x, y) => torch.cosine_similarity(x, y), Real(2, 3), Real(2, 3));
        Add("pairwise_distance", (x, y) => torch.pairwise_distance(x, y), Real(2, 3), Real(2, 3));
    }
}
