using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    private const double Near = 200; // so far apart, products of two conductances are numbers of full precision

    private readonly int vertices, edges, rank;
    private readonly int width; // of the vectors, whose last numbers are 0: the loops take four at a time
    private readonly double[] conductances; // or their logarithms, symmetric
    private readonly double[] shares; // sqrt of W_ij / d, row by row: those with which i is left
    private readonly (double Old, double New)[] parts; // sqrt of the parts of each conductance when a vertex was eliminated, in the order of elimination
    private readonly double[] vectors; // c_e, one after the other
    private readonly double[] square, basis, left;
    private readonly (int I, int J)[] ends;
    private readonly Forest forest;

    internal TreeSums(int vertices)
    {
        (this.vertices, edges, rank) = (vertices, BitPairs.Count(vertices), vertices - 1);
        width = (rank + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count;
        (conductances, shares, forest) = (new double[vertices * vertices], new double[vertices * vertices], new(vertices));
        parts = new (double, double)[vertices * rank * (vertices - 2) / 6];
        (vectors, square, basis, left) = (new double[edges * width], new double[rank * width], new double[rank * width], new double[edges]);
        ends = [.. Enumerable.Range(0, edges).Select(e => BitPairs.At(e, vertices))];
    }

    /// <inheritdoc/>
    public override int NumbersPerDraw => rank;

    /// <inheritdoc/>
    public override double Sum(ReadOnlySpan<double> scores)
    {
        var (most, least) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var score in scores) (most, least) = (Math.Max(most, score), Math.Min(least, score));
        var isNear = most - least <= Near;
        for (var e = 0; e < edges; e++) left[e] = isNear ? Math.Exp(scores[e] - most) : Math.Max(scores[e] - most, -Farthest);
        BitPairs.Spread(left, conductances, vertices);
        var logZ = (isNear ? Eliminate() : EliminateLogs()) + (rank * most);
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
        {
            var c = Vector(f);
            for (var r = 0; r < rank; r++) Add(direction[f] * c[r], c, square.AsSpan(r * width, width));
        }

        for (var e = 0; e < edges; e++)
        {
            var c = Vector(e);
            var sum = 0.0;
            for (var r = 0; r < rank; r++) sum += c[r] * Dot(c, square.AsSpan(r * width, width));
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
                if (left[e] == 0) continue;
                var along = Dot(Vector(e), direction);
                left[e] = forest.AreJoined(ends[e].I, ends[e].J) ? 0 : Math.Max(left[e] - (along * along), 0);
            }
        }
    }

    private double Eliminate()
    {
        var (logZ, part) = (0.0, 0);
        for (var i = 0; i < rank; i++)
        {
            var row = conductances.AsSpan(i * vertices, vertices);
            var d = 0.0;
            for (var j = i + 1; j < vertices; j++) d += row[j];
            logZ += Math.Log(d);
            for (var j = i + 1; j < vertices; j++)
            {
                var share = row[j] / d;
                var others = conductances.AsSpan(j * vertices, vertices);
                shares[(i * vertices) + j] = Math.Sqrt(share);
                for (var k = j + 1; k < vertices; k++)
                {
                    var (old, added) = (others[k], share * row[k]);
                    others[k] = old + added;
                    parts[part++] = (Math.Sqrt(old / others[k]), Math.Sqrt(added / others[k]));
                }
            }
        }

        return logZ;
    }

    private double EliminateLogs()
    {
        var (logZ, part) = (0.0, 0);
        for (var i = 0; i < rank; i++)
        {
            var row = conductances.AsSpan(i * vertices, vertices);
            var logD = LogSum(row[(i + 1)..]);
            logZ += logD;
            for (var j = i + 1; j < vertices; j++)
            {
                var share = row[j] - logD;
                var others = conductances.AsSpan(j * vertices, vertices);
                shares[(i * vertices) + j] = Math.Exp(share / 2);
                for (var k = j + 1; k < vertices; k++)
                {
                    var (old, added) = (others[k], share + row[k]);
                    var ratio = Math.Exp(-Math.Abs(old - added));
                    var (larger, smaller) = (Math.Sqrt(1 / (1 + ratio)), Math.Sqrt(ratio / (1 + ratio)));
                    others[k] = Math.Max(old, added) + Math.Log(1 + ratio);
                    parts[part++] = old >= added ? (larger, smaller) : (smaller, larger);
                }
            }
        }

        return logZ;
    }

    // The vertices come back, last first. What an edge jk owed to vertex i becomes part of the vectors of ij and ik.
    private void Connect()
    {
        Array.Clear(vectors);
        var part = parts.Length;
        for (var i = rank - 1; i >= 0; i--)
        {
            var row = shares.AsSpan(i * vertices, vertices);
            var first = BitPairs.Index(i, i + 1, vertices) - i - 1; // less than the places of i's edges by j
            var jk = edges; // their places, backwards too
            for (var j = rank; j > i; j--)
                for (var k = rank; k > j; k--)
                {
                    var (old, added) = parts[--part];
                    Split(Vector(--jk), old, added * row[j], Vector(first + k), -added * row[k], Vector(first + j));
                }

            for (var j = i + 1; j < vertices; j++) Vector(first + j)[i] = row[j];
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
        var direction = basis.AsSpan(size * width, width);
        Vector(edge).CopyTo(direction);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var b = 0; b < size; b++) Add(-Dot(direction, basis.AsSpan(b * width, width)), basis.AsSpan(b * width, width), direction);
            var length = Math.Sqrt(Dot(direction, direction));
            foreach (ref var x in direction) x /= length;
        }

        return direction;
    }

    private Span<double> Vector(int edge) => vectors.AsSpan(edge * width, width);

    private static double LogSum(ReadOnlySpan<double> logs)
    {
        var (most, sum) = (double.NegativeInfinity, 0.0);
        foreach (var log in logs) most = Math.Max(most, log);
        foreach (var log in logs) sum += Math.Exp(log - most);
        return most + Math.Log(sum);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var x = Fours(a);
        var y = Fours(b);
        var sum = Vector256<double>.Zero;
        for (var r = 0; r < x.Length; r++) sum += x[r] * y[r];
        return Vector256.Sum(sum);
    }

    // y + scale x
    private static void Add(double scale, ReadOnlySpan<double> x, Span<double> y)
    {
        var from = Fours(x);
        var to = Fours(y);
        for (var r = 0; r < to.Length; r++) to[r] += from[r] * scale;
    }

    private static ReadOnlySpan<Vector256<double>> Fours(ReadOnlySpan<double> numbers) => MemoryMarshal.Cast<double, Vector256<double>>(numbers);

    private static Span<Vector256<double>> Fours(Span<double> numbers) => MemoryMarshal.Cast<double, Vector256<double>>(numbers);

    // Adds multiples of a vector to two others, and leaves a part of it.
    private static void Split(Span<double> vector, double kept, double a, Span<double> first, double b, Span<double> second)
    {
        var from = Fours(vector);
        var x = Fours(first);
        var y = Fours(second);
        for (var r = 0; r < from.Length; r++)
        {
            x[r] += from[r] * a;
            y[r] += from[r] * b;
            from[r] *= kept;
        }
    }
}
