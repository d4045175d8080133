namespace Jifen.Scoring.Scorecards;

/// <summary>
/// The items of a section worked out for their points alone, where nothing asks for lines: no 限额, no 不兼得. Most items of most members
/// saw no fact in the round; they come to what they always come to then, and are not worked out again.
/// </summary>
internal static class SectionTotals
{
    /// <param name="start">where the section begins for this member, hundredths</param>
    /// <returns>hundredths; <see cref="MemberPass.Happened"/> says whether anything gave points</returns>
    public static long Of(SectionPlan section, long start, MemberPass pass, MemberResult result)
    {
        var points = start + section.Idle;
        if (section.MayIdle && (pass.Present & section.WokenBy) == 0)
        {
            return Math.Max(section.Least, Math.Min(section.Most, points));
        }

        var has = false;
        foreach (var item in section.Items)
        {
            if (!item.MayIdle || (pass.Present & item.WokenBy) != 0)
            {
                points += Of(item, section, pass, result) - item.Idle;
                has |= pass.Happened;
            }
        }

        pass.Happened = has;
        return Math.Max(section.Least, Math.Min(section.Most, points));
    }

    private static long Of(ItemPlan item, SectionPlan section, MemberPass pass, MemberResult result)
    {
        pass.ForfeitedBy = -1;
        pass.Happened = false;
        var points = item.Start;
        var rules = section.Rules;
        var wokenBy = section.RulesWokenBy;
        for (var r = item.FirstRule; r < item.EndRule; r++)
        {
            if (wokenBy[r] == 0 || (pass.Present & wokenBy[r]) != 0)
            {
                points += rules[r].Evaluate(pass);
            }
        }

        points = pass.ForfeitedBy >= 0 ? 0 : Math.Max(item.Least, Math.Min(item.Most, points));
        if (item.Watched >= 0)
        {
            result.ItemHas[item.Watched] |= pass.Happened;
            result.KeepItem(item.Watched, points);
        }

        return points;
    }
}
