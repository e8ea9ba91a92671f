using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Heaviside.Torch.Tests.Oracle;

/// <summary>Python's torch as a second opinion: one process answers all cases of a test class.</summary>
internal static class PythonReference
{
    private const int NoTorch = 3;

    /// <summary>Runs a script of this folder with a JSON object as input; null where no python3 has torch.</summary>
    /// <exception cref="InvalidOperationException">The script failed.</exception>
    internal static async Task<JsonNode?> Ask(string script, JsonNode question)
    {
        // Debian's python3-torch belongs to Debian's python3, which need not be the first one on the path.
        foreach (var python in new[] { "/usr/bin/python3", "python3" })
        {
            try
            {
                var (status, output, error) = await Run(python, Path.Combine(AppContext.BaseDirectory, "Oracle", script), question);
                if (status == 0) return JsonNode.Parse(output);
                if (status != NoTorch) throw new InvalidOperationException($"{script} ended with status {status}: {error}");
            }
            catch (Win32Exception)
            {
                // There is no such program: the next one, or none.
            }
        }

        return null;
    }

    /// <summary>Shape and values as the scripts read them.</summary>
    internal static JsonObject Write(Tensor tensor)
    {
        var result = new JsonObject { ["shape"] = new JsonArray([.. tensor.shape.Select(s => (JsonNode)s)]) };
        if (tensor.dtype == torch.int64)
        {
            result["whole"] = true;
            result["values"] = new JsonArray([.. tensor.ToArray<long>().Select(v => (JsonNode)v)]);
        }
        else
        {
            result["values"] = new JsonArray([.. tensor.ToArray<double>().Select(v => (JsonNode)v)]);
        }

        return result;
    }

    /// <summary>The float64 tensor that a script wrote.</summary>
    internal static Tensor Read(JsonNode node) =>
        torch.tensor(
            node["values"]!.AsArray().Select(v => v!.GetValue<double>()).ToArray(),
            node["shape"]!.AsArray().Select(v => v!.GetValue<long>()).ToArray());

    private static async Task<(int Status, string Output, string Error)> Run(string python, string script, JsonNode question)
    {
        using var process = Process.Start(new ProcessStartInfo(python, [script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(question.ToJsonString());
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its status says why.
        }

        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
