namespace Heaviside.Tests.Models.Graphs;

/// <summary>The decoders of arXiv:1802.04687 as their formulas say it, number by number, with the weights of a model.</summary>
internal sealed class PlainDecoder(torch.nn.Module model, int objects, int types, bool isFirstSilent)
{
    private readonly Dictionary<string, Tensor> weights = model.state_dict().ToDictionary(t => t.Key, t => t.Value);

    // sum_t |x_t+1 - prediction|^2, a prediction from each frame or, where that is not seen, from the prediction of it.
    internal double SquaredError(double[][][] x, int[][] typeOf, Func<int, bool> isSeen, bool isRecurrent)
    {
        var (frame, error) = (x[0], 0.0);
        var memory = Enumerable.Range(0, objects).Select(_ => new double[Bias("decoder.hidden").Length]).ToArray();
        for (var t = 0; t + 1 < x.Length; t++)
        {
            if (isSeen(t)) frame = x[t];
            frame = isRecurrent ? Recurrent(frame, memory, typeOf) : Next(frame, typeOf);
            error += frame.Zip(x[t + 1], (p, y) => p.Zip(y, (a, b) => (a - b) * (a - b)).Sum()).Sum();
        }

        return error;
    }

    private double[][] Next(double[][] x, int[][] typeOf) => [.. Enumerable.Range(0, objects).Select(i =>
    {
        var received = Received(i, x, typeOf, Relu);
        var first = Relu(Plus(Affine("decoder.own", x[i]), Linear("decoder.received", received)));
        return Plus(x[i], Affine("decoder.output", Relu(Affine("decoder.hidden", first))));
    })];

    private double[][] Recurrent(double[][] x, double[][] memory, int[][] typeOf)
    {
        var scale = (types - (isFirstSilent ? 1 : 0)) * objects;
        var next = Enumerable.Range(0, objects).Select(i =>
        {
            var heard = Linear("decoder.received", [.. Received(i, memory, typeOf, v => [.. v.Select(Math.Tanh)]).Select(m => m / scale)]);
            var (seen, h) = (Affine("decoder.gates", x[i]), memory[i].Length);
            double Sigmoid(int at) => 1 / (1 + Math.Exp(-(seen[at] + heard[at])));
            return Enumerable.Range(0, h).Select(k =>
            {
                var candidate = Math.Tanh(seen[(2 * h) + k] + (Sigmoid(k) * heard[(2 * h) + k]));
                return ((1 - Sigmoid(h + k)) * candidate) + (Sigmoid(h + k) * memory[i][k]);
            }).ToArray();
        }).ToArray();
        next.CopyTo(memory, 0);
        return [.. Enumerable.Range(0, objects).Select(i => Plus(x[i], Affine("decoder.output", Relu(Affine("decoder.hiddenAgain", Relu(Affine("decoder.hidden", memory[i])))))))];
    }

    // The sum of the messages to object i; typeOf[i][j] is the type of the edge from j to i.
    private double[] Received(int i, double[][] x, int[][] typeOf, Func<double[], double[]> f)
    {
        double[]? sum = null;
        for (var j = 0; j < objects; j++)
        {
            if (j == i) continue;
            var silent = isFirstSilent && typeOf[i][j] == 0;
            var network = $"decoder.messages{(silent ? 1 : typeOf[i][j])}";
            var message = f(Affine($"{network}.second", f(Affine($"{network}.first.map", [.. x[j], .. x[i]]))));
            if (silent) message = new double[message.Length];
            sum = sum is null ? message : Plus(sum, message);
        }

        return sum!;
    }

    private double[] Affine(string map, double[] x) => Plus(Linear(map, x), Bias(map));

    private double[] Bias(string map) => weights[$"{map}.bias"].to(ScalarType.Float64).ToArray<double>();

    private double[] Linear(string map, double[] x)
    {
        var w = weights[$"{map}.weight"].to(ScalarType.Float64);
        var all = w.ToArray<double>();
        return [.. Enumerable.Range(0, (int)w.size(0)).Select(o => x.Select((value, i) => value * all[(o * x.Length) + i]).Sum())];
    }

    private static double[] Plus(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double[] Relu(double[] x) => [.. x.Select(v => Math.Max(v, 0))];
}
