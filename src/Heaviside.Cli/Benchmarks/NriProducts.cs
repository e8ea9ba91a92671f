namespace Heaviside.Cli.Benchmarks;

/// <summary>The affine layers of a training step of neural relational inference, as blocks that fit into a processor's cache.</summary>
/// <param name="Batch">Trajectories per step.</param>
/// <param name="Objects">n.</param>
/// <param name="Frames">T.</param>
/// <param name="Features">D.</param>
/// <param name="Width">Width of all layers.</param>
internal sealed record NriProducts(int Batch, int Objects, int Frames, int Features, int Width)
{
    private const int Block = 256;

    /// <summary>The layers.</summary>
    /// <param name="messages">How many types of edges have messages.</param>
    /// <param name="evaluated">How many of them are evaluated on an edge, in the mean.</param>
    /// <param name="outputs">What the encoder says of an edge.</param>
    internal IReadOnlyList<AffineLayer> Layers(int messages, double evaluated, int outputs)
    {
        var (objects, pairs) = (Batch * Objects, Batch * Objects * (Objects - 1));
        var predicted = (long)objects * (Frames - 1);
        return
        [
            Blocks(predicted * (Objects - 1) * evaluated, Width, Width), // second layers of messages
            Blocks(predicted * messages * 2, Features, Width), // first layers, of senders and of receivers
            Blocks(predicted * 2, Width, Width), Blocks(predicted, Features, Width), Blocks(predicted, Width, Features), // what objects make of them
            Blocks(objects, Frames * Features, Width) with { PassesGradient = false }, // the encoder
            Blocks((objects * 7L) + (pairs * 3L), Width, Width), Blocks(pairs, Width, outputs),
        ];
    }

    private static AffineLayer Blocks(double rows, int inputs, int outputs) => new(Block, inputs, outputs) { Times = Math.Max(1, (int)Math.Round(rows / Block)) };
}
