using System.Globalization;
using System.Text.Json.Nodes;
using Heaviside.Estimators;
using Heaviside.Laws;
using Spectre.Console;

namespace Heaviside.Cli.Output;

/// <summary>Prints the laws as they are checked: a heading per estimator and a row per problem, or JSON objects.</summary>
/// <param name="asJson">For a program.</param>
/// <param name="width">Of the longest problem's name.</param>
internal sealed class CheckView(bool asJson, int width)
{
    // An exact gradient has no variance but that of rounding.
    private const double Rounding = 1e-20;

    private int estimators, passed, unclaimed;

    /// <summary>Claims that did not hold so far.</summary>
    internal int Failures { get; private set; }

    /// <summary>The estimator, what it claims, and the problems whose latent variables it is not for.</summary>
    internal void Begin(EstimatorEntry entry, Bias bias, IReadOnlyList<string> unsupported)
    {
        estimators++;
        if (asJson) return;
        Terminal.Out.MarkupLine($"\n[bold]{entry.Name}[/]: {ClaimText.Of(bias)}");
        if (bias == Bias.Unbounded) Terminal.Out.MarkupLine("[grey]  not tested: it claims nothing about its bias[/]");
        if (unsupported.Count > 0) Terminal.Out.MarkupLine($"[grey]  only for {entry.Latents.ToString().ToLowerInvariant()}, which leaves out {string.Join(", ", unsupported)}[/]");
        Terminal.Out.MarkupLine($"[grey]  {"problem".PadRight(width)}  bias/s.e.  variance/REINFORCE  evaluations  time/REINFORCE  law[/]");
    }

    /// <summary>An outcome beside REINFORCE on the same problem.</summary>
    internal void Write(LawResult r, GradientStatistics reinforce)
    {
        var variance = r.Variance / reinforce.Variance;
        var time = r.Seconds / reinforce.Seconds;
        if (!r.IsClaimed) unclaimed++;
        else if (r.Passed) passed++;
        else Failures++;
        if (asJson)
        {
            Json.Write(ToJson(r, variance, time));
            return;
        }

        var shown = variance < Rounding ? 0 : variance;
        var row = string.Create(CultureInfo.InvariantCulture, $"  {r.Problem.PadRight(width)}  {Score(r),9}  {shown,18:G3}  {r.Evaluations,11:N0}  {time,14:F1}  ");
        Terminal.Out.MarkupLine(row + (r.IsClaimed ? $"{(r.Passed ? "[green]pass[/]" : "[red]FAIL[/]")}  [grey]{Markup.Escape(r.Law)}[/]" : "[grey]nothing is claimed here[/]"));
    }

    /// <summary>How many claims hold.</summary>
    internal void WriteSummary()
    {
        if (asJson) return;
        var counts = $"{estimators} estimators: {passed} claims hold, {Failures} fail; {unclaimed} pairs without a claim were measured.";
        Terminal.Out.WriteLine(Failures == 0 ? $"\n{counts}\nEvery claim holds: no mean is off by more than {EstimatorLaws.MaxScore} standard errors." : $"\n{counts}");
    }

    // Without noise any bias is beyond counting.
    private static string Score(LawResult r) => r.Score < 1e6 ? r.Score.ToString("F2", CultureInfo.InvariantCulture) : "> 1e6";

    private static JsonObject ToJson(LawResult r, double variance, double time) => new()
    {
        ["estimator"] = r.Estimator,
        ["problem"] = r.Problem,
        ["tested"] = r.IsClaimed,
        ["law"] = r.IsClaimed ? r.Law : null,
        ["passed"] = r.IsClaimed ? r.Passed : null,
        ["score"] = Json.Number(r.Score),
        ["variance"] = Json.Number(r.Variance),
        ["variance-relative-to-reinforce"] = Json.Number(variance),
        ["evaluations"] = r.Evaluations,
        ["time-relative-to-reinforce"] = Json.Number(time),
    };
}
