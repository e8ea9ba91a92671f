using System.Runtime.CompilerServices;

namespace Heaviside.Tests;

/// <summary>Tests run as the program does, with one thread for each operator.</summary>
internal static class ThreadsOfTests
{
    [ModuleInitializer]
    internal static void Prepare() => Machine.Prepare();
}
