namespace Heaviside.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initial values. Each function fills its tensor in place, records no gradient and returns the tensor.</summary>
        /// <remarks>Random values are drawn on the generator's device and copied to the tensor's, so that one
        /// seed on a CPU generator gives the same weights on every device.</remarks>
        public static class init
        {
            // The standard deviation is raised by this before truncation at two of them, as TF-slim does; the variance
            // of the truncated law is then 1.3 * 0.774 = 1.006 times the nominal one.
            private const double TruncationCorrection = 1.3;

            /// <summary>Zeros.</summary>
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0.0);

            /// <summary>Ones.</summary>
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1.0);

            /// <summary>One value everywhere.</summary>
            public static Tensor constant_(Tensor tensor, Scalar value)
            {
                using var _ = no_grad();
                return tensor.fill_(value);
            }

            /// <summary>Uniform on [<paramref name="low"/>, <paramref name="high"/>).</summary>
            public static Tensor uniform_(Tensor tensor, Generator generator, double low = 0, double high = 1) =>
                Fill(tensor, generator, values => values.uniform_(generator, low, high));

            /// <summary>Normal.</summary>
            public static Tensor normal_(Tensor tensor, Generator generator, double mean = 0, double std = 1) =>
                Fill(tensor, generator, values => values.normal_(generator, mean, std));

            /// <summary>Normal, given that the value lies in [<paramref name="low"/>, <paramref name="high"/>].</summary>
            /// <param name="tensor">What is filled.</param>
            /// <param name="generator">Where the randomness comes from.</param>
            /// <param name="mean">Of the law before truncation.</param>
            /// <param name="std">Of the law before truncation.</param>
            /// <param name="low">The smallest value.</param>
            /// <param name="high">The largest value.</param>
            public static Tensor trunc_normal_(
                Tensor tensor, Generator generator, double mean = 0, double std = 1, double low = -2, double high = 2)
            {
                if (!(low < high)) throw new ArgumentException($"low: expected less than high = {high}, got {low}");
                return Fill(tensor, generator, values =>
                {
                    // The inverse distribution function of a uniform number between the tails.
                    var tails = torch.tensor([(low - mean) / std, (high - mean) / std]).special_ndtr().ToArray<double>();
                    var uniform = values.@double().uniform_(generator, tails[0], tails[1]);
                    return (uniform.special_ndtri() * std + mean).clamp(low, high);
                });
            }

            /// <summary>Uniform with variance gain^2 * 2 / (fan_in + fan_out): Glorot and Bengio.</summary>
            public static Tensor xavier_uniform_(Tensor tensor, Generator generator, double gain = 1) =>
                Symmetric(tensor, generator, gain * Math.Sqrt(1 / Fan(tensor, FanMode.FanAverage)));

            /// <summary>Normal with variance gain^2 * 2 / (fan_in + fan_out): Glorot and Bengio.</summary>
            public static Tensor xavier_normal_(Tensor tensor, Generator generator, double gain = 1) =>
                normal_(tensor, generator, 0, gain * Math.Sqrt(1 / Fan(tensor, FanMode.FanAverage)));

            /// <summary>Uniform with variance gain^2 / fan (arXiv:1502.01852); PyTorch's default layers take a = sqrt(5).</summary>
            /// <param name="tensor">What is filled, of two dimensions at least.</param>
            /// <param name="generator">Where the randomness comes from.</param>
            /// <param name="a">The slope of <see cref="Nonlinearity.LeakyReLU"/> below zero.</param>
            /// <param name="mode">Which fan.</param>
            /// <param name="nonlinearity">What follows, which fixes the gain.</param>
            public static Tensor kaiming_uniform_(
                Tensor tensor, Generator generator, double a = 0,
                FanMode mode = FanMode.FanIn, Nonlinearity nonlinearity = Nonlinearity.LeakyReLU) =>
                Symmetric(tensor, generator, calculate_gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode)));

            /// <summary>Normal with variance gain^2 / fan (arXiv:1502.01852).</summary>
            /// <inheritdoc cref="kaiming_uniform_"/>
            public static Tensor kaiming_normal_(
                Tensor tensor, Generator generator, double a = 0,
                FanMode mode = FanMode.FanIn, Nonlinearity nonlinearity = Nonlinearity.LeakyReLU) =>
                normal_(tensor, generator, 0, calculate_gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode)));

            /// <summary>Normal with std sqrt(1.3 factor / fan), truncated at two of these: the default of TF-slim.</summary>
            public static Tensor variance_scaling_(Tensor tensor, Generator generator, double factor = 2, FanMode mode = FanMode.FanIn)
            {
                var std = Math.Sqrt(TruncationCorrection * factor / Fan(tensor, mode));
                return trunc_normal_(tensor, generator, 0, std, -2 * std, 2 * std);
            }

            /// <summary>Uniform over matrices with orthonormal rows or columns, whichever are fewer, times <paramref name="gain"/>.</summary>
            /// <remarks>Dimensions after the first are taken together (arXiv:1312.6120).</remarks>
            public static Tensor orthogonal_(Tensor tensor, Generator generator, double gain = 1)
            {
                var (rows, columns) = (tensor.size(0), Fans(tensor).fan_in);
                return Fill(tensor, generator, values =>
                {
                    var tall = randn([Math.Max(rows, columns), Math.Min(rows, columns)], generator, float64, generator.Device);
                    var (q, r) = linalg_qr(tall);
                    q *= r.diagonal().sign(); // without it the law would depend on the signs that the QR routine chooses
                    return gain * (rows < columns ? q.t() : q).reshape(values.shape);
                });
            }

            /// <summary>The number of inputs of one output, and of outputs of one input, of a weight [out, in, ...].</summary>
            /// <exception cref="ArgumentException">The tensor has less than two dimensions.</exception>
            public static (long fan_in, long fan_out) calculate_fan_in_and_fan_out(Tensor tensor) => Fans(tensor);

            /// <summary>The factor that keeps the variance through a nonlinearity; <paramref name="a"/> is the leaky slope.</summary>
            public static double calculate_gain(Nonlinearity nonlinearity, double a = 0.01) => nonlinearity switch
            {
                Nonlinearity.Linear or Nonlinearity.Sigmoid => 1,
                Nonlinearity.Tanh => 5.0 / 3,
                Nonlinearity.ReLU => Math.Sqrt(2),
                Nonlinearity.LeakyReLU => Math.Sqrt(2 / (1 + a * a)),
                Nonlinearity.SELU => 0.75,
                _ => throw new ArgumentException($"nonlinearity: {nonlinearity} is unknown"),
            };

            private static (long fan_in, long fan_out) Fans(Tensor tensor)
            {
                if (tensor.shape is not [var outputs, var inputs, .. var kernel]) throw Argument.Shape(nameof(tensor), "[out, in, ...]", tensor);
                var field = kernel.Aggregate(1L, (a, b) => a * b);
                return (inputs * field, outputs * field);
            }

            private static double Fan(Tensor tensor, FanMode mode)
            {
                var (fan_in, fan_out) = Fans(tensor);
                return mode switch
                {
                    FanMode.FanIn => fan_in,
                    FanMode.FanOut => fan_out,
                    FanMode.FanAverage => (fan_in + fan_out) / 2.0,
                    _ => throw new ArgumentException($"mode: {mode} is unknown"),
                };
            }

            // A uniform law of this standard deviation reaches to sqrt(3) of them.
            private static Tensor Symmetric(Tensor tensor, Generator generator, double std) =>
                uniform_(tensor, generator, -Math.Sqrt(3) * std, Math.Sqrt(3) * std);

            private static Tensor Fill(Tensor tensor, Generator generator, Func<Tensor, Tensor> draw)
            {
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                return tensor.copy_(draw(empty(tensor.shape, tensor.dtype, generator.Device)));
            }
        }
    }
}
