return Heaviside.Cli.HeavisideProgram.Run(args, name: "heaviside");
