using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Evaluations;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Rounds;
using Jifen.Store.Reads;
using Jifen.Store.Steps;

namespace Jifen.Demo;

/// <summary>初评、反馈、群评、评定、公示: from the records to points that are known to all.</summary>
internal sealed partial class DemoWalk
{
    private const int WhoAnswer = 2;
    private const int Masses = 12;

    private async Task ReviewAsync(PlannedStep step, bool isBegunOnly, CancellationToken cancel)
    {
        var round = step.Round.Key;
        IReadOnlyList<PersonId> reviewers = step.Step.Kind == StepKinds.GroupEvaluation
            ? [.. branch.Holding(Office.Evaluator)]
            : [branch.Committee, branch.Deputy];
        var (first, second) = (reviewers[0], reviewers[1]);
        if ((await branch.BoardAsync(round.Year, cancel)).StateOf(step) != StepState.Begun)
        {
            await branch.TakeAsync(id => branch.Reviews.BeginAsync(branch.Id, round, first, id, cancel), second, cancel);
        }

        var review = await DeskAsync(round, first, cancel);
        var open = review.Desk.Lines.Select(line => line.Person).ToList();
        foreach (var reviewer in isBegunOnly ? reviewers.Take(1) : reviewers)
        {
            // Who is recused for whom is the program's own rule: what one may not review is left to the next.
            var bench = review.Desk.Bench with { Actor = reviewer };
            var may = open.Where(person => bench.Objection(person) is null).ToList();
            var now = isBegunOnly ? [.. may.Take(may.Count / 2)] : may;
            open = [.. open.Except(now)];
            if (now.Count > 0)
            {
                await branch.TakeAsync(id => branch.Reviews.ReviewAsync(branch.Id, round, now, reviewer, id, cancel), second, cancel);
            }
        }

        if (!isBegunOnly)
        {
            await branch.TakeAsync(id => branch.Reviews.SignAsync(branch.Id, round, review.Digest, first, id, cancel), second, cancel);
        }
    }

    private Task<OpenReview> DeskAsync(RoundKey round, PersonId by, CancellationToken cancel) =>
        branch.ReadAsync(async scope => (await branch.Desks.OfAsync(scope, branch.Id, round, by, cancel))!, cancel);

    private async Task FeedbackAsync(PlannedStep step, CancellationToken cancel)
    {
        var round = step.Round.Key;
        await branch.TakeAsync(id => branch.Rounds.BeginAsync(branch.Id, new BeginRoundStep(round, step.Name), branch.Committee, id, cancel), branch.Secretary, cancel);
        foreach (var line in (await DeskAsync(round, branch.Committee, cancel)).Desk.Lines.Take(WhoAnswer))
        {
            await branch.TakeAsync(id => branch.Feedback.AcceptAsync(branch.Id, round, line.Total, line.Person, id, cancel), branch.Secretary, cancel);
        }

        await branch.TakeAsync(id => branch.Feedback.EndAsync(branch.Id, round, step.Name, branch.Committee, id, cancel), branch.Secretary, cancel);
    }

    /// <summary>On paper, counted by two who hold no post.</summary>
    private async Task EvaluateAsync(YearBoard board, PlannedStep step, bool isBegunOnly, CancellationToken cancel)
    {
        var box = new BallotBoxId(branch.NextId());
        var slips = BallotWords.VotersOf(step.Step)
            .Select(voter => new SlipsWanted(voter, 0, 0, voter == VoterKind.Member ? branch.People.Count(person => person.JoinedOn <= step.Round.First) / 2 : Masses))
            .ToList();
        await branch.TakeAsync(
            id => branch.Ballots.OpenAsync(branch.Id, new OpenEvaluation(box, step.Round.Key, step.Name, slips), [], branch.Committee, id, cancel), branch.Secretary, cancel);
        if (isBegunOnly)
        {
            return;
        }

        var opened = await branch.ReadAsync(async scope => (await BallotBoxes.OneAsync(scope, branch.Id, box, cancel))!.Box, cancel);
        var counts = slips.ConvertAll(slip => new PaperCount(slip.Voter, slip.Papers, opened.Subjects.ToDictionary(
            subject => subject, subject => Ticks(subject, slip.Papers, opened.Choices.Count), StringComparer.Ordinal)));
        foreach (var teller in branch.People.Where(person => person.Offices.Count == 0 && person.JoinedOn <= branch.Today).Take(2))
        {
            if (await branch.Ballots.CountPapersAsync(branch.Id, new CountPapers(box, counts), teller.Id, cancel) is { } refusal)
            {
                throw new InvalidOperationException(refusal.Message);
            }
        }

        await branch.TakeAsync(id => branch.Ballots.CloseAsync(branch.Id, new CloseBallotBox(box), branch.Committee, id, cancel), branch.Secretary, cancel);
    }

    // Most tick the first choice, some the second: who is careless gets more of those.
    private IReadOnlyList<int> Ticks(string subject, int papers, int choices)
    {
        var care = branch.People.FirstOrDefault(person => person.Id.ToString() == subject)?.Care ?? 1;
        var second = Math.Min(papers, (int)(papers * (1.05 - care)));
        return [papers - second, second, .. Enumerable.Repeat(0, choices - 2)];
    }

    private async Task MeetAsync(PlannedStep step, bool isBegunOnly, CancellationToken cancel)
    {
        var (meeting, motion, secretary) = (new MeetingId(branch.NextId()), new MotionId(branch.NextId()), branch.Secretary);
        var open = new OpenMeeting(meeting, step.Round.Key, step.Name, null, secretary, branch.Recorder, [], null);
        await branch.TakeAsync(id => branch.Meetings.OpenAsync(branch.Id, open, secretary, id, cancel), branch.Deputy, cancel);
        var present = (await branch.ReadAsync(scope => Meetings.OneAsync(scope, branch.Id, meeting, cancel), cancel))!.People;
        await branch.TakeAsync(
            id => branch.Meetings.TakeRollAsync(branch.Id, new TakeMeetingRoll(meeting, [.. present.Select(person => person.Person)]), secretary, id, cancel), branch.Deputy, cancel);
        await branch.TakeAsync(id => branch.Meetings.PresentAsync(branch.Id, new PresentTable(meeting, motion), secretary, id, cancel), branch.Deputy, cancel);
        if (isBegunOnly)
        {
            return;
        }

        var votes = new VoteCount(present.Count(person => person.HasVote), 0, 0);
        await branch.TakeAsync(id => branch.Meetings.DecideAsync(branch.Id, new DecideMotion(motion, votes), secretary, id, cancel), branch.Deputy, cancel);
        await branch.TakeAsync(id => branch.Meetings.CloseAsync(branch.Id, new CloseMeeting(meeting), secretary, id, cancel), branch.Deputy, cancel);
    }

    private async Task PublishAsync(PlannedStep step, CancellationToken cancel)
    {
        var round = step.Round.Key;
        var standing = await OfStepAsync();
        var draft = new NoticeDraft(
            round,
            step.Name,
            "党员积分公示",
            "经支部评定，现将本期党员积分公示如下。",
            "支部书记、支部委员",
            TotalOnly: false,
            Correction: standing.Any(notice => notice.IsPublished) ? "重新开启后按重新评定的结果公示" : null);
        await branch.TakeAsync(id => branch.Notices.PrepareAsync(branch.Id, draft, branch.Committee, id, cancel), branch.Secretary, cancel);
        var notice = (await OfStepAsync()).Single(one => !one.IsPublished && standing.All(before => before.Id != one.Id));
        await branch.TakeAsync(
            id => branch.Notices.PublishAsync(branch.Id, new PublishNotice(notice.Id, notice.Digest, OpenToWeb: false), branch.Secretary, id, cancel), branch.Deputy, cancel);

        Task<IReadOnlyList<Notice>> OfStepAsync() =>
            branch.ReadAsync(scope => BranchNotices.OfStepAsync(scope, branch.Id, round.ToString(), step.Name, cancel: cancel), cancel);
    }
}
