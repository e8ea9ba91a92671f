using System.CommandLine;
using Heaviside.Cli.Options;
using Heaviside.Pictures;
using Heaviside.Training;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside sample</c>, <c>heaviside reconstruct</c> and <c>heaviside mixing</c>: pictures from a run.</summary>
internal sealed class PictureCommand
{
    private readonly RunOptions of = new();
    private readonly Option<int> count;
    private readonly Option<ulong?> seed = CheckedOption.Whole<ulong>("--seed", "Seed of the latents [default: that of the run]", 0, long.MaxValue);
    private readonly Option<string?> output = new("--out") { Description = "The file: JPEG if its name ends in .jpg, else PNG", HelpName = "FILE" };
    private readonly Func<Experiment, int, ulong, RasterImage> draw;

    private PictureCommand(int defaultCount, Func<Experiment, int, ulong, RasterImage> draw)
    {
        this.draw = draw;
        count = CheckedOption.Whole("--count", "How many images", 1, 10_000, defaultCount);
    }

    internal static Command Sample() => new PictureCommand(100, RunImages.Samples).Create(new CommandWithExamples(
        "sample",
        "Writes a picture of what a run's model generates; of one that completes images, rows of a test image and nine completions.",
        new("sample runs/second", "a hundred images into sample.png"),
        new("sample runs/second --count 25 --seed 7 --out few.png", "others")));

    internal static Command Reconstruct() => new PictureCommand(50, RunImages.Reconstructions).Create(new CommandWithExamples(
        "reconstruct",
        "Writes a picture of test images, each above its reconstruction.",
        new("reconstruct runs/second", "fifty of them into reconstruct.png"),
        new("reconstruct runs/second --count 20 --out some.png", "fewer")));

    internal static Command Mixing() => new PictureCommand(10, RunImages.Mixing).Create(new CommandWithExamples(
        "mixing",
        "Writes a picture of chains of a run's Boltzmann machine: each row is a chain, after 0, 1, 3, 10, 30, ..., 10,000 sweeps.",
        new("mixing runs/mnist-static-boltzmann-vae-gumbolt-1", "ten chains into mixing.png"),
        new("mixing runs/first --count 5 --seed 2 --out five.png", "others")));

    private Command Create(CommandWithExamples command)
    {
        command.Add([.. of.All, count, seed, output]);
        output.Description += $" [default: {command.Name}.png]";
        command.SetAction(parsed =>
        {
            using var experiment = of.Load(parsed);
            var file = parsed.GetValue(output) ?? $"{command.Name}.png";
            ImageFile.Write(file, draw(experiment, parsed.GetValue(count), Seeds.Derive(parsed.GetValue(seed) ?? experiment.Options.Seed, "pictures")));
            Console.Out.WriteLine(file);
        });
        return command;
    }
}
