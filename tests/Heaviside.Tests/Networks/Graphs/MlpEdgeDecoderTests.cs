using Heaviside.Networks.Graphs;

namespace Heaviside.Tests.Networks.Graphs;

/// <summary>The decoder's loops over memory against the operators that other types of numbers take.</summary>
public class MlpEdgeDecoderTests
{
    private const int Objects = 4, Features = 3, Frames = 8, Types = 3;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Predict_Floats_AgreesWithOperatorsInDoublePrecision(bool isHard, bool isFirstSilent)
    {
        var single = Run(ScalarType.Float32, isHard, isFirstSilent);
        var exact = Run(ScalarType.Float64, isHard, isFirstSilent);
        single.Keys.ShouldBe(exact.Keys);
        foreach (var (name, value) in single)
            (value.@double() - exact[name]).abs().max().Number().ShouldBeLessThan(1e-5 * (1 + exact[name].abs().max().Number()), name);
    }

    // Each edge on the route of its type alone, or all on all with weights 0 and 1.
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Predict_HardTypes_IsThatOfWeights(ScalarType type)
    {
        using var rng = new Generator(1);
        var decoder = Decoder(type, isFirstSilent: false, rng);
        var (x, edges) = (torch.randn([2, Objects, Frames, Features], type, generator: rng), Edges(type, isHard: true, rng));
        var chosen = decoder.Predict(x, edges, Rollout.Every(3, Frames));
        var weighted = decoder.Predict(x, edges.clone().requires_grad_(), Rollout.Every(3, Frames));
        (chosen - weighted).abs().max().Number().ShouldBeLessThan(1e-5);
    }

    // Predictions, and the gradients of a sum of them.
    private static Dictionary<string, Tensor> Run(ScalarType type, bool isHard, bool isFirstSilent)
    {
        using var rng = new Generator(1);
        var decoder = Decoder(type, isFirstSilent, rng);
        var x = torch.randn([2, Objects, Frames, Features], generator: rng).to(type).requires_grad_();
        var edges = Edges(type, isHard, rng);
        if (!isHard) edges.requires_grad_();
        var y = decoder.Predict(x, edges, Rollout.Every(3, Frames));
        (y * torch.randn(y.shape, generator: rng).to(type)).sum().backward();
        return new(
        [
            KeyValuePair.Create("predictions", y.detach()), KeyValuePair.Create("x", x.grad!),
            .. isHard ? [] : new[] { KeyValuePair.Create("edges", edges.grad!) },
            .. decoder.named_parameters().Select(p => KeyValuePair.Create(p.name, p.parameter.grad!)),
        ]);
    }

    private static MlpEdgeDecoder Decoder(ScalarType type, bool isFirstSilent, Generator rng)
    {
        var decoder = new MlpEdgeDecoder(new(Objects), Features, Types, width: 16, isFirstSilent, rng);
        decoder.to(type);
        return decoder;
    }

    private static Tensor Edges(ScalarType type, bool isHard, Generator rng)
    {
        var scores = torch.randn([2, Objects * (Objects - 1), Types], generator: rng);
        return (isHard ? torch.zeros_like(scores).scatter(-1, scores.argmax(-1, keepdim: true), torch.ones_like(scores)) : scores.softmax(-1)).to(type).detach();
    }
}
