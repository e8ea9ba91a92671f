using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Direct;

/// <summary>A VAE with 15 bits, with or without scores of pairs; with them the best bits are found by comparing all assignments, which a matrix product scores.</summary>
internal sealed class Bits : Module<Tensor, Tensor>
{
    private const int Count = 15;

    private readonly bool hasPairs, isSupermodular, isRelaxed;
    private readonly Module<Tensor, Tensor> encoder, decoder;
    private readonly Tensor first, second, states, products, each_bit;

    internal Bits(long pixels, string work) : base(nameof(Bits))
    {
        hasPairs = !work.Contains("pairs") && !work.Contains("gumbel");
        isSupermodular = work.Contains("supermodular");
        isRelaxed = work.Contains("gumbel");
        var pairs = triu_indices(Count, Count, 1);
        (first, second) = (pairs[0], pairs[1]);
        states = arange(1 << Count).unsqueeze(1).bitwise_right_shift(arange(Count - 1, -1, -1)).bitwise_and(1).to(ScalarType.Float32);
        products = states.index_select(1, first) * states.index_select(1, second);
        each_bit = eye(Count).unsqueeze(-1);
        encoder = DirectTraining.Perceptron(pixels, 2 * Count + (hasPairs ? first.shape[0] : 0));
        decoder = DirectTraining.Perceptron(2 * Count, pixels);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var (single, pairwise) = Scores(x);
        if (isRelaxed) return DirectTraining.Losses(decoder, Draw.GumbelSoftmax(single, DirectTraining.Temperature).flatten(1), x).mean();

        var noise = Draw.GumbelLike(single);
        Tensor z, flipped, towards;
        using (no_grad())
        {
            z = Argmax(single + noise, pairwise);
            flipped = DirectTraining.Losses(decoder, Changed(z).flatten(2), x.unsqueeze(1));
        }

        var loss = DirectTraining.Losses(decoder, z.flatten(1), x);
        using (no_grad())
        {
            var each = where(z.to(ScalarType.Bool), loss.view(-1, 1, 1), flipped.unsqueeze(-1));
            towards = Argmax(single + noise - DirectTraining.Epsilon * each, pairwise);
        }

        return (loss + (Score(z, single, pairwise) - Score(towards, single, pairwise)) / DirectTraining.Epsilon).mean();
    }

    // One-hot scores [B, N, 2] of the bits, and those of the pairs [B, N (N - 1) / 2].
    private (Tensor Single, Tensor Pairwise) Scores(Tensor x)
    {
        var h = encoder.forward(x);
        var (single, pairwise) = (h.narrow(1, 0, 2 * Count).view(-1, Count, 2), h.narrow(1, 2 * Count, h.shape[1] - 2 * Count));
        return (single, isSupermodular ? functional.softplus(pairwise) : pairwise);
    }

    private Tensor Argmax(Tensor single, Tensor pairwise)
    {
        if (!hasPairs) return Draw.OneHot(single);
        var total = (single.select(-1, 1) - single.select(-1, 0)).mm(states.t()) + pairwise.mm(products.t());
        var bits = states.index_select(0, total.argmax(-1));
        return stack([1 - bits, bits], -1);
    }

    // Copy i of the code has the other value of bit i: [B, N, N, 2].
    private Tensor Changed(Tensor z) => (z.unsqueeze(1) - each_bit).abs();

    private Tensor Score(Tensor z, Tensor single, Tensor pairwise)
    {
        var total = (z * single).sum([-1, -2]);
        if (!hasPairs) return total;
        var bits = z.select(-1, 1);
        return total + (bits.index_select(1, first) * bits.index_select(1, second) * pairwise).sum(-1);
    }
}
