using Heaviside.Configuration;
using Heaviside.Networks.Graphs;
using Heaviside.Structured;

namespace Heaviside.Models.Graphs;

/// <summary>The options of a <see cref="NeuralRelationalInference"/>.</summary>
public sealed record NeuralRelationalInferenceOptions : IChecksOptions
{
    /// <summary>The network that infers edges.</summary>
    [OptionGroup]
    public EdgeEncoderOptions Encoder { get; init; } = new();

    /// <summary>How the decoder predicts the next frame; default from the last one alone.</summary>
    [Option("how the decoder predicts the next frame: from the last one alone, or with a memory")]
    public EdgeDecoderKind Decoder { get; init; }

    /// <summary>Width of the decoder's layers, from 1 to 100000; default 256.</summary>
    [Option("width of the decoder's layers", Least = 1, Most = 100_000)]
    public int DecoderWidth { get; init => field = OptionInfo.Checked(this, value); } = 256;

    /// <summary>What the edges are; default a type for each ordered pair.</summary>
    [Option("what the edges are: a type for each ordered pair, the best graph of a kind with Gumbel noise, or one drawn from its Gibbs law")]
    public EdgeKind Edges { get; init; }

    /// <summary>How many types of edges there are, K, from 2 to 20; default 2.</summary>
    [Option("types of edges", Least = 2, Most = 20, If = nameof(Edges), Is = EdgeKind.Categories)]
    public int EdgeTypes { get; init => field = OptionInfo.Checked(this, value); } = 2;

    /// <summary>Whether edges of type 0 have no messages, so that this type means that there is no edge; default false.</summary>
    [Option("edges of type 0 have no messages")]
    public bool SkipFirst { get; init; }

    /// <summary>The prior probability of type 0, below 1, of which the other types share the rest; default 0: all types have the same.</summary>
    [Option("prior probability of type 0, the others share the rest; 0: all the same", Least = 0, Most = 0.999_999, If = nameof(Edges), Is = EdgeKind.Categories)]
    public double NoEdge { get; init => field = OptionInfo.Checked(this, value); }

    /// <summary>How many frames training predicts from each that is seen, from 1 to 10000; default 10.</summary>
    [Option("frames that training predicts from each that is seen", Least = 1, Most = 10_000)]
    public int PredictionSteps { get; init => field = OptionInfo.Checked(this, value); } = 10;

    /// <summary>Whether training sees all frames but the last, of which <see cref="PredictionSteps"/> are predicted; default false: it sees one every
    /// <see cref="PredictionSteps"/> frames.</summary>
    [Option("see all frames but the last prediction-steps ones, instead of one every so many")]
    public bool BurnIn { get; init; }

    /// <summary>The variance of a feature around its prediction, from 1e-12 to 1e6; default 5e-5.</summary>
    [Option("variance of a feature around its prediction", Least = 1e-12, Most = 1e6)]
    public double Variance { get; init => field = OptionInfo.Checked(this, value); } = 5e-5;

    /// <inheritdoc/>
    public string? Conflict => Edges != EdgeKind.Categories && EdgeTypes != 2 ? "setting 'edge-types' is for edges=categories; other graphs have an edge or none" : null;

    /// <summary>What training sees and predicts.</summary>
    internal Rollout TrainingRollout(int frames) => BurnIn ? Rollout.AfterBurnIn(frames, PredictionSteps) : Rollout.Every(PredictionSteps, frames);

    /// <summary>The latent variables.</summary>
    internal EdgeLatents CreateEdges(GraphData data) => Edges switch
    {
        EdgeKind.Tree => new PerturbedEdges(data.Pairs, new SpanningTree()),
        EdgeKind.TopK => new PerturbedEdges(data.Pairs, AsManyAsTrees(data)),
        EdgeKind.GibbsTree => new GibbsEdges(data.Pairs, new SpanningTree()),
        EdgeKind.GibbsTopK => new GibbsEdges(data.Pairs, AsManyAsTrees(data)),
        _ => new CategoricalEdges(data.Pairs.Count, EdgeTypes, NoEdge),
    };

    /// <summary>A decoder with random initial weights.</summary>
    internal EdgeDecoder CreateDecoder(GraphData data, int types, Generator rng) => Decoder == EdgeDecoderKind.Mlp
        ? new MlpEdgeDecoder(data.Pairs, data.Features, types, DecoderWidth, SkipFirst, rng)
        : new RecurrentEdgeDecoder(data.Pairs, data.Features, types, DecoderWidth, SkipFirst, rng);

    private static TopK AsManyAsTrees(GraphData data) => new() { Ones = data.Pairs.Objects - 1 };
}
