namespace Heaviside.Structured;

/// <summary>Sums over the spanning trees of a complete graph by eliminating its vertices, without a subtraction that could cancel.</summary>
/// <remarks>
/// <para>To eliminate a vertex i of conductances W_ij, whose sum is d, leaves the others connected by W_jk + W_ij W_ik / d; the sum over
/// trees is the product of all d. Logarithms of conductances hold scores that are far apart: up to 1e8 nats, beyond which they count as that.</para>
/// <para>On the way back each edge gets a vector c_e of V - 1 numbers, with which the transfer current matrix is K_ef = c_e'c_f: the trees are the
/// determinantal process of K, its diagonal the marginals, and delta_ef K_ee - K_ef^2 their covariance. All coefficients are at most 1.</para>
/// <para>References: Kirchhoff 1847, doi:10.1002/andp.18471481202; Burton, Pemantle 1993, doi:10.1214/aop/1176989121; draws: Hough, Krishnapur,
/// Peres, Virag 2006, doi:10.1214/154957806000000078.</para>
/// </remarks>
internal sealed class TreeSums : GibbsSolver
{
    private const double Farthest = 1e8; // below the largest score: there the logarithms are rounded at 1e-8

    private readonly int vertices, edges, rank;
    private readonly double[] logs; // of the conductances, symmetric
    private readonly double[] shares; // sqrt of W_ij / d, row by row: those with which i is left
    private readonly (double Old, double New)[] parts; // sqrt of the parts of each conductance when a vertex was eliminated, in the order of elimination
    private readonly double[] vectors; // c_e, one after the other
    private readonly double[] square, basis, left;
    private readonly (int I, int J)[] ends;
    private readonly Forest forest;

    internal TreeSums(int vertices)
    {
        (this.vertices, edges, rank) = (vertices, BitPairs.Count(vertices), vertices - 1);
        (logs, shares, forest) = (new double[vertices * vertices], new double[vertices * vertices], new(vertices));
        parts = new (double, double)[vertices * rank * (vertices - 2) / 6];
        (vectors, square, basis, left) = (new double[edges * rank], new double[rank * rank], new double[rank * rank], new double[edges]);
        ends = [.. Enumerable.Range(0, edges).Select(e => BitPairs.At(e, vertices))];
    }

    /// <inheritdoc/>
    public override int NumbersPerDraw => rank;

    /// <inheritdoc/>
    public override double Sum(ReadOnlySpan<double> scores)
    {
        var most = double.NegativeInfinity;
        foreach (var score in scores) most = Math.Max(most, score);
        for (var e = 0; e < edges; e++) left[e] = Math.Max(scores[e] - most, -Farthest);
        BitPairs.Spread(left, logs, vertices);
        var (logZ, part) = (rank * most, 0);
        for (var i = 0; i < rank; i++)
        {
            var logD = LogSum(logs.AsSpan((i * vertices) + i + 1, rank - i));
            logZ += logD;
            for (var j = i + 1; j < vertices; j++) shares[(i * vertices) + j] = Math.Exp((logs[(i * vertices) + j] - logD) / 2);
            for (var j = i + 1; j < vertices; j++)
                for (var k = j + 1; k < vertices; k++)
                {
                    ref var log = ref logs[(j * vertices) + k];
                    var added = logs[(i * vertices) + j] + (logs[(i * vertices) + k] - logD);
                    var ratio = Math.Exp(-Math.Abs(log - added));
                    var (larger, smaller) = (Math.Sqrt(1 / (1 + ratio)), Math.Sqrt(ratio / (1 + ratio)));
                    parts[part++] = log >= added ? (larger, smaller) : (smaller, larger);
                    log = Math.Max(log, added) + Math.Log(1 + ratio);
                }
        }

        Connect();
        return logZ;
    }

    /// <inheritdoc/>
    public override void Marginals(Span<double> marginals)
    {
        for (var e = 0; e < edges; e++) marginals[e] = Dot(Vector(e), Vector(e));
    }

    // K_ee v_e - sum_f K_ef^2 v_f, the sum as c_e'(sum_f v_f c_f c_f')c_e.
    /// <inheritdoc/>
    public override void Covary(ReadOnlySpan<double> direction, Span<double> product)
    {
        Array.Clear(square);
        for (var f = 0; f < edges; f++)
            for (var r = 0; r < rank; r++)
                Add(direction[f] * Vector(f)[r], Vector(f), square.AsSpan(r * rank, rank));
        for (var e = 0; e < edges; e++)
        {
            var c = Vector(e);
            var sum = 0.0;
            for (var r = 0; r < rank; r++) sum += c[r] * Dot(c, square.AsSpan(r * rank, rank));
            product[e] = (direction[e] * Dot(c, c)) - sum;
        }
    }

    // An edge comes next with the squared length of what the vectors of those before leave of its own.
    /// <inheritdoc/>
    public override void Draw(ReadOnlySpan<double> uniforms, Span<double> assignment)
    {
        assignment.Clear();
        forest.Clear();
        Marginals(left);
        for (var drawn = 0; drawn < rank; drawn++)
        {
            var edge = Choose(uniforms[drawn]);
            assignment[edge] = 1;
            forest.Join(ends[edge].I, ends[edge].J);
            var direction = Extend(drawn, edge);
            for (var e = 0; e < edges; e++)
            {
                var along = Dot(Vector(e), direction);
                left[e] = forest.AreJoined(ends[e].I, ends[e].J) ? 0 : Math.Max(left[e] - (along * along), 0);
            }
        }
    }

    // The vertices come back, last first. What an edge jk owed to vertex i becomes part of the vectors of ij and ik.
    private void Connect()
    {
        Array.Clear(vectors);
        var part = parts.Length;
        for (var i = rank - 1; i >= 0; i--)
        {
            for (var j = rank; j > i; j--)
                for (var k = rank; k > j; k--)
                {
                    var (old, added) = parts[--part];
                    var jk = Vector(BitPairs.Index(j, k, vertices))[(i + 1)..];
                    Add(added * shares[(i * vertices) + j], jk, Vector(BitPairs.Index(i, k, vertices))[(i + 1)..]);
                    Add(-added * shares[(i * vertices) + k], jk, Vector(BitPairs.Index(i, j, vertices))[(i + 1)..]);
                    foreach (ref var c in jk) c *= old;
                }

            for (var j = i + 1; j < vertices; j++) Vector(BitPairs.Index(i, j, vertices))[i] = shares[(i * vertices) + j];
        }
    }

    private int Choose(double uniform)
    {
        var total = 0.0;
        foreach (var each in left) total += each;
        var (upTo, last) = (uniform * total, -1);
        for (var e = 0; e < edges; e++)
        {
            if (left[e] <= 0) continue;
            last = e;
            if ((upTo -= left[e]) < 0) break;
        }

        return last;
    }

    // What an edge's vector adds to an orthonormal basis; done twice, it has no rounding along the others.
    private Span<double> Extend(int size, int edge)
    {
        var direction = basis.AsSpan(size * rank, rank);
        Vector(edge).CopyTo(direction);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var b = 0; b < size; b++) Add(-Dot(direction, basis.AsSpan(b * rank, rank)), basis.AsSpan(b * rank, rank), direction);
            var length = Math.Sqrt(Dot(direction, direction));
            foreach (ref var x in direction) x /= length;
        }

        return direction;
    }

    private Span<double> Vector(int edge) => vectors.AsSpan(edge * rank, rank);

    private static double LogSum(ReadOnlySpan<double> logs)
    {
        var (most, sum) = (double.NegativeInfinity, 0.0);
        foreach (var log in logs) most = Math.Max(most, log);
        foreach (var log in logs) sum += Math.Exp(log - most);
        return most + Math.Log(sum);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var r = 0; r < a.Length; r++) sum += a[r] * b[r];
        return sum;
    }

    private static void Add(double scale, ReadOnlySpan<double> x, Span<double> y)
    {
        for (var r = 0; r < x.Length; r++) y[r] += scale * x[r];
    }
}
