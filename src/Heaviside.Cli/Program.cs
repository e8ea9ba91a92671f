using Heaviside.Cli.Benchmarks;

// A benchmark's peer comes before anything of ours is loaded: none of our settings of threads or memory are its own.
return args is [PeerProcess.Command, .. var peer] ? Heaviside.Peers.Peer.Run(peer) : Heaviside.Cli.Application.Run(args);
