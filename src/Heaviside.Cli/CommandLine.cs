using System.CommandLine;
using System.CommandLine.Help;
using Heaviside.Cli.Commands;
using Heaviside.Configuration;

namespace Heaviside.Cli;

/// <summary>The commands there are: a new one is one file and one line here.</summary>
internal static class CommandLine
{
    internal static RootCommand Create()
    {
        var root = new RootCommand("Trains neural networks that have discrete random variables inside.")
        {
            HelpName = HostProgram.Name,
        };
        Command[] commands =
        [
            TrainCommand.Create(),
            ReproduceCommand.Create(),
            EvaluateCommand.Create(),
            PartitionCommand.Create(),
            ClusterCommand.Create(),
            EdgesCommand.Create(),
            PictureCommand.Sample(),
            PictureCommand.Reconstruct(),
            PictureCommand.Mixing(),
            DataCommand.Create(),
            EstimatorsCommand.Create(),
            ModelsCommand.Create(),
            VarianceCommand.Create(),
            DemoCommand.Create(),
            CheckCommand.Create(),
            BenchCommand.Create(),
            DoctorCommand.Create(),
        ];
        foreach (var command in commands) root.Add(command);

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        root.SetAction(parsed => new HelpWithExamples(new HelpAction()).Invoke(parsed));
        return root;
    }
}
