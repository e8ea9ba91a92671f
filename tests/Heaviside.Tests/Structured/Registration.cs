using System.Runtime.CompilerServices;
using Heaviside.OrTools;

namespace Heaviside.Tests.Structured;

/// <summary>What a program does at its start, before tests read the catalogue.</summary>
internal static class Registration
{
    [ModuleInitializer]
    internal static void Register()
    {
        OrToolsOracles.Register();
        OrToolsOracles.Register(); // once, however often
    }
}
