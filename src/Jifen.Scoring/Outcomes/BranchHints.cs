using System.Text;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Outcomes;

/// <summary>
/// 提示 of one branch: members without certain facts for some months on end, in months for which the branch kept such records of others –
/// a month nobody recorded says nothing about anyone.
/// </summary>
internal sealed class BranchHints
{
    private readonly Scorer _scorer;
    private readonly Dictionary<int, uint[]> _monthsOf = [];
    private readonly int[][] _peopleInMonth;

    public BranchHints(Scorer scorer, int branch)
    {
        _scorer = scorer;
        var hints = scorer.Plan.Scheme.Hints;
        _peopleInMonth = hints.Select(_ => new int[12]).ToArray();
        if (hints.Count == 0)
        {
            return;
        }

        foreach (var member in scorer.Roster.OfBranch(branch))
        {
            var months = new uint[hints.Count];
            for (var h = 0; h < hints.Count; h++)
            {
                months[h] = MonthsWith(hints[h], member);
                for (var month = 0; month < 12; month++)
                {
                    _peopleInMonth[h][month] += (int)(months[h] >> month & 1);
                }
            }

            _monthsOf[member] = months;
        }
    }

    public IReadOnlyList<ScorecardHint> Of(int member)
    {
        var found = new List<ScorecardHint>();
        var scheme = _scorer.Plan.Scheme;
        var roll = scheme.Hints.Count == 0 ? 0 : MonthsOnRoll(member);
        for (var h = 0; h < scheme.Hints.Count; h++)
        {
            if (!scheme.Hints[h].Applies.Covers(_scorer.Roster.ProfileOf(member)))
            {
                continue;
            }

            var run = 0;
            for (var month = 0; month < 12; month++)
            {
                var missing = (_monthsOf[member][h] >> month & 1) == 0 && _peopleInMonth[h][month] > 0 && (roll >> month & 1) != 0;
                run = missing ? run + 1 : 0;
                if (run >= scheme.Hints[h].Months && !IsConfirmedSince(scheme.Hints[h], member, month - scheme.Hints[h].Months + 1))
                {
                    found.Add(new ScorecardHint(scheme.Hints[h], Say(scheme, scheme.Hints[h], month)));
                    break;
                }
            }
        }

        return found;
    }

    public static IReadOnlyList<ScorecardReferral> ReferralsOf(Scorer scorer, int member)
    {
        var scheme = scorer.Plan.Scheme;
        if (scheme.Referrals.Count == 0)
        {
            return [];
        }

        var days = scorer.Plan.Calendar.Cycle.Within(scorer.Roster.EnrolledOf(member));
        var (first, count) = scorer.Facts.OfMember(member).GetOffsetAndLength(scorer.Facts.Count);
        return Enumerable.Range(first, count)
            .Where(fact => days.Contains(scorer.Facts.DayOf(fact)))
            .SelectMany(fact => scheme.Referrals
                .Where(referral => referral.Fact == scorer.Facts.KindOf(fact))
                .Select(referral => new ScorecardReferral(
                    referral,
                    Encoding.UTF8.GetString(scorer.Facts.IdOf(fact)),
                    DateOnly.FromDayNumber(scorer.Facts.DayOf(fact)),
                    $"{scheme.FactKinds[referral.Fact].Name}：转{referral.To}，不记分")))
            .OrderBy(referral => referral.Date)
            .ThenBy(referral => referral.FactId, StringComparer.Ordinal)
            .ToList();
    }

    private string Say(Scheme scheme, Hint hint, int lastMonth)
    {
        var first = FirstDayOf(lastMonth - hint.Months + 1);
        var last = first.AddMonths(hint.Months - 1);
        var without = string.Join("、", hint.Without.Select(kind => scheme.FactKinds[kind].Name));
        return $"{first.Year}年{first.Month}月至{last.Month}月连续{hint.Months}个月没有“{without}”，请支部核实是否认定“{scheme.FactKinds[hint.Suggests].Name}”";
    }

    // Once the branch has confirmed the fact, in those months or after them, there is nothing left to ask.
    private bool IsConfirmedSince(Hint hint, int member, int firstMonth)
    {
        var since = FirstDayOf(firstMonth).DayNumber;
        var days = _scorer.Plan.Calendar.Cycle.Within(_scorer.Roster.EnrolledOf(member));
        var (first, count) = _scorer.Facts.OfMember(member).GetOffsetAndLength(_scorer.Facts.Count);
        for (var fact = first; fact < first + count; fact++)
        {
            var day = _scorer.Facts.DayOf(fact);
            if (_scorer.Facts.KindOf(fact) == hint.Suggests && day >= since && days.Contains(day))
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="month">0 for the first month of the cycle</param>
    private DateOnly FirstDayOf(int month) => DateOnly.FromDayNumber(_scorer.Plan.Calendar.Cycle.First).AddMonths(month);

    private uint MonthsWith(Hint hint, int member)
    {
        var calendar = _scorer.Plan.Calendar;
        var days = calendar.Cycle.Within(_scorer.Roster.EnrolledOf(member));
        var (first, count) = _scorer.Facts.OfMember(member).GetOffsetAndLength(_scorer.Facts.Count);
        var months = 0u;
        for (var fact = first; fact < first + count; fact++)
        {
            var day = _scorer.Facts.DayOf(fact);
            if (days.Contains(day) && hint.Without.Contains(_scorer.Facts.KindOf(fact)))
            {
                months |= 1u << (calendar.MonthOfCycle(day) - 1);
            }
        }

        return months;
    }

    // Only whole months on the roll: somebody who joined in mid-month may have missed the meeting before.
    private uint MonthsOnRoll(int member)
    {
        var calendar = _scorer.Plan.Calendar;
        var enrolled = _scorer.Roster.EnrolledOf(member);
        var months = 0u;
        var day = calendar.Cycle.First;
        for (var month = 0; month < 12; month++)
        {
            var span = calendar.SpanOf(Span.Month, day);
            if (!enrolled.IsEmpty && enrolled.First <= span.First && enrolled.Last >= span.Last)
            {
                months |= 1u << month;
            }

            day = span.Last + 1;
        }

        return months;
    }
}
