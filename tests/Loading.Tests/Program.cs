using Heaviside;
using TorchSharp;

namespace Loading.Tests;

/// <summary>The smallest program that needs the tensor engine; <see cref="LoadingTests"/> starts it in folders of several kinds.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        try
        {
            Console.WriteLine(arguments is ["threads"] ? Threads() : Sum());
            return 0;
        }
        catch (InputException error)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }
    }

    private static double Sum() => (torch.ones(2, 3) + 1).sum().ToDouble();

    /// <summary>A call that reaches the native library with none before it.</summary>
    private static int Threads() => Math.Sign(torch.get_num_threads());
}
