using Jifen.Cycle;
using Jifen.Cycle.Evaluations;

namespace Jifen.Store.Steps;

/// <summary>What stands on the ballot of one slip.</summary>
public sealed record BallotPaper
{
    public required string Kind { get; init; }

    /// <summary>key</summary>
    public required string Round { get; init; }

    /// <summary>the motion, or the step</summary>
    public required string Title { get; init; }

    public required string OrganizationName { get; init; }

    public required string[] Subjects { get; init; }

    /// <summary>of people; empty for other subjects</summary>
    public required string[] Names { get; init; }

    /// <summary>of people, where their points are judged; empty otherwise</summary>
    public required string[] Totals { get; init; }

    public required string[] Choices { get; init; }

    public required bool AsksOpinions { get; init; }

    /// <summary>false: slips are still handed out</summary>
    public required bool IsOpen { get; init; }
}

/// <summary>
/// 投票, by code and by nobody: no session, no person, no entry, no log. One transaction uses the slip and puts the ballot into the box.
/// </summary>
public sealed class BallotUrn(Database database, TimeProvider clock)
{
    /// <returns>null when the slip cannot be used</returns>
    public async Task<BallotPaper?> PaperAsync(string code, CancellationToken cancel = default)
    {
        await using var scope = await OpenAsync(cancel);
        return await scope.OneAsync<BallotPaper>("select * from ballot_paper(@hash)", new { hash = BallotSteps.HashOf(code) }, cancel);
    }

    /// <returns>why it was not taken; null when it lies in the box</returns>
    public async Task<Refusal?> CastAsync(string code, CastVote vote, CancellationToken cancel = default)
    {
        await using var scope = await OpenAsync(cancel);
        var hash = BallotSteps.HashOf(code);
        if (await scope.OneAsync<BallotPaper>("select * from ballot_paper(@hash)", new { hash }, cancel) is not { } paper)
        {
            return new SlipDoesNotHold();
        }

        if (vote.RefusalFor(paper.Subjects, paper.Choices) is { } refusal)
        {
            return refusal;
        }

        if (!await scope.OneAsync<bool>("select cast_ballot(@hash, @choices)", new { hash, choices = BallotText.Of(vote) }, cancel))
        {
            return paper.IsOpen ? new SlipDoesNotHold() : new NotVotingYet();
        }

        await scope.CommitAsync();
        return null;
    }

    // Whoever casts is nobody, also to the database.
    private Task<DataScope> OpenAsync(CancellationToken cancel) => DataScope.OpenAsync(database.App, null, clock.Today(), cancel);
}
