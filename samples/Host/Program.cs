using Heaviside.Cli;
using Heaviside.Estimators;
using Host;

// One line for each estimator, model or data set of one's own; every command knows them from here on.
EstimatorCatalog.All.Add(new("self-critical", "score function; f at the most probable value as baseline", LatentKinds.Any, "S + 1", "arXiv:1612.00563", () => new SelfCritical()));

return HeavisideProgram.Run(args); // Host train --estimator self-critical, Host check --estimator self-critical, ...
