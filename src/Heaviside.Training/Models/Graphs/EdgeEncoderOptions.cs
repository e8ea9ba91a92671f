using Heaviside.Configuration;
using Heaviside.Networks.Graphs;

namespace Heaviside.Models.Graphs;

/// <summary>The network that infers edges from trajectories.</summary>
public sealed record EdgeEncoderOptions
{
    /// <summary>How it sees trajectories; default all frames at once. The paper takes that for springs, and convolutions for charges and oscillators.</summary>
    [Option("how the encoder sees trajectories")]
    public EdgeEncoderKind Encoder { get; init; }

    /// <summary>Width of its layers, from 1 to 100000; default 256.</summary>
    [Option("width of the encoder's layers", Least = 1, Most = 100_000)]
    public int EncoderWidth { get; init => field = OptionInfo.Checked(this, value); } = 256;

    /// <summary>An encoder with random initial weights.</summary>
    /// <exception cref="InputException">Trajectories are too short for convolutions.</exception>
    internal EdgeEncoder Create(GraphData data, int outputs, Generator rng) => Encoder switch
    {
        EdgeEncoderKind.Mlp => new MlpEdgeEncoder(data.Pairs, data.Frames, data.Features, EncoderWidth, outputs, rng),
        _ when data.Frames < ConvolutionalEdgeEncoder.LeastFrames =>
            throw new InputException($"encoder=cnn needs {ConvolutionalEdgeEncoder.LeastFrames} frames at least, the trajectories have {data.Frames}: choose encoder=mlp or longer trajectories"),
        _ => new ConvolutionalEdgeEncoder(data.Pairs, data.Features, EncoderWidth, outputs, rng),
    };
}
