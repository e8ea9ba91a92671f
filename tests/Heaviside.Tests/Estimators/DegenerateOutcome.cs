namespace Heaviside.Tests.Estimators;

/// <summary>What comes of a computation, as text: its shape, and whether all numbers are finite, or a refusal. What is no clear refusal begins with "!".</summary>
internal static class DegenerateOutcome
{
    /// <summary>Computes it, and its gradient where there is one.</summary>
    internal static string Of(Func<Tensor> of, params Tensor[] parameters)
    {
        try
        {
            var value = of();
            if (value.requires_grad)
                foreach (var gradient in Autograd.GradOrNull([value.sum()], parameters))
                    if (gradient is not null && !gradient.isfinite().all().item<bool>()) return "!a gradient that is not finite";
            return value.isfinite().all().item<bool>() ? $"[{string.Join(", ", value.shape)}]" : "!numbers that are not finite";
        }
        catch (Exception error) when (error is ArgumentException and not ArgumentOutOfRangeException or InvalidOperationException)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
        catch (Exception error)
        {
            return $"!{error.GetType().Name}: {error.Message.Split('\n')[0]}";
        }
    }
}
