using Heaviside.Data;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Models;
using static TorchSharp.torch;
using Sequential = TorchSharp.Modules.Sequential;

namespace Planner;

/// <summary>Draws a plan of moves for the place where one is; the room is a black box that says what a plan is worth.</summary>
internal sealed class PlanPolicy : TrainableModel
{
    private readonly Sequential network;

    public PlanPolicy()
    {
        network = nn.Sequential(nn.Linear(Room.Places, 64), nn.Tanh(), nn.Linear(64, Room.Moves * 4));
        register_module(nameof(network), network);
    }

    public override string Quantity => "reward";

    public override TrainingObjective Objective(Batch batch, GradientEstimator? estimator, Generator rng) =>
        TrainingObjective.Of(estimator!.Estimate(Law(batch), Heaviside.Estimators.Objective.BlackBox(plans => Rewards(batch, plans)), rng));

    public override Tensor Score(Batch batch, Generator rng) => Rewards(batch, Law(batch).Sample([1], rng))[0];

    private OneHotCategorical Law(Batch batch) => new(network.call(nn.functional.one_hot(batch["place"], Room.Places).to(float32)).view([-1, Room.Moves, 4]));

    // Plans [S, B, T, 4] to [S, B].
    private static Tensor Rewards(Batch batch, Tensor plans)
    {
        var places = batch.Values<long>("place").ToArray();
        var moves = plans.argmax(-1).flatten().data<long>().ToArray();
        var rewards = new float[moves.Length / Room.Moves];
        for (var i = 0; i < rewards.Length; i++)
        {
            var place = (int)places[i % places.Length];
            rewards[i] = Room.Reward(place % Room.Side, place / Room.Side, moves.AsSpan(i * Room.Moves, Room.Moves));
        }

        return tensor(rewards).view([-1, places.Length]);
    }
}
