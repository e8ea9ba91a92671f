return Heaviside.Cli.Application.Run(args);
