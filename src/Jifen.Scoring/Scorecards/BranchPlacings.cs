using Jifen.Scoring.Facts;
using Jifen.Scoring.Outcomes;

namespace Jifen.Scoring.Scorecards;

/// <summary>Ranks of a branch for each 排位 rule and round: those with facts of the kind, by their sums, highest first.</summary>
internal sealed class BranchPlacings
{
    private readonly Dictionary<int, (int Rank, int Lower, int People)[]> _byMember = [];
    private readonly int _rules;

    public BranchPlacings(Scorer scorer, int branch)
    {
        var plan = scorer.Plan;
        _rules = plan.Placings.Count;
        var rounds = plan.Calendar.Rounds;
        var members = scorer.Roster.OfBranch(branch);
        foreach (var member in members)
        {
            _byMember[member] = new (int, int, int)[rounds.Length * _rules];
        }

        for (var round = 0; round < rounds.Length; round++)
        {
            for (var rule = 0; rule < _rules; rule++)
            {
                Rank(scorer, members, rounds[round], plan.Placings[rule].Fact, (round * _rules) + rule);
            }
        }
    }

    public void CopyTo(int round, int member, (int Rank, int Lower, int People)[] placings) =>
        _byMember[member].AsSpan(round * _rules, _rules).CopyTo(placings);

    private void Rank(Scorer scorer, ReadOnlySpan<int> members, Days round, int kind, int slot)
    {
        var people = new List<int>();
        var sums = new List<long>();
        foreach (var member in members)
        {
            if (scorer.Roster.EnrolledOf(member) is { IsEmpty: false } enrolled && Sum(scorer.Facts, member, round.Within(enrolled), kind) is { } sum)
            {
                people.Add(member);
                sums.Add(sum);
            }
        }

        var places = new RankPlace[people.Count];
        Ranking.Rank(sums.ToArray(), places);
        for (var i = 0; i < places.Length; i++)
        {
            _byMember[people[i]][slot] = (places[i].Rank, places[i].Lower, places[i].People);
        }
    }

    private static long? Sum(FactTable facts, int member, Days days, int kind)
    {
        long? sum = null;
        foreach (var fact in facts.PassedOf(member))
        {
            if (fact.Kind == kind && days.Contains(fact.Day))
            {
                sum = (sum ?? 0) + fact.Quantity;
            }
        }

        return sum;
    }
}
