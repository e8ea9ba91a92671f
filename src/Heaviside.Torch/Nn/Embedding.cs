namespace Heaviside.Torch;

/// <summary>A table of learned rows: int64 indices [...] to [..., D].</summary>
public sealed class Embedding : Module<Tensor, Tensor>
{
    /// <summary>A table of standard normal values.</summary>
    /// <param name="num_embeddings">The number of rows.</param>
    /// <param name="embedding_dim">D, the size of a row.</param>
    /// <param name="generator">Where the initial values come from.</param>
    /// <param name="device">Of the table; default the generator's.</param>
    /// <param name="dtype">Of the table; default float32.</param>
    public Embedding(long num_embeddings, long embedding_dim, Generator generator, Device? device = null, ScalarType? dtype = null)
    {
        Argument.AtLeast(1, num_embeddings, nameof(num_embeddings));
        Argument.AtLeast(1, embedding_dim, nameof(embedding_dim));
        var table = torch.empty([num_embeddings, embedding_dim], dtype, device ?? generator.Device);
        weight = register_parameter(nameof(weight), torch.nn.init.normal_(table, generator));
    }

    /// <summary>The table, [rows, D].</summary>
    public Tensor weight { get; }

    /// <inheritdoc/>
    /// <exception cref="TorchException">An index is no row of the table.</exception>
    public override Tensor forward(Tensor input) => torch.embedding(weight, input);
}
