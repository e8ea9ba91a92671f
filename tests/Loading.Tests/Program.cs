using Heaviside;
using Heaviside.Torch;
using TorchSharp;

namespace Loading.Tests;

/// <summary>The smallest program that needs the tensor engine; <see cref="LoadingTests"/> starts it in folders of several kinds.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        try
        {
            if (arguments is ["require"]) NativeLoader.Require();
            Console.WriteLine(arguments is ["generator"] ? Seed() : Sum());
            return 0;
        }
        catch (InputException error)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }
        catch (TypeInitializationException error) when (error.InnerException is InputException reason)
        {
            Console.Error.WriteLine("wrapped: " + reason.Message);
            return 3;
        }
    }

    private static double Sum() => (torch.ones(2, 3) + 1).sum().ToDouble();

    /// <summary>A call that reaches the native library through a class inside <c>torch</c>.</summary>
    private static double Seed()
    {
        using var generator = new torch.Generator(12);
        return generator.initial_seed();
    }
}
