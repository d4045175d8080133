using System.Security.Cryptography;
using System.Text;

namespace Jifen.Cycle.Evaluations;

/// <summary>One ballot as it was taken out: nothing of whose it is.</summary>
/// <param name="Slot">a random number, new when the box was emptied</param>
/// <param name="Choices">subject → choice</param>
/// <param name="Text">as it is stored: what the digest is made of</param>
public sealed record CastBallot(Guid Slot, VoterKind Voter, IReadOnlyDictionary<string, string> Choices, string Text);

/// <summary>What the tellers found on paper for one kind of voters.</summary>
/// <param name="Counts">subject → how many of each choice</param>
public sealed record PaperCount(VoterKind Voter, int Papers, IReadOnlyDictionary<string, IReadOnlyList<int>> Counts);

/// <summary>Counts a box: electronic ballots and paper together.</summary>
public static class BallotCount
{
    /// <summary>
    /// What may be shown: the kinds of voters apart where each has at least five ballots, else all together where they are at least five, else
    /// nothing – so that nothing can be had by subtraction either.
    /// </summary>
    public static IReadOnlyList<BallotTally> Shown(BallotBox box, IReadOnlyList<CastBallot> ballots, IReadOnlyList<PaperCount> papers)
    {
        var all = Of(box, null, ballots, papers);
        if (all.Ballots < BallotWords.FewestShown)
        {
            return [];
        }

        var kinds = box.Slips.Select(slips => slips.Voter).Distinct().Order()
            .Select(voter => Of(box, voter, ballots, papers))
            .Where(tally => tally.Ballots > 0)
            .ToList();
        return kinds.Count > 1 && kinds.TrueForAll(tally => tally.Ballots >= BallotWords.FewestShown) ? [.. kinds, all] : [all];
    }

    /// <param name="voter">null: all</param>
    public static BallotTally Of(BallotBox box, VoterKind? voter, IReadOnlyList<CastBallot> ballots, IReadOnlyList<PaperCount> papers)
    {
        var cast = ballots.Where(ballot => voter is null || ballot.Voter == voter).ToList();
        var typed = papers.Where(paper => voter is null || paper.Voter == voter).ToList();
        return new BallotTally(
            voter,
            cast.Count + typed.Sum(paper => paper.Papers),
            [.. box.Subjects.Select(subject => new SubjectTally(
                subject,
                [.. box.Choices.Select((choice, at) =>
                    cast.Count(ballot => ballot.Choices.GetValueOrDefault(subject) == choice)
                    + typed.Sum(paper => paper.Counts.GetValueOrDefault(subject) is { } counts && at < counts.Count ? counts[at] : 0))]))]);
    }

    /// <summary>SHA-256 of a line for each ballot in the order of their slots, which are random: who counts again comes to the same.</summary>
    public static string Digest(IEnumerable<CastBallot> ballots)
    {
        var text = new StringBuilder();
        foreach (var line in ballots.Select(ballot => $"{ballot.Slot} {Words.Of(ballot.Voter)} {ballot.Text}\n").Order(StringComparer.Ordinal))
        {
            text.Append(line);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The share of each choice for one subject, in percent, the kinds of voters weighed as the scheme says; null where it cannot be said.</summary>
    /// <param name="weights">percent for each kind; empty: not weighed</param>
    public static IReadOnlyList<decimal>? Weighed(IReadOnlyList<BallotTally> tallies, string subject, IReadOnlyDictionary<VoterKind, int> weights)
    {
        var kinds = tallies.Where(tally => tally.Voter is not null).ToList();
        if (weights.Count == 0 || kinds.Count != weights.Count)
        {
            return null;
        }

        var choices = kinds[0].Subjects[0].Counts.Count;
        return [.. Enumerable.Range(0, choices).Select(choice => decimal.Round(
            kinds.Sum(tally => weights.GetValueOrDefault(tally.Voter!.Value) * (decimal)tally.Subjects.First(one => one.Subject == subject).Counts[choice] / tally.Ballots),
            1,
            MidpointRounding.AwayFromZero))];
    }
}
