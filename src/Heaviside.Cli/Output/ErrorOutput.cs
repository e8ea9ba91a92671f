namespace Heaviside.Cli.Output;

/// <summary>The standard error: what cannot be said there is no reason to end.</summary>
internal static class ErrorOutput
{
    internal static void WriteLine(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (IOException)
        {
            // It is a full disk, or a terminal that has gone.
        }
    }
}
