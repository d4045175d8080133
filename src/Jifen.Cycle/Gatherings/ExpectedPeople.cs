using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Gatherings;

/// <summary>Somebody on the roll of the branch on a day, as far as it matters for who is expected.</summary>
/// <param name="IsOfCommittee">书记、副书记、支委</param>
/// <param name="IsAway">外出流动, or 免予积分</param>
public sealed record RollPerson(PersonId Person, string Name, Standing Standing, string? PartyGroup, bool IsOfCommittee, bool IsAway);

/// <summary>应到, as proposed by the kind of gathering; whoever plans it may change it.</summary>
public static class ExpectedPeople
{
    /// <param name="partyGroup">only this Party group; null: the branch</param>
    /// <param name="withActivists">the branch lets activists take part where the kind leaves it open</param>
    public static bool Expects(GatheringKind kind, string? partyGroup, bool withActivists, RollPerson person)
    {
        if (person.IsAway || (partyGroup is not null && person.PartyGroup != partyGroup))
        {
            return false;
        }

        return kind switch
        {
            GatheringKind.CommitteeMeeting => person.IsOfCommittee,
            GatheringKind.VolunteerService or GatheringKind.Other => false,
            _ when person.Standing == Standing.Activist => withActivists && AdmitsActivists(kind),
            _ => true,
        };
    }

    /// <summary>党课、主题党日、统一活动日、集中学习: whether activists come is the branch's choice.</summary>
    public static bool AdmitsActivists(GatheringKind kind) => kind is
        GatheringKind.PartyLecture or GatheringKind.CommonPartyDay or GatheringKind.ThemedPartyDay or GatheringKind.GroupStudy
        or GatheringKind.VolunteerService or GatheringKind.Other;

    /// <summary>Who is proposed, in a few words for the form.</summary>
    public static string InWords(GatheringKind kind) => kind switch
    {
        GatheringKind.CommitteeMeeting => "支委会成员",
        GatheringKind.GroupMeeting => "该党小组的党员",
        GatheringKind.VolunteerService or GatheringKind.Other => "由您勾选",
        _ when AdmitsActivists(kind) => "全体党员，积极分子由支部定",
        _ => "全体党员，不含积极分子",
    };
}
