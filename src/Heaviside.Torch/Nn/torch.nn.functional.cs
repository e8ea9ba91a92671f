namespace Heaviside.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Losses, and functions without parameters. Input and target never broadcast against each other.</summary>
        public static class functional
        {
            /// <summary>Minus the log-likelihood of a Bernoulli target, in nats; any shape.</summary>
            /// <param name="input">Logits.</param>
            /// <param name="target">Of the same shape, in [0, 1].</param>
            /// <param name="weight">A factor per element, which broadcasts.</param>
            /// <param name="pos_weight">A factor of the terms with target one, which broadcasts.</param>
            /// <param name="reduction">How the elements become one number.</param>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Tensor? pos_weight = null, Reduction reduction = Reduction.Mean)
            {
                Argument.SameShape(input, target);
                return input.binary_cross_entropy_with_logits(target, weight, pos_weight, (long)reduction);
            }

            /// <summary>Minus the log-likelihood of a Bernoulli target, in nats, from probabilities; logits are safer.</summary>
            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
            {
                Argument.SameShape(input, target);
                return input.binary_cross_entropy(target, weight, (long)reduction);
            }

            /// <summary>Minus the log-probability of a class, in nats.</summary>
            /// <param name="input">Logits [B, K] or [B, K, ...].</param>
            /// <param name="target">Classes [B] or [B, ...] of int64, or probabilities of the input's shape.</param>
            /// <param name="weight">A factor per class, [K].</param>
            /// <param name="ignore_index">The class that does not count.</param>
            /// <param name="label_smoothing">The part in [0, 1] of the target that is spread over all classes.</param>
            /// <param name="reduction">How the elements, of the shape of classes, become one number.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                double label_smoothing = 0, Reduction reduction = Reduction.Mean) =>
                input.cross_entropy_loss(target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>Minus the given log-probability of a class: input [B, K], target [B] of int64.</summary>
            public static Tensor nll_loss(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean) =>
                input.nll_loss(target, weight, (long)reduction, ignore_index);

            /// <summary>The squared difference.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
            {
                Argument.SameShape(input, target);
                return input.mse_loss(target, (long)reduction);
            }

            /// <summary>The absolute difference.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
            {
                Argument.SameShape(input, target);
                return input.l1_loss(target, (long)reduction);
            }

            /// <summary>d^2 / (2 beta) of a difference d below <paramref name="beta"/>, and |d| - beta / 2 above.</summary>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, double beta = 1, Reduction reduction = Reduction.Mean)
            {
                Argument.SameShape(input, target);
                return input.smooth_l1_loss(target, (long)reduction, beta);
            }

            /// <summary>d^2 / 2 of a difference d below <paramref name="delta"/>, and delta (|d| - delta / 2) above.</summary>
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean)
            {
                Argument.SameShape(input, target);
                return input.huber_loss(target, (long)reduction, delta);
            }

            /// <summary>The elements t (log t - input) of the divergence of exp(input) from the target t, in nats.</summary>
            /// <remarks>The mean is over elements: for the divergence itself, sum and divide by the batch.</remarks>
            /// <param name="input">Log-probabilities.</param>
            /// <param name="target">Probabilities of the same shape.</param>
            /// <param name="log_target">Whether the target holds log-probabilities too.</param>
            /// <param name="reduction">How the elements become one number.</param>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = false, Reduction reduction = Reduction.Mean)
            {
                Argument.SameShape(input, target);
                return input.kl_div(target, (long)reduction, log_target);
            }

            /// <summary>Zeroes each element with probability <paramref name="p"/> and divides the others by 1 - p.</summary>
            /// <remarks>The mask is drawn on the generator's device: give a generator of the input's device where speed matters.</remarks>
            public static Tensor dropout(Tensor input, Generator generator, double p = 0.5, bool training = true)
            {
                Argument.Probability(p, nameof(p));
                if (!training || p == 0) return input.alias();
                using var drawn = empty(input.shape, input.dtype, generator.Device).bernoulli_(generator, 1 - p).mul_(p < 1 ? 1 / (1 - p) : 0);
                using var mask = drawn.to(input.device);
                return input * mask;
            }
        }
    }
}
