using System.Globalization;

namespace Heaviside.Torch;

/// <summary>Where a tensor lives: <c>cpu</c>, <c>cuda</c> (the current GPU) or <c>cuda:1</c>.</summary>
/// <param name="Type">The kind of device.</param>
/// <param name="Index">Which one; -1 is the current one.</param>
public readonly record struct Device(DeviceType Type, int Index = -1)
{
    internal long Packed => ((long)Type << 8) | (long)(byte)Index;

    internal static Device Unpack(long packed) => new((DeviceType)(packed >> 8), (sbyte)(packed & 0xff));

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static Device Parse(string text)
    {
        var parts = text.Split(':');
        var index = -1;
        var valid = parts.Length <= 2
            && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index));
        return (valid, parts[0]) switch
        {
            (true, "cpu") => new(DeviceType.CPU, index),
            (true, "cuda") => new(DeviceType.CUDA, index),
            _ => throw new FormatException($"'{text}' is no device: write cpu, cuda or cuda:N"),
        };
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() =>
        Type.ToString().ToLowerInvariant() + (Index >= 0 ? string.Create(CultureInfo.InvariantCulture, $":{Index}") : "");
}
