namespace Jifen.Scoring.Scorecards;

/// <summary>不兼得: of some rules only the highest counts, for one content or for the member; the others are taken back, line by line.</summary>
internal static class ExclusiveProgram
{
    /// <param name="group">index of the 不兼得 in the section</param>
    /// <param name="firstLine">where the section's lines begin</param>
    public static void Apply(MemberPass pass, SectionPlan section, int group, int firstLine)
    {
        if (section.Section.Exclusive[group].PerContent)
        {
            PerContent(pass, section, group, firstLine);
        }
        else
        {
            PerMember(pass, section, group);
        }
    }

    // The rule with the largest sum stays; of equal ones the first in the file's list.
    private static void PerMember(MemberPass pass, SectionPlan section, int group)
    {
        var rules = section.Exclusive[group];
        var best = -1;
        foreach (var rule in rules)
        {
            if (best < 0 || Math.Abs(pass.RuleSums[rule]) > Math.Abs(pass.RuleSums[best]))
            {
                best = rule;
            }
        }

        foreach (var rule in rules)
        {
            if (rule != best && pass.RuleSums[rule] != 0)
            {
                TakeBack(pass, section, group, rule, -1, pass.RuleSums[rule]);
            }
        }
    }

    // Of the facts with one content the one with the largest amount stays; of equal ones by list, date, id.
    private static void PerContent(MemberPass pass, SectionPlan section, int group, int firstLine)
    {
        var candidates = new List<(int Order, int Rule, Line Line)>();
        var rules = section.Exclusive[group];
        foreach (ref readonly var line in pass.Lines!.From(firstLine))
        {
            for (var order = 0; order < rules.Length; order++)
            {
                if (section.Rules[rules[order]].Source == line.Source && line is { Fact: >= 0, Points: not 0 }
                    && !pass.Facts.ContentOf(line.Fact).IsEmpty)
                {
                    candidates.Add((order, rules[order], line));
                }
            }
        }

        candidates.Sort((left, right) =>
        {
            var byContent = pass.Facts.ContentOf(left.Line.Fact).SequenceCompareTo(pass.Facts.ContentOf(right.Line.Fact));
            var bySize = Math.Abs(right.Line.Points).CompareTo(Math.Abs(left.Line.Points));
            return byContent != 0 ? byContent
                : bySize != 0 ? bySize
                : left.Order != right.Order ? left.Order.CompareTo(right.Order)
                : pass.Compare(left.Line.Fact, right.Line.Fact);
        });

        for (var i = 1; i < candidates.Count; i++)
        {
            var content = pass.Facts.ContentOf(candidates[i].Line.Fact);
            if (content.SequenceEqual(pass.Facts.ContentOf(candidates[i - 1].Line.Fact)))
            {
                TakeBack(pass, section, group, candidates[i].Rule, candidates[i].Line.Fact, candidates[i].Line.Points);
            }
        }
    }

    private static void TakeBack(MemberPass pass, SectionPlan section, int group, int rule, int fact, long points)
    {
        var index = Array.FindIndex(section.Items, candidate => rule >= candidate.FirstRule && rule < candidate.EndRule);
        var day = fact < 0 ? pass.Window.Last : pass.Facts.DayOf(fact);
        pass.Lines!.Add(new Line((ushort)section.Items[index].Sources.Exclusive[group], pass.Round, 0, fact, day, -points, 0, 0, 0));
        pass.RuleSums[rule] -= points;
        pass.ItemPoints[index] -= points;
    }
}
