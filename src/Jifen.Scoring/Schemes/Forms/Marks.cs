using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>Facts that carry a mark (分值) somebody gave.</summary>
internal static class Marks
{
    /// <returns>the last by date, then id, or −1</returns>
    public static int Latest(MemberPass pass, int kind, bool toDate = false)
    {
        var days = toDate ? pass.CountedToDate : pass.Counted;
        var gathered = pass.Gathered;
        for (var i = gathered.Length - 1; i >= 0; i--)
        {
            if (pass.Facts.KindOf(gathered[i]) == kind && days.Contains(pass.Facts.DayOf(gathered[i])))
            {
                return gathered[i];
            }
        }

        return -1;
    }

    /// <summary>Count and sum (hundredths) of the marks of a kind in the round.</summary>
    public static (int Count, long Sum) All(MemberPass pass, int kind)
    {
        var count = 0;
        var sum = 0L;
        foreach (var fact in pass.Gathered)
        {
            if (pass.Facts.KindOf(fact) == kind && pass.Counted.Contains(pass.Facts.DayOf(fact)))
            {
                count++;
                sum += pass.Facts.AmountOf(fact);
            }
        }

        return (count, sum);
    }
}
