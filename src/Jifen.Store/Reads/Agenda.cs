using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Exemptions;
using Jifen.Cycle.Members;
using Jifen.Cycle.Objections;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Schemes;

namespace Jifen.Store.Reads;

/// <summary>What comes before a members' meeting by itself, as far as the person who asks may see it.</summary>
public sealed class Agenda(YearBoards boards)
{
    /// <summary>Everything that waits and was not put before a meeting yet, in the order in which it came.</summary>
    public async Task<IReadOnlyList<AgendaMatter>> WaitingAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default)
    {
        var rules = (await boards.Schemes.OnAsync(scope, branch, scope.Today, cancel))?.Scheme.Exemptions;
        var matters = new List<AgendaMatter>();
        matters.AddRange(
            from row in await ExemptionApplications.InSightAsync(scope, cancel)
            where row.OrganizationId == branch && row.ToApplication().Next(rules, scope.Today) == ExemptionStep.Vote
            select new AgendaMatter(
                new MotionId(row.ApplicationId.Value), MotionKind.Exemption,
                $"{RollDays.Say(row.FromOn)}{(row.UntilOn is { } until ? $"至{RollDays.Say(until)}" : "起")}不参加积分管理",
                [row.PersonId], row.ReviewedOn ?? row.AppliedOn));
        matters.AddRange(
            from row in await Cases.InSightAsync(scope, cancel)
            where row.OrganizationId == branch && row.ToCase().State == CaseState.Answered
            select new AgendaMatter(
                new MotionId(row.CaseId.Value), MotionKind.ObjectionReport, $"{row.Number}的办理结果：{(row.Upheld == true ? "成立" : "不成立")}", [], row.AnsweredOn!.Value));
        matters.AddRange(
            from row in await RefinementsAsync(scope, boards.Schemes, branch, cancel)
            select new AgendaMatter(new MotionId(row.EntryId.Value), MotionKind.Rules, $"{row.Year}年积分细则", [], row.ProposedOn));

        var put = (await scope.QueryAsync<MotionId>(
            "select motion_id from motion where organization_id = @branch and motion_id = any (@ids)",
            new { branch, ids = matters.Select(matter => matter.Motion.Value).ToArray() },
            cancel)).ToHashSet();
        return [.. matters.Where(matter => !put.Contains(matter.Motion)).OrderBy(matter => matter.Since)];
    }

    /// <summary>Refinements of a branch that wait for its members' meeting.</summary>
    public static async Task<IReadOnlyList<RefinementRow>> RefinementsAsync(DataScope scope, SchemesInForce schemes, OrganizationId branch, CancellationToken cancel = default)
    {
        var waiting = new List<RefinementRow>();
        foreach (var row in (await RefinementBoard.OfAsync(scope, branch, cancel)).Where(row => row.ToRefinement() is { IsOpen: true, DiscussedOn: null }))
        {
            if (await schemes.KeptAsync(scope, row.Fingerprint, cancel) is { } scheme && RefinementBodies.Of(scheme).Meeting)
            {
                waiting.Add(row);
            }
        }

        return waiting;
    }

    /// <summary>What the vote on a motion decides besides, and the rule by which it is taken where that is not the meeting's.</summary>
    /// <param name="isAnew">a vote that was taken is put right: the matter as it was before it</param>
    /// <returns>null: the motion stands for nothing, or for something out of sight</returns>
    internal async Task<(Func<MeetingVote, Ruling> Decide, VotingRule? Rule)?> ConsequenceAsync(
        DataScope scope, OrganizationId branch, MotionId motion, CancellationToken cancel, bool isAnew = false)
    {
        if (await ExemptionApplications.OneAsync(scope, new ExemptionId(motion.Value), cancel) is { } application && application.OrganizationId == branch)
        {
            var rules = (await boards.Schemes.OnAsync(scope, branch, scope.Today, cancel))?.Scheme.Exemptions;
            var known = application.ToApplication() with { Passed = isAnew ? null : application.Passed };
            return (
                vote => known.Person == scope.Person ? new OwnMatter()
                    : isAnew && known is { PublishedUntil: not null } or { IsSettled: true } or { IsWithdrawn: true } ? new MatterHasMovedOn()
                    : new ExemptionBeforeMeeting(known, rules).Decide(vote, scope.Today),
                null);
        }

        if (await Cases.OneAsync(scope, new CaseId(motion.Value), cancel) is { } row && row.OrganizationId == branch)
        {
            return (vote => new ReportAnswer(row.CaseId, vote.Gathering).Decide(row.ToCase(), new HeldMeeting(vote.Gathering, vote.Meeting.On, true, null), scope.Today), null);
        }

        var refinements = await RefinementBoard.OfAsync(scope, branch, cancel);
        if (refinements.FirstOrDefault(row => row.EntryId.Value == motion.Value) is { } refinement
            && await boards.Schemes.KeptAsync(scope, refinement.Fingerprint, cancel) is { } scheme)
        {
            var board = await boards.BoardAsync(scope, branch, RoundKey.OfYear(refinement.Year), cancel);
            var known = refinement.ToRefinement();
            var hasMovedOn = known.IsInForce || known.ApprovedOn is not null
                || refinements.Any(other => other.Year == refinement.Year && other.EntryId != refinement.EntryId && other.ToRefinement().IsOpen);
            return (
                vote => !isAnew ? DiscussRefinement.DecideAt(vote, known, scheme, board)
                    : hasMovedOn ? new MatterHasMovedOn()
                    : DiscussRefinement.DecideAt(vote, known with { DiscussedOn = null, ReturnedBecause = null }, scheme, board),
                DiscussRefinement.RuleOf(scheme));
        }

        return null;
    }

    /// <summary>Where the matters of these motions are read in full, by motion; those that stand for nothing, or for something out of sight, are left out.</summary>
    public static async Task<IReadOnlyDictionary<MotionId, string>> PagesAsync(DataScope scope, OrganizationId branch, IEnumerable<MotionId> motions, CancellationToken cancel = default) =>
        (await scope.QueryAsync<PageRow>(
            """
            select application_id as motion, '/exemptions/' || application_id as page from exemption_application where application_id = any (@ids)
            union all
            select case_id, '/objections/' || case_id from objection_case where case_id = any (@ids)
            union all
            select entry_id, '/schemes/refinements/' || year || '/' || fingerprint from refinement where organization_id = @branch and entry_id = any (@ids)
            """,
            new { branch, ids = motions.Select(motion => motion.Value).ToArray() },
            cancel)).ToDictionary(row => row.Motion, row => row.Page);

    private sealed record PageRow
    {
        public required MotionId Motion { get; init; }

        public required string Page { get; init; }
    }
}
