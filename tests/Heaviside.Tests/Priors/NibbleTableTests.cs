using System.Runtime.Intrinsics;
using Heaviside.Priors.Kernels;

namespace Heaviside.Tests.Priors;

public class NibbleTableTests
{
    // On every processor, whatever width the sampler takes there.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 33)]
    [InlineData(24, 16)]
    [InlineData(37, 50)]
    [InlineData(200, 200)]
    public unsafe void Sum_AnyWidth_IsTheBiasPlusTheWeightsOfOnesInTwoHalvesThatSaturate(int inputs, int outputs)
    {
        var random = new Random(1);
        short[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (short)random.Next(short.MinValue, short.MaxValue))]; // sums wrap around
        var (bias, oddBias, weights) = (Numbers(outputs), Numbers(outputs), Numbers(outputs * inputs));
        byte[] bits = [.. Enumerable.Range(0, inputs).Select(_ => (byte)random.Next(2))];
        var packed = new byte[Packing.Bytes(inputs)];
        Packing.Pack(bits, packed);

        var narrow = new NibbleTable<short>(inputs, outputs, lanes: 16);
        var wide = new NibbleTable<short>(inputs, outputs, lanes: 32);
        foreach (var table in new[] { narrow, wide }) table.Build(bias, weights, nextInput: 1, nextOutput: inputs, oddBias);
        for (var o = 0; o < outputs; o++)
        {
            short Half(short[] biases, int parity) => // of every second group of four inputs
                (short)(biases[o] + Enumerable.Range(0, inputs).Where(i => i / 4 % 2 == parity).Sum(i => bits[i] * weights[(o * inputs) + i]));
            var sum = (short)Math.Clamp(Half(bias, 0) + Half(oddBias, 1), short.MinValue, short.MaxValue);
            fixed (byte* input = packed)
            {
                NibbleTable<short>.Sum<Vector256<short>>(narrow.Block(o / 16), input, narrow.Groups)[o % 16].ShouldBe(sum);
                NibbleTable<short>.Sum<Vector512<short>>(wide.Block(o / 32), input, wide.Groups)[o % 32].ShouldBe(sum);
            }
        }
    }
}
