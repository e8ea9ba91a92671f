namespace Heaviside.Torch;

public static partial class torch
{
    /// <summary>Optimizers of one group of parameters; their constructors take several.</summary>
    public static class optim
    {
        /// <summary>Stochastic gradient descent.</summary>
        public static SGD SGD(
            IEnumerable<Tensor> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false) =>
            new(parameters, lr) { momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov };

        /// <summary>Adam.</summary>
        public static Adam Adam(
            IEnumerable<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) =>
            new(parameters, lr) { beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay };

        /// <summary>Adam with decoupled weight decay.</summary>
        public static AdamW AdamW(
            IEnumerable<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0.01) =>
            new(parameters, lr) { beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay };
    }
}
