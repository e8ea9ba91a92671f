namespace Heaviside.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Gradient clipping.</summary>
        public static partial class utils
        {
            /// <summary>Scales all gradients by one factor, if needed, so that their joint norm is at most <paramref name="max_norm"/>.</summary>
            /// <param name="parameters">Those without a gradient do not count.</param>
            /// <param name="max_norm">At least 0.</param>
            /// <param name="norm_type">The p of the p-norm; infinity takes the largest magnitude.</param>
            /// <returns>The norm before; when it is not a number, nothing is scaled.</returns>
            public static double clip_grad_norm_(IEnumerable<Tensor> parameters, double max_norm, double norm_type = 2)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(max_norm);
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                var gradients = Gradients(parameters);
                if (gradients.Length == 0) return 0;
                var norms = Array.ConvertAll(gradients, g => g.linalg_vector_norm(norm_type, dtype: float64).cpu());
                var norm = stack(norms).linalg_vector_norm(norm_type).item<double>();
                var factor = max_norm / (norm + 1e-6); // PyTorch's guard against division by zero
                if (factor < 1)
                    foreach (var gradient in gradients) gradient.mul_(factor);
                return norm;
            }

            /// <summary>Limits every element of every gradient to [-<paramref name="clip_value"/>, <paramref name="clip_value"/>].</summary>
            public static void clip_grad_value_(IEnumerable<Tensor> parameters, double clip_value)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(clip_value);
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                foreach (var gradient in Gradients(parameters)) gradient.clamp_(-clip_value, clip_value);
            }

            private static Tensor[] Gradients(IEnumerable<Tensor> parameters) => [.. parameters.Select(p => p.grad).OfType<Tensor>()];
        }
    }
}
