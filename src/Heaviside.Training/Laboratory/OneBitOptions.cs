using Heaviside.Configuration;

namespace Heaviside.Laboratory;

/// <summary>The problem <c>one-bit</c>, f(b) = (b - t)^2.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
public sealed record OneBitOptions
{
    /// <summary>t, from -1e6 to 1e6; default 0.45.</summary>
    [Option("t in f(b) = (b - t)^2", Least = -1e6, Most = 1e6)]
    public double Target { get; init => field = OptionInfo.Checked(this, value); } = 0.45;

    /// <summary>The initial logit, from -50 to 50; default 1.</summary>
    [Option("the initial logit", Least = -50, Most = 50)]
    public double Logit { get; init => field = OptionInfo.Checked(this, value); } = 1;
}
