namespace Heaviside.Torch;

/// <summary>Gives each channel mean zero and variance one over the batch, then a learned scale and shift (arXiv:1502.03167).</summary>
/// <remarks>Training uses the batch's own statistics and moves the running ones towards them; evaluation uses the running
/// ones. The batch's variance is divided by n to normalize and by n - 1 in the running variance, as PyTorch does.</remarks>
public abstract class BatchNorm : Module<Tensor, Tensor>
{
    private readonly long features;

    private protected BatchNorm(long num_features, double eps, double momentum, bool affine, Device? device, ScalarType? dtype)
    {
        features = Argument.AtLeast(1, num_features, nameof(num_features));
        this.eps = eps >= 0 ? eps : throw new ArgumentException($"eps: expected at least 0, got {eps}");
        this.momentum = Argument.Probability(momentum, nameof(momentum));
        if (affine)
        {
            weight = register_parameter(nameof(weight), torch.ones(features, dtype, device));
            bias = register_parameter(nameof(bias), torch.zeros(features, dtype, device));
        }

        running_mean = register_buffer(nameof(running_mean), torch.zeros(features, dtype, device));
        running_var = register_buffer(nameof(running_var), torch.ones(features, dtype, device));
        num_batches_tracked = register_buffer(nameof(num_batches_tracked), torch.zeros([], torch.int64, device));
    }

    /// <summary>Added to the variance.</summary>
    public double eps { get; }

    /// <summary>The weight of the newest batch in the running statistics, in [0, 1].</summary>
    public double momentum { get; }

    /// <summary>The scale, [C], one at first; null without affine.</summary>
    public Tensor? weight { get; }

    /// <summary>The shift, [C], zero at first; null without affine.</summary>
    public Tensor? bias { get; }

    /// <summary>The moving average of batch means, [C].</summary>
    public Tensor running_mean { get; }

    /// <summary>The moving average of unbiased batch variances, [C].</summary>
    public Tensor running_var { get; }

    /// <summary>How many batches the averages have seen: one int64.</summary>
    public Tensor num_batches_tracked { get; }

    /// <summary>Whether training moves the running statistics; default true. False for a second look at the same batch.</summary>
    public bool updates_running_stats { get; set; } = true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shape is wrong, or training has but one value per channel.</exception>
    public sealed override Tensor forward(Tensor input)
    {
        var shape = input.shape;
        if (!Accepts(shape.Length) || shape[1] != features) throw Argument.Shape(nameof(input), Expected(features), input);
        if (training)
        {
            if (input.numel() <= features) throw new ArgumentException($"input: training needs more than one value per channel, got shape [{string.Join(", ", shape)}]");
            if (updates_running_stats) num_batches_tracked.add_(1);
        }

        var hidden = training && !updates_running_stats;
        return torch.batch_norm(
            input, weight, bias, hidden ? null : running_mean, hidden ? null : running_var, training, momentum, eps, cudnn_enabled: true);
    }

    /// <summary>Moves the running statistics towards those of a batch, for a computation that does not go through <see cref="forward"/>.</summary>
    /// <param name="mean">The batch's means, [C].</param>
    /// <param name="variance">Its variances, divided by n, [C].</param>
    /// <param name="count">n, the number of values per channel, 2 or more.</param>
    public void track(Tensor mean, Tensor variance, long count)
    {
        using var _ = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        num_batches_tracked.add_(1);
        running_mean.mul_(1 - momentum).add_(mean, momentum);
        running_var.mul_(1 - momentum).add_(variance, momentum * count / (count - 1));
    }

    private protected abstract bool Accepts(int dimensions);

    private protected abstract string Expected(long channels);
}
