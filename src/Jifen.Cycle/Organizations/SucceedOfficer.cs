using Jifen.Cycle.Members;

namespace Jifen.Cycle.Organizations;

/// <summary>交接: the successor from a day on, the predecessor until the day before, in one step – no day without a holder, none with two.</summary>
/// <param name="Successor">the appointment of the one who follows, to the same post</param>
public sealed record SucceedOfficer(Term Predecessor, AppointOfficer Successor, string? Reason)
{
    public Ruling Decide(TreeNode organization, IReadOnlyList<Term> terms, MemberHistory history, DateOnly today)
    {
        if (Successor.Office != Predecessor.Office)
        {
            return new SuccessionIsToOnePost(Predecessor.Office);
        }

        var last = Successor.On.AddDays(-1);
        var others = terms.Where(term => term.Id != Predecessor.Id);
        var happenings = new List<Happening>();
        // A term that was over by itself is not ended once more.
        if (!(Predecessor.To <= last))
        {
            var ended = new EndOffice(last, Reason).Decide(organization, Predecessor, today);
            if (ended.IsRefused)
            {
                return ended;
            }

            happenings.AddRange(ended.Happenings);
        }

        var appointed = Successor.Decide(organization, [.. others], history, today);
        return appointed.IsRefused ? appointed : Ruling.Of([.. happenings, .. appointed.Happenings]);
    }
}

public sealed record SuccessionIsToOnePost(Office Office) : Refusal($"交接的是{Office.Name()}一职，后任也只能任这一职。");
