using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Heaviside.Training;

/// <summary>A device of this machine, as settings write it: <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
public sealed partial class ComputeDevice : IParsable<ComputeDevice>
{
    private readonly string text;

    private ComputeDevice(string text) => this.text = text;

    /// <summary>The processor.</summary>
    public static ComputeDevice Cpu { get; } = new("cpu");

    /// <summary>The device as tensors know it.</summary>
    public Device Torch => new(text);

    /// <summary>Reads a device and makes sure that it is there.</summary>
    /// <exception cref="InputException">It is no device, or not of this machine.</exception>
    public static ComputeDevice Parse(string text)
    {
        if (!Form().IsMatch(text)) throw new InputException($"'{text}' is no device: write cpu, cuda or cuda:N");
        var device = new Device(text);
        var gpus = torch.cuda.device_count();
        if (device.type == DeviceType.CUDA && Math.Max(device.index, 0) >= gpus)
            throw new InputException($"device '{text}' is not there: this machine's libtorch sees {gpus} CUDA devices; use --device cpu");
        return new(text);
    }

    /// <inheritdoc/>
    static ComputeDevice IParsable<ComputeDevice>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    static bool IParsable<ComputeDevice>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ComputeDevice result)
    {
        try
        {
            result = s is null ? null : Parse(s);
            return result is not null;
        }
        catch (InputException)
        {
            result = null;
            return false;
        }
    }

    /// <summary>As <see cref="Parse(string)"/> reads it.</summary>
    public override string ToString() => text;

    [GeneratedRegex(@"^(cpu|cuda)(:\d{1,3})?$")]
    private static partial Regex Form();
}
