namespace Heaviside.Torch.Tests.Optim;

/// <summary>The update rules element by element in float64, written as the papers have them.</summary>
internal sealed class Textbook(double[] start, Textbook.Rule rule)
{
    private readonly double[] first = new double[start.Length];
    private readonly double[] second = new double[start.Length];
    private int step;

    /// <summary>One element: its gradient, what is remembered of it, and the number of the step.</summary>
    internal delegate double Rule(double parameter, double gradient, ref double first, ref double second, int step);

    internal double[] Values { get; } = [.. start];

    internal void Step(double[] gradient)
    {
        step++;
        for (var i = 0; i < Values.Length; i++) Values[i] = rule(Values[i], gradient[i], ref first[i], ref second[i], step);
    }

    internal static Rule Sgd(double lr, double momentum, double dampening, bool nesterov, double decay) =>
        (double p, double g, ref double m, ref double _, int t) =>
        {
            g += decay * p;
            m = t == 1 ? g : (momentum * m) + ((1 - dampening) * g);
            return p - (lr * (nesterov ? g + (momentum * m) : momentum > 0 ? m : g));
        };

    internal static Rule Adam(double lr, double beta1, double beta2, double eps, double penalty, double decoupled) =>
        (double p, double g, ref double m, ref double v, int t) =>
        {
            p *= 1 - (lr * decoupled);
            g += penalty * p;
            m = (beta1 * m) + ((1 - beta1) * g);
            v = (beta2 * v) + ((1 - beta2) * g * g);
            var mean = m / (1 - Math.Pow(beta1, t));
            var square = v / (1 - Math.Pow(beta2, t));
            return p - (lr * mean / (Math.Sqrt(square) + eps));
        };
}
