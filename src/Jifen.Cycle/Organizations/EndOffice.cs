using Jifen.Cycle.Members;

namespace Jifen.Cycle.Organizations;

/// <summary>免去职务.</summary>
/// <param name="LastOn">last day in office</param>
public sealed record EndOffice(DateOnly LastOn, string? Reason)
{
    public Ruling Decide(TreeNode organization, Term term, DateOnly today)
    {
        if (RollDays.Objection(LastOn, today) is { } day)
        {
            return day;
        }

        if (LastOn < term.From)
        {
            return new EndsBeforeItBegins(term.From, LastOn);
        }

        if (term.To <= LastOn)
        {
            return new EndsThenAnyway(term.Office, term.To.Value);
        }

        return string.IsNullOrWhiteSpace(Reason)
            ? new EndingNeedsReason()
            : new Happening(new OfficeEnded(term.Id, Reason), term.Person, LastOn, Reason, Stream: organization.Organization);
    }
}

public sealed record EndsThenAnyway(Office Office, DateOnly To) : Refusal($"这一任{Office.Name()}到 {RollDays.Say(To)} 为止，不用再结束。");

public sealed record EndingNeedsReason() : Refusal("请写明原因，例如换届、调离。");
