using Jifen.Scoring.Facts;

namespace Jifen.Cycle.Members;

/// <summary>Enters somebody in the roll of a branch: on the roll already when the branch began, admitted, or transferred in from outside.</summary>
/// <param name="Registers">name of somebody nobody knew yet; null for a person known already</param>
/// <param name="FromWhere">the unit somebody comes from; needed when transferred in</param>
/// <param name="On">first day on the roll</param>
/// <param name="Ground">依据</param>
public sealed record AdmitMember(
    PersonId Person,
    PersonName? Registers,
    Arrival Arrived,
    Standing Standing,
    string? Category,
    string? PartyGroup,
    string? FromWhere,
    DateOnly On,
    string? Ground)
{
    public Ruling Decide(MemberHistory history, BranchRoll branch, DateOnly today, Func<OrganizationId, string> nameOf)
    {
        if (branch.Objection() is { } objection)
        {
            return objection;
        }

        if (Registers?.Objection() is { } nameless)
        {
            return nameless;
        }

        if (Arrived == Arrival.TransferredIn && string.IsNullOrWhiteSpace(FromWhere))
        {
            return new OriginIsMissing();
        }

        if (branch.ObjectionToGroup(PartyGroup) is { } group)
        {
            return group;
        }

        if (RollDays.Objection(On, today) is { } day)
        {
            return day;
        }

        if (Conflict(history, nameOf) is { } conflict)
        {
            return conflict;
        }

        var happenings = new List<Happening>();
        if (Registers is { } name)
        {
            happenings.Add(new Happening(new PersonRegistered(Person, name.Digest), Person, today, Stream: branch.Branch, Names: name));
        }

        happenings.Add(new Happening(
            new MemberAdmitted(Arrived, Standing, Category, PartyGroup, FromWhere), Person, On, Ground, Stream: branch.Branch));
        return Ruling.Of(happenings);
    }

    private Refusal? Conflict(MemberHistory history, Func<OrganizationId, string> nameOf)
    {
        if (history.Open is { } open)
        {
            return new AlreadyOnRoll(nameOf(open.Branch), open.From);
        }

        return history.Stays switch
        {
            [.., var last] when last.From > On => new LaterStayIsKnown(last.From),
            [.., { To: { } left }] when left >= On => new OverlapsEarlierStay(On, left),
            _ => null,
        };
    }
}

public sealed record OriginIsMissing() : Refusal("转入的，请写明从哪个单位转来。");
