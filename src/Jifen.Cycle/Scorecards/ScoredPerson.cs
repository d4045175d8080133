using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cycle.Scorecards;

/// <summary>How somebody stands to the branch on the day of the sheet.</summary>
public enum Presence
{
    /// <summary>scored and ranked here</summary>
    OnRoll,

    /// <summary>left before; if to another branch, that one scores him</summary>
    Left,

    /// <summary>came only after the cycle was over</summary>
    CameLater,
}

/// <summary>One person of a branch's year: the line of the roster, and what of him the pages show.</summary>
/// <param name="LeftOn">last day on the roll, for those who left</param>
public sealed record ScoredPerson(
    PersonId Person, int Place, Presence Presence, Member Member, string? PartyGroup, string? Exemption, DateOnly? LeftOn, Departure? LeftBy, string? LeftTo)
{
    /// <summary>Whose sheet is this branch's: not of those whom another branch of the installation scores.</summary>
    public bool IsScoredHere => Presence == Presence.OnRoll || (Presence == Presence.Left && LeftBy != Departure.Moved);

    /// <param name="day">on which somebody looks</param>
    internal static ScoredPerson Of(BookedPerson booked, BranchBooks books, Plan plan, DateOnly day)
    {
        var cycle = plan.Calendar.Cycle;
        var last = DateOnly.FromDayNumber(cycle.Last);
        var on = day < last ? day : last;
        var here = booked.Affiliations.Where(one => one.Organization == books.Branch).ToList();
        var now = here.FirstOrDefault(one => one.Covers(on));
        var left = now is null ? here.LastOrDefault(one => one.ToOn < on) : null;
        var presence = now is not null ? Presence.OnRoll : left is not null ? Presence.Left : Presence.CameLater;
        var member = new Member(
            booked.Person.ToString(),
            booked.Name,
            // Ranks, quotas and hints are counted within a branch: those who are not of it stand apart.
            presence switch { Presence.OnRoll => books.Name, Presence.Left => "（已转出）", Presence.CameLater => "（后转入）" },
            Value(Aspect.Standing) is { } standing ? Words.Known<Standing>(standing) : Standing.Full,
            Value(Aspect.Category),
            OfficesOf(booked, on),
            EnrolledFrom(),
            EnrolledTo(),
            Value(Aspect.Exemption) is not null);
        return new ScoredPerson(
            booked.Person, booked.Place, presence, member, Value(Aspect.PartyGroup), Value(Aspect.Exemption), left?.ToOn, left?.LeftBy, left?.ToWhere);

        string? Value(Aspect aspect)
        {
            // For somebody who left: as it was on his last day.
            var at = left?.ToOn ?? on;
            return booked.Periods.LastOrDefault(period => period.Aspect == aspect && period.Covers(at))?.Value;
        }

        DateOnly? EnrolledFrom()
        {
            // A transfer inside the installation does not begin anew: what the branch before recorded counts on.
            var first = booked.Affiliations.Where(one => one.ToOn is null || one.ToOn.Value.DayNumber >= cycle.First).MinBy(one => one.FromOn);
            return first is null or { Arrived: Arrival.OnRoll } ? null : first.FromOn;
        }

        DateOnly? EnrolledTo()
        {
            if (left?.ToOn is { } gone)
            {
                return gone;
            }

            // Rounds that have not begun are not part of the year yet: their full marks would be points for nothing.
            return plan.Scheme.Composition is not null && on < last
                ? DateOnly.FromDayNumber(plan.Calendar.Rounds.First(round => round.Contains(Math.Max(on.DayNumber, cycle.First))).Last)
                : null;
        }
    }

    /// <summary>任职 as schemes name it.</summary>
    private static string? OfficesOf(BookedPerson booked, DateOnly on)
    {
        var words = booked.Offices.Where(office => office.Covers(on)).Select(office => Word(office.Office)).OfType<string>().Distinct().ToList();
        if (booked.Periods.Any(period => period.Aspect == Aspect.Floating && period.Covers(on)))
        {
            words.Add("流动党员");
        }

        return words.Count == 0 ? null : string.Join("；", words);
    }

    private static string? Word(Office office) => office switch
    {
        Office.Secretary => "书记",
        Office.DeputySecretary => "副书记",
        Office.CommitteeMember => "支委",
        Office.Recorder => "记录员",
        Office.Evaluator => "考评小组成员",
        Office.GroupLeader => "党小组长",
        _ => null,
    };
}
