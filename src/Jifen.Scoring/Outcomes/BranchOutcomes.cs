using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Outcomes;

/// <summary>Ranks, grades and outcomes of one branch after another: docs/scheme-language.md, section 4, steps 7 to 10. One a thread.</summary>
internal sealed class BranchOutcomes
{
    private readonly Scorer _scorer;
    private readonly Totals _totals;
    private readonly Scheme _scheme;
    private readonly MemberOutcome _member;
    private readonly bool _needsCategoryRanks;
    private readonly bool _ranksEveryone;
    private readonly List<(Outcome? WithQuota, FreeOutcomes? Free)> _steps = [];
    private RankPlace[] _inBranch = [];
    private RankPlace[] _inCategory = [];
    private bool[] _chosen = [];

    public BranchOutcomes(Scorer scorer, Totals totals)
    {
        _scorer = scorer;
        _totals = totals;
        _scheme = scorer.Plan.Scheme;
        for (var first = 0; first < _scheme.Outcomes.Count;)
        {
            var free = _scheme.Outcomes.Skip(first).TakeWhile(outcome => outcome.Quota is null).ToList();
            _steps.Add(free.Count > 0 ? (null, new FreeOutcomes(free, scorer.Roster.ProfileCount)) : (_scheme.Outcomes[first], null));
            first += Math.Max(1, free.Count);
        }

        _member = new MemberOutcome(scorer, totals);
        _ranksEveryone = _scheme.RankScope.Without.Length == 0;
        _needsCategoryRanks = _scheme.RankScope.ByCategory || _scheme.Front is { ByCategory: true } || _scheme.Back is { ByCategory: true };
    }

    public List<Finding> Findings { get; } = [];

    public void Work(int branch)
    {
        var members = _scorer.Roster.OfBranch(branch);
        Rank(members);
        for (var i = 0; i < members.Length; i++)
        {
            _totals.KeepRank(members[i], (_scheme.RankScope.ByCategory ? _inCategory : _inBranch)[i].Rank);
        }

        if (_scheme.Grades.Count > 0)
        {
            Grade(branch, members);
        }

        foreach (var (withQuota, free) in _steps)
        {
            if (withQuota is not null)
            {
                Apply(branch, members, withQuota);
            }
            else
            {
                ApplyFree(members, free!);
            }
        }

        if (_scheme.RunningAccount is { } account)
        {
            KeepRunning(members, account);
        }
    }

    /// <summary>The conditions of one member, for an explanation, once the totals of the branch are known.</summary>
    public MemberOutcome Explain(int branch, int member)
    {
        var members = _scorer.Roster.OfBranch(branch);
        Rank(members);
        MoveTo(members, members.IndexOf(member));
        return _member;
    }

    private void MoveTo(ReadOnlySpan<int> members, int index) => _member.MoveTo(members[index], _inBranch[index], _inCategory[index]);

    private void Rank(ReadOnlySpan<int> members)
    {
        if (_inBranch.Length < members.Length)
        {
            _inBranch = new RankPlace[members.Length];
            _inCategory = new RankPlace[members.Length];
            _chosen = new bool[members.Length];
        }

        Array.Clear(_inBranch, 0, members.Length);
        Array.Clear(_inCategory, 0, members.Length);
        Rank(members, _inBranch, category: null, all: true);
        if (_needsCategoryRanks)
        {
            foreach (var category in _scheme.Categories)
            {
                Rank(members, _inCategory, category, all: false);
            }

            Rank(members, _inCategory, category: null, all: false);
        }
    }

    private void Rank(ReadOnlySpan<int> members, RankPlace[] places, string? category, bool all)
    {
        Span<int> index = members.Length <= 1024 ? stackalloc int[members.Length] : new int[members.Length];
        Span<long> totals = members.Length <= 1024 ? stackalloc long[members.Length] : new long[members.Length];
        var count = 0;
        for (var i = 0; i < members.Length; i++)
        {
            if (IsRanked(members[i]) && (all || _scorer.Roster.Members[members[i]].Category == category))
            {
                index[count] = i;
                totals[count++] = _totals.TotalOf(members[i]).Hundredths;
            }
        }

        if (all && count == members.Length)
        {
            Ranking.Rank(totals, places);
            return;
        }

        var ranked = new RankPlace[count];
        Ranking.Rank(totals[..count], ranked);
        for (var i = 0; i < count; i++)
        {
            places[index[i]] = ranked[i];
        }
    }

    private bool IsRanked(int member) =>
        _totals.HasScorecard(member)
        && (_ranksEveryone || Array.IndexOf(_scheme.RankScope.Without, _scorer.Roster.ProfileOf(member).Standing) < 0);

    private void Grade(int branch, ReadOnlySpan<int> members)
    {
        for (var row = 0; row < _scheme.Grades.Count; row++)
        {
            var grade = _scheme.Grades[row];
            for (var i = 0; i < members.Length; i++)
            {
                _chosen[i] = false;
                if (!_totals.HasScorecard(members[i]) || _totals.GradeIndexOf(members[i]) >= 0)
                {
                    continue;
                }

                MoveTo(members, i);
                _chosen[i] = _scheme.Ungraded?.Covers(_member.Profile) != true
                    && grade.AppliesTo(_member.Profile.Category)
                    && grade.Total?.Holds(_member.Total) != false
                    && grade.Condition?.Holds(_member) != false;
            }

            Choose(branch, members, grade.Quota, grade.Name, $"等次“{grade.Name}”", grade.Clauses);
            for (var i = 0; i < members.Length; i++)
            {
                if (_chosen[i])
                {
                    _totals.KeepGrade(members[i], row);
                }
            }
        }

        for (var index = 0; index < _scheme.GradeLimits.Count; index++)
        {
            var limit = _scheme.GradeLimits[index];
            foreach (var member in members)
            {
                var grade = IndexOfGrade(limit.Grade, _scorer.Roster.ProfileOf(member));
                if (grade >= 0 && _totals.GradeIndexOf(member) is >= 0 and var now && (limit.IsExact ? now != grade : now < grade)
                    && _totals.KindSum(member, _scorer.Plan.Watched.KindIndex(limit.Fact)) >= limit.Count)
                {
                    _totals.KeepGrade(member, grade);
                    _totals.KeepGradeLimit(member, index);
                }
            }
        }

        if (_scorer.DecidedGrades.Count > 0)
        {
            TakeDecidedGrades(branch, members);
        }
    }

    private void TakeDecidedGrades(int branch, ReadOnlySpan<int> members)
    {
        foreach (var member in members)
        {
            if (_totals.GradeIndexOf(member) >= 0
                && _scorer.DecidedGrades.TryGetValue(_scorer.Roster.Members[member].Id, out var name)
                && IndexOfGrade(name, _scorer.Roster.ProfileOf(member)) is >= 0 and var grade)
            {
                _totals.KeepGrade(member, grade);
            }
        }

        // The quota binds whoever decides, too: more than it allows is found, never cut.
        for (var row = 0; row < _scheme.Grades.Count; row++)
        {
            if (_scheme.Grades[row].Quota is { } quota)
            {
                for (var i = 0; i < members.Length; i++)
                {
                    _chosen[i] = _totals.GradeIndexOf(members[i]) == row;
                }

                var grade = _scheme.Grades[row];
                Choose(branch, members, quota with { Excess = QuotaExcess.Stop }, $"{grade.Name}（已定）", $"等次“{grade.Name}”", grade.Clauses);
            }
        }
    }

    // Categories may have rows of their own for a grade of one name.
    private int IndexOfGrade(string name, Profile profile)
    {
        for (var i = 0; i < _scheme.Grades.Count; i++)
        {
            if (_scheme.Grades[i].Name == name && _scheme.Grades[i].AppliesTo(profile.Category))
            {
                return i;
            }
        }

        return -1;
    }

    // All of them at one visit to each member.
    private void ApplyFree(ReadOnlySpan<int> members, FreeOutcomes outcomes)
    {
        for (var i = 0; i < members.Length; i++)
        {
            if (!_totals.HasScorecard(members[i]))
            {
                continue;
            }

            MoveTo(members, i);
            foreach (var outcome in outcomes.For(_scorer.Roster.ProfileIndexOf(members[i]), _member.Profile))
            {
                if (_member.Total >= outcome.Least && _member.Total <= outcome.Most && outcome.Condition.Holds(_member))
                {
                    _totals.KeepOutcome(members[i], outcome.Index);
                }
            }
        }
    }

    private void Apply(int branch, ReadOnlySpan<int> members, Outcome outcome)
    {
        var any = false;
        for (var i = 0; i < members.Length; i++)
        {
            _chosen[i] = false;
            if (_totals.HasScorecard(members[i]))
            {
                MoveTo(members, i);
                _chosen[i] = outcome.Condition.Holds(_member);
                any |= _chosen[i];
            }
        }

        if (!any)
        {
            return;
        }

        Choose(branch, members, outcome.Quota, outcome.Id, outcome.Result, outcome.Clauses);
        for (var i = 0; i < members.Length; i++)
        {
            if (_chosen[i])
            {
                _totals.KeepOutcome(members[i], outcome.Index);
            }
        }
    }

    // 名额: holds _chosen to what is allowed, or reports that more qualify.
    private void Choose(int branch, ReadOnlySpan<int> members, Quota? quota, string what, string text, IReadOnlyList<string> clauses)
    {
        if (quota is null)
        {
            return;
        }

        var scopes = quota.ByCategory ? _scheme.Categories.Cast<string?>().Append(null).ToList() : [null];
        foreach (var category in scopes)
        {
            var people = 0;
            var chosen = new List<int>();
            for (var i = 0; i < members.Length; i++)
            {
                if (!quota.ByCategory || _scorer.Roster.Members[members[i]].Category == category)
                {
                    people += IsRanked(members[i]) ? 1 : 0;
                    if (_chosen[i])
                    {
                        chosen.Add(i);
                    }
                }
            }

            var allowed = quota.Allowed(people);
            if (chosen.Count <= allowed)
            {
                continue;
            }

            if (quota.Excess == QuotaExcess.TakeFirst)
            {
                TakeFirst(members, chosen, allowed);
            }
            else if (quota.Excess != QuotaExcess.Stop || !TakeChosen(members, chosen, allowed, what, quota.ByCategory ? category : null))
            {
                Findings.Add(new Finding(
                    branch, quota.ByCategory ? category : null, what, text, allowed, MembersAt(members, chosen), quota.Excess, clauses));
            }
        }
    }

    // Those whom people chose, provided that all of them still qualify and that they are not too many.
    private bool TakeChosen(ReadOnlySpan<int> members, List<int> chosen, int allowed, string what, string? category)
    {
        if (_scorer.Choices.FirstOrDefault(choice => choice.What == what && choice.Category == category) is not { } choice
            || choice.Members.Count > allowed)
        {
            return false;
        }

        var kept = new List<int>();
        foreach (var i in chosen)
        {
            if (choice.Members.Contains(_scorer.Roster.Members[members[i]].Id))
            {
                kept.Add(i);
            }
        }

        if (kept.Count != choice.Members.Count)
        {
            return false;
        }

        foreach (var i in chosen)
        {
            _chosen[i] = kept.Contains(i);
        }

        return true;
    }

    private static int[] MembersAt(ReadOnlySpan<int> members, List<int> indices)
    {
        var at = new int[indices.Count];
        for (var i = 0; i < at.Length; i++)
        {
            at[i] = members[indices[i]];
        }

        return at;
    }

    // By total; those tied across the border are left out.
    private void TakeFirst(ReadOnlySpan<int> members, List<int> chosen, int allowed)
    {
        foreach (var i in chosen)
        {
            var own = _totals.TotalOf(members[i]);
            var notLower = 0;
            foreach (var other in chosen)
            {
                notLower += _totals.TotalOf(members[other]) >= own ? 1 : 0;
            }

            _chosen[i] = notLower <= allowed;
        }
    }

    private void KeepRunning(ReadOnlySpan<int> members, RunningAccount account)
    {
        foreach (var member in members)
        {
            if (_totals.HasScorecard(member))
            {
                var before = _scorer.PreviousOf(member)?.Running?.Hundredths ?? 0;
                _totals.KeepRunning(
                    member, Points.Share(before, account.Share, 100_00, _scheme.Unit) + _totals.TotalOf(member).Hundredths);
            }
        }
    }
}
