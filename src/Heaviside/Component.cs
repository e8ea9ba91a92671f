namespace Heaviside;

/// <summary>A TorchSharp module whose parts are those that were registered by name, and no others.</summary>
/// <remarks>TorchSharp registers every module and tensor that a field holds as soon as the object becomes part of another: what it merely
/// refers to, such as the machine whose chains it keeps, would be saved and moved twice. Call <c>register_module</c>,
/// <c>register_parameter</c> and <c>register_buffer</c> for what belongs to it.</remarks>
/// <param name="name">The class's name.</param>
public abstract class Component(string name) : torch.nn.Module(name)
{
    /// <summary>Does nothing: parts are registered by name.</summary>
    protected sealed override void RegisterComponents()
    {
    }
}
