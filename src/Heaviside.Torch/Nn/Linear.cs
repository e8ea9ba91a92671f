namespace Heaviside.Torch;

/// <summary>The affine map x W' + b: [..., in] to [..., out].</summary>
public sealed class Linear : Module<Tensor, Tensor>
{
    private readonly long inFeatures;

    /// <summary>A layer whose weight and bias are uniform on +-1 / sqrt(in).</summary>
    /// <param name="in_features">The size of the last dimension of the input.</param>
    /// <param name="out_features">The size of the last dimension of the result.</param>
    /// <param name="generator">Where the initial values come from.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="device">Of the parameters; default the generator's.</param>
    /// <param name="dtype">Of the parameters; default float32.</param>
    public Linear(
        long in_features, long out_features, Generator generator, bool bias = true, Device? device = null, ScalarType? dtype = null)
    {
        inFeatures = Argument.AtLeast(1, in_features, nameof(in_features));
        Argument.AtLeast(1, out_features, nameof(out_features));
        (weight, this.bias) = Weights.Create([out_features, in_features], bias ? out_features : 0, generator, device, dtype);
        register_parameter(nameof(weight), weight);
        if (this.bias is { } b) register_parameter(nameof(bias), b);
    }

    /// <summary>W, [out, in].</summary>
    public Tensor weight { get; }

    /// <summary>b, [out], or null.</summary>
    public Tensor? bias { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The last dimension of the input is not in_features.</exception>
    public override Tensor forward(Tensor input)
    {
        if (input.shape is not [.., var last] || last != inFeatures) throw Argument.Shape(nameof(input), $"[..., {inFeatures}]", input);
        return torch.linear(input, weight, bias);
    }
}
