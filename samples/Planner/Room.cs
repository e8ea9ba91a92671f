using Heaviside.Data;

namespace Planner;

/// <summary>A room of 5 x 5 places with a wall: from any place one is to come to the middle. Its starts are drawn, none is stored.</summary>
internal sealed class Room : TrainingData
{
    public const int Side = 5, Places = Side * Side, Moves = 8;
    private static readonly (int X, int Y)[] Walls = [(1, 1), (2, 1), (3, 1), (1, 2)];
    private static readonly (int X, int Y)[] Steps = [(1, 0), (-1, 0), (0, 1), (0, -1)];

    public override string Name => "room";

    public override string Source => "drawn starts in a room of 5 x 5 places";

    public override string Fingerprint => "room-1";

    public override string Unit => "starts";

    public override int Count(Split split) => split == Split.Train ? 10_000 : 500;

    public override IBatchSource Shuffled(Split split, int batchSize, ulong seed) => new Starts(Count(split), batchSize, seed + (ulong)split);

    public override IBatchSource InOrder(Split split, int batchSize, ulong seed) => Shuffled(split, batchSize, seed);

    /// <summary>What a plan of moves is worth: 1 less a twentieth for each move until the middle is reached, else 0.</summary>
    public static float Reward(int x, int y, ReadOnlySpan<long> moves)
    {
        for (var t = 0; t < moves.Length; t++)
        {
            if ((x, y) == (Side / 2, Side / 2)) return 1 - (t / 20f);
            var (toX, toY) = (Math.Clamp(x + Steps[moves[t]].X, 0, Side - 1), Math.Clamp(y + Steps[moves[t]].Y, 0, Side - 1));
            if (!Walls.Contains((toX, toY))) (x, y) = (toX, toY);
        }

        return (x, y) == (Side / 2, Side / 2) ? 1 - (moves.Length / 20f) : 0;
    }

    private sealed class Starts(int count, int batchSize, ulong seed) : IBatchSource
    {
        public int Count => count;

        public int BatchesPerEpoch => (count - 1) / batchSize + 1;

        public Batch At(int epoch, int index)
        {
            var size = Math.Min(batchSize, count - (index * batchSize));
            var random = new Random(HashCode(epoch, index));
            long[] places = [.. Enumerable.Range(0, size).Select(_ => (long)random.Next(Places))];
            return new(new NamedArrays(size).With("place", places), epoch, index);
        }

        private int HashCode(int epoch, int index) => unchecked((int)((seed * 1_000_003) + ((ulong)epoch * 7919) + (ulong)index));
    }
}
