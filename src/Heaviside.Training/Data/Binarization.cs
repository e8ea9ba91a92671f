using System.Globalization;
using Heaviside.Numerics;

namespace Heaviside.Data;

/// <summary>How grey values become the numbers a model sees: <c>none</c>, <c>threshold</c>, <c>dynamic</c>, <c>fixed(seed=N)</c>.</summary>
/// <remarks>Drawn pixels are on with probability exactly g / 255: an integer from 0 to 254 is compared with the grey value g.</remarks>
public abstract class Binarization
{
    /// <summary>The seed of <see cref="Dynamic"/>'s one draw for validation and test: the same in every run, so that results compare.</summary>
    public const ulong EvaluationSeed = 1;

    private const ulong DefaultFixedSeed = 1;

    private Binarization() { }

    /// <summary>Grey values g / 255, in [0, 1].</summary>
    public static Binarization None { get; } = new Lookup("none", "grey values in [0, 1]", g => g / 255f);

    /// <summary>1 where the grey value is at least 0.5 (g >= 128), else 0.</summary>
    public static Binarization Threshold { get; } = new Lookup("threshold", "1 where the grey value is at least 0.5", g => g >= 128 ? 1 : 0);

    /// <summary>A fresh draw every epoch for training; for validation and test one draw with <see cref="EvaluationSeed"/>.</summary>
    public static Binarization Dynamic { get; } = new Fresh();

    /// <summary>One draw with a seed of its own, whatever the run's seed is.</summary>
    public static Binarization Fixed(ulong seed) => new Once(seed);

    /// <summary>One line for people: what is done to training images and to the others.</summary>
    public abstract string Description { get; }

    /// <summary>Reads a name as <c>ToString</c> writes it; <c>fixed</c> alone has seed 1.</summary>
    /// <exception cref="InputException">The text is none of the four.</exception>
    public static Binarization Parse(string text)
    {
        const string Start = "fixed(seed=";
        switch (text.Trim())
        {
            case "none": return None;
            case "threshold": return Threshold;
            case "dynamic": return Dynamic;
            case "fixed": return Fixed(DefaultFixedSeed);
            case var trimmed when trimmed.StartsWith(Start, StringComparison.Ordinal) && trimmed.EndsWith(')')
                && ulong.TryParse(trimmed.AsSpan(Start.Length..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                return Fixed(seed);
            default: throw new InputException($"unknown binarization '{text}': choose none, threshold, dynamic, fixed or fixed(seed=N)");
        }
    }

    /// <summary>Writes one image as the model sees it, <c>[ImageSize]</c>, in [0, 1]: a pure function of the arguments.</summary>
    public abstract void Write(ImageSet images, int image, ulong seed, int epoch, Span<float> pixels);

    /// <summary>The expected value of every pixel that a model sees, <c>[ImageSize]</c>, in [0, 1].</summary>
    public virtual float[] PixelMeans(ImageSet images)
    {
        var sums = new double[images.ImageSize];
        var pixels = new float[images.ImageSize];
        for (var i = 0; i < images.Count; i++)
        {
            Write(images, i, seed: 0, epoch: 0, pixels);
            for (var p = 0; p < sums.Length; p++) sums[p] += pixels[p];
        }
        return Array.ConvertAll(sums, sum => (float)(sum / images.Count));
    }

    private static void DrawOnce(ImageSet images, int image, ulong seed, Span<float> pixels) =>
        BernoulliPixels.Draw(images.Image(image), new SplitMix64(seed, RandomPurpose.FixedPixels, (int)images.Split, image), pixels);

    private sealed class Lookup(string name, string description, Func<int, float> map) : Binarization
    {
        private readonly float[] table = [.. Enumerable.Range(0, 256).Select(map)];

        public override string Description => description;

        public override void Write(ImageSet images, int image, ulong seed, int epoch, Span<float> pixels)
        {
            var grey = images.Image(image);
            pixels = pixels[..grey.Length];
            ReadOnlySpan<float> table = this.table;
            for (var p = 0; p < pixels.Length; p++) pixels[p] = table[grey[p]];
        }

        public override string ToString() => name;
    }

    private sealed class Fresh : Binarization
    {
        public override string Description => $"a fresh Bernoulli draw every epoch; validation and test drawn once, with seed {EvaluationSeed} in every run";

        public override void Write(ImageSet images, int image, ulong seed, int epoch, Span<float> pixels)
        {
            if (images.Split != Split.Train) DrawOnce(images, image, EvaluationSeed, pixels);
            else BernoulliPixels.Draw(images.Image(image), new SplitMix64(seed, RandomPurpose.DynamicPixels, epoch, image), pixels);
        }

        public override float[] PixelMeans(ImageSet images) =>
            images.Split == Split.Train ? images.PixelMeans() : base.PixelMeans(images);

        public override string ToString() => "dynamic";
    }

    private sealed class Once(ulong fixedSeed) : Binarization
    {
        public override string Description => $"one Bernoulli draw with seed {fixedSeed}";

        public override void Write(ImageSet images, int image, ulong seed, int epoch, Span<float> pixels) =>
            DrawOnce(images, image, fixedSeed, pixels);

        public override string ToString() => $"fixed(seed={fixedSeed})";
    }
}
