using System.Diagnostics;
using System.Globalization;

namespace Heaviside.Torch.Tests.Optim;

/// <summary>The same steps by Python's torch.optim, where that is installed.</summary>
public sealed class PythonTests
{
    private const int Size = 11;
    private const int Steps = 20;

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static Dictionary<string, Func<Tensor[], Optimizer>> Cases { get; } = new()
    {
        ["SGD([p], lr=0.05)"] = p => torch.optim.SGD(p, 0.05),
        ["SGD([p], lr=0.05, momentum=0.9, dampening=0.2, weight_decay=0.1)"] = p => torch.optim.SGD(p, 0.05, momentum: 0.9, dampening: 0.2, weight_decay: 0.1),
        ["SGD([p], lr=0.05, momentum=0.9, nesterov=True)"] = p => torch.optim.SGD(p, 0.05, momentum: 0.9, nesterov: true),
        ["Adam([p], weight_decay=0.1)"] = p => torch.optim.Adam(p, weight_decay: 0.1),
        ["Adam([p], lr=0.05, betas=(0.8, 0.99999), eps=1e-5)"] = p => torch.optim.Adam(p, 0.05, beta1: 0.8, beta2: 0.99999, eps: 1e-5),
        ["AdamW([p])"] = p => torch.optim.AdamW(p),
        ["AdamW([p], lr=0.05, weight_decay=0.3)"] = p => torch.optim.AdamW(p, 0.05, weight_decay: 0.3),
    };

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Step_Float64_AgreesWithPython(string name)
    {
        var expected = Python($"""
            import torch
            i = torch.arange({Size}, dtype=torch.float64)
            p = torch.cos(i).requires_grad_()
            optimizer = torch.optim.{name}
            for t in range({Steps}):
                p.grad = torch.sin(i + t)
                torch.nn.utils.clip_grad_norm_([p], 1.5)
                optimizer.step()
            print(*p.tolist())
            """);

        using var scope = torch.NewDisposeScope();
        var i = torch.arange(Size, torch.float64);
        var p = i.cos().requires_grad_();
        using var optimizer = Cases[name]([p]);
        for (var t = 0; t < Steps; t++)
        {
            p.grad = (i + t).sin();
            torch.nn.utils.clip_grad_norm_([p], 1.5);
            optimizer.step();
        }

        p.ToArray<double>().ShouldBe(expected, 1e-12);
    }

    private static double[] Python(string script)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Skip.IfNot(File.Exists(start.FileName), "there is no /usr/bin/python3");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Skip.If(errors.Result.Contains("No module named 'torch'", StringComparison.Ordinal), "Python's torch is not installed (python3-torch)");
        process.ExitCode.ShouldBe(0, errors.Result);
        return [.. output.Split().Where(w => w.Length > 0).Select(w => double.Parse(w, CultureInfo.InvariantCulture))];
    }
}
