namespace Heaviside.Cli.Output;

/// <summary>Text in lines.</summary>
internal static class Words
{
    /// <summary>Lines of at most so many characters, broken at spaces alone: a word that is longer has a line of its own.</summary>
    internal static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line != "" && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line == "" ? word : $"{line} {word}";
        }

        yield return line;
    }
}
