namespace Heaviside.Torch;

/// <summary>PyTorch's default initialization of linear and convolutional layers.</summary>
internal static class Weights
{
    /// <summary>A weight and, unless <paramref name="biases"/> is 0, a bias, uniform on +-1 / sqrt(fan_in) of the weight.</summary>
    internal static (Tensor Weight, Tensor? Bias) Create(
        Longs shape, long biases, Generator generator, Device? device, ScalarType? dtype)
    {
        var weight = torch.nn.init.kaiming_uniform_(torch.empty(shape, dtype, device ?? generator.Device), generator, a: Math.Sqrt(5));
        if (biases == 0) return (weight, null);
        var bound = 1 / Math.Sqrt(torch.nn.init.calculate_fan_in_and_fan_out(weight).fan_in);
        return (weight, torch.nn.init.uniform_(torch.empty(biases, dtype, device ?? generator.Device), generator, -bound, bound));
    }
}
