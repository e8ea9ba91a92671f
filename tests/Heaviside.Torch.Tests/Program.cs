namespace Heaviside.Torch.Tests;

/// <summary>Run as a program, the tests report how many threads libtorch and its BLAS use after start-up.</summary>
internal static class Program
{
    private static void Main() => Console.WriteLine($"{torch.get_num_threads()} {torch.get_num_blas_threads() ?? 0}");
}
