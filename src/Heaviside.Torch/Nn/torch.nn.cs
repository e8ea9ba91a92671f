namespace Heaviside.Torch;

public static partial class torch
{
    /// <summary>Layers under PyTorch's names. Whatever is random takes its <see cref="Generator"/>.</summary>
    public static partial class nn
    {
        /// <inheritdoc cref="Torch.Linear(long, long, Generator, bool, Device?, ScalarType?)"/>
        public static Linear Linear(
            long in_features, long out_features, Generator generator, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
            new(in_features, out_features, generator, bias, device, dtype);

        /// <inheritdoc cref="Torch.Conv2d(long, long, Longs, Generator, Longs, Longs, Longs, long, bool, Device?, ScalarType?)"/>
        public static Conv2d Conv2d(
            long in_channels, long out_channels, Longs kernel_size, Generator generator, Longs stride = default, Longs padding = default,
            Longs dilation = default, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
            new(in_channels, out_channels, kernel_size, generator, stride, padding, dilation, groups, bias, device, dtype);

        /// <inheritdoc cref="Torch.ConvTranspose2d(long, long, Longs, Generator, Longs, Longs, Longs, long, bool, Longs, Device?, ScalarType?)"/>
        public static ConvTranspose2d ConvTranspose2d(
            long in_channels, long out_channels, Longs kernel_size, Generator generator, Longs stride = default, Longs padding = default,
            Longs output_padding = default, long groups = 1, bool bias = true, Longs dilation = default, Device? device = null, ScalarType? dtype = null) =>
            new(in_channels, out_channels, kernel_size, generator, stride, padding, output_padding, groups, bias, dilation, device, dtype);

        /// <inheritdoc cref="Torch.BatchNorm1d(long, double, double, bool, Device?, ScalarType?)"/>
        public static BatchNorm1d BatchNorm1d(
            long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = true, Device? device = null, ScalarType? dtype = null) =>
            new(num_features, eps, momentum, affine, device, dtype);

        /// <inheritdoc cref="Torch.BatchNorm2d(long, double, double, bool, Device?, ScalarType?)"/>
        public static BatchNorm2d BatchNorm2d(
            long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = true, Device? device = null, ScalarType? dtype = null) =>
            new(num_features, eps, momentum, affine, device, dtype);

        /// <inheritdoc cref="Torch.Embedding(long, long, Generator, Device?, ScalarType?)"/>
        public static Embedding Embedding(
            long num_embeddings, long embedding_dim, Generator generator, Device? device = null, ScalarType? dtype = null) =>
            new(num_embeddings, embedding_dim, generator, device, dtype);

        /// <inheritdoc cref="Torch.Dropout(Generator, double)"/>
        public static Dropout Dropout(Generator generator, double p = 0.5) => new(generator, p);

        /// <inheritdoc cref="Torch.Sequential(Module{Tensor, Tensor}[])"/>
        public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

        /// <summary>Modules with names of their own.</summary>
        public static Sequential Sequential(params (string name, Module<Tensor, Tensor> module)[] modules) => new(modules);

        /// <inheritdoc cref="Torch.Flatten"/>
        public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);

        /// <inheritdoc cref="Torch.Identity"/>
        public static Identity Identity() => new();

        /// <summary>max(x, 0).</summary>
        public static Activation ReLU() => new(nameof(ReLU), x => x.relu());

        /// <summary>max(x, 0) + slope min(x, 0).</summary>
        public static Activation LeakyReLU(double negative_slope = 0.01) => new(nameof(LeakyReLU), x => x.leaky_relu(negative_slope));

        /// <summary>x above zero, alpha (e^x - 1) below.</summary>
        public static Activation ELU(double alpha = 1) => new(nameof(ELU), x => x.elu(alpha));

        /// <summary>The self-normalizing exponential unit (arXiv:1706.02515).</summary>
        public static Activation SELU() => new(nameof(SELU), x => x.selu());

        /// <summary>x times the normal distribution function of x (arXiv:1606.08415).</summary>
        public static Activation GELU() => new(nameof(GELU), x => x.gelu());

        /// <summary>x sigmoid(x).</summary>
        public static Activation SiLU() => new(nameof(SiLU), x => x.silu());

        /// <summary>The hyperbolic tangent.</summary>
        public static Activation Tanh() => new(nameof(Tanh), x => x.tanh());

        /// <summary>1 / (1 + e^-x).</summary>
        public static Activation Sigmoid() => new(nameof(Sigmoid), x => x.sigmoid());

        /// <summary>The logarithm of the sigmoid, without overflow.</summary>
        public static Activation LogSigmoid() => new(nameof(LogSigmoid), x => x.log_sigmoid());

        /// <summary>log(1 + e^(beta x)) / beta, and x itself where beta x exceeds the threshold.</summary>
        public static Activation Softplus(double beta = 1, double threshold = 20) => new(nameof(Softplus), x => x.softplus(beta, threshold));

        /// <summary>Probabilities along a dimension.</summary>
        public static Activation Softmax(long dim) => new(nameof(Softmax), x => x.softmax(dim));

        /// <summary>Log-probabilities along a dimension, in nats.</summary>
        public static Activation LogSoftmax(long dim) => new(nameof(LogSoftmax), x => x.log_softmax(dim));
    }
}
