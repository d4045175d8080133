using Jifen.Cycle.Decisions;
using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Evaluations;

/// <summary>The paper of a box, as two tellers typed it; null where they do not agree or have not both counted.</summary>
/// <param name="Counts">by kind of voters</param>
public sealed record AgreedPapers(IReadOnlyList<PaperCount> Counts, IReadOnlyList<PersonId> Tellers)
{
    public static AgreedPapers None { get; } = new([], []);
}

/// <summary>收票、计票. From the first moment nothing more is cast; what is shown is the whole, or nothing.</summary>
public sealed record CloseBallotBox(BallotBoxId Box)
{
    /// <param name="papers">null: the tellers do not agree</param>
    /// <param name="take">empties the box; called when nothing but an empty box can keep it from being counted</param>
    public async Task<Ruling> DecideAsync(
        BallotBox? box, AgreedPapers? papers, YearBoard board, MotionCase? motion, Func<Task<IReadOnlyList<CastBallot>>> take)
    {
        if (box is null || box.State != BallotBoxState.Open)
        {
            return box is null ? new NoSuchBox() : box.State == BallotBoxState.HandingOut ? new NotVotingYet() : new BoxIsShut(box.State);
        }

        if (papers is null)
        {
            return new TellersDoNotAgree();
        }

        var step = box.Step is null ? null : board.Plan.Find(box.Round, box.Step);
        if ((step is not null && board.ObjectionToEnd(step) is { } early ? early : motion?.ObjectionToCount) is { } refusal)
        {
            return refusal;
        }

        var ballots = await take();
        var all = BallotCount.Of(box, null, ballots, papers.Counts);
        if (all.Ballots == 0)
        {
            return new NothingWasCast();
        }

        var closed = new Happening(
            new BallotBoxClosed(
                Box, all.Ballots, papers.Counts.Sum(count => count.Papers), papers.Tellers, BallotCount.Shown(box, ballots, papers.Counts), BallotCount.Digest(ballots)),
            On: board.Today,
            Clause: step?.Clause ?? motion?.Step?.Clause);
        if (motion is not null)
        {
            var votes = all.Subjects[0].Counts;
            var come = motion.Come(VotingManner.Secret, new VoteCount(votes[0], votes[1], votes[2]), all.Ballots >= BallotWords.FewestShown);
            return come.IsRefused ? come : Ruling.Of([closed, .. come.Happenings]);
        }

        return Ruling.Of(
        [
            closed,
            new Happening(
                new RoundStepEnded(box.Round.ToString(), box.Step!, null, $"发出{box.Slips.Sum(slips => slips.Sum)}张，收回{all.Ballots}张"), On: board.Today, Clause: step!.Clause),
        ]);
    }
}

/// <summary>监票、点票: what one teller found on paper. It counts when another found the same.</summary>
public sealed record CountPapers(BallotBoxId Box, IReadOnlyList<PaperCount> Counts)
{
    /// <param name="nameOf">what a subject is called on the ballot</param>
    public Refusal? RefusalFor(BallotBox? box, Func<string, string> nameOf)
    {
        if (box is null || !box.IsRunning)
        {
            return box is null ? new NoSuchBox() : new BoxIsShut(box.State);
        }

        foreach (var count in Counts)
        {
            var issued = box.Slips.Where(slips => slips.Voter == count.Voter).Sum(slips => slips.Papers);
            if (count.Papers < 0 || count.Papers > issued)
            {
                return count.Papers < 0 ? new CountIsNoNumber("收回") : new PapersOutOfBounds(count.Papers, issued);
            }

            var whose = box.Slips.Count(slips => slips.Papers > 0) > 1 ? $"{count.Voter.Name()}的票：" : "";
            var lines = box.Subjects.Select(subject => (Name: $"{whose}“{nameOf(subject)}”", Counts: count.Counts.GetValueOrDefault(subject) ?? [])).ToList();
            if (lines.Find(line => line.Counts.Count != box.Choices.Count || line.Counts.Any(number => number < 0)) is { Name: { } unreadable })
            {
                return new CountIsNoNumber(unreadable);
            }

            if (lines.Where(line => line.Counts.Sum() > count.Papers).ToList() is { Count: > 0 } over)
            {
                return new PapersDoNotAddUp(string.Join("、", over.Select(line => $"{line.Name}合起来{line.Counts.Sum()}票")), count.Papers);
            }
        }

        return box.Papers == 0 ? new PapersOutOfBounds(Counts.Sum(count => count.Papers), 0) : null;
    }
}
