namespace Jifen.Cycle.Decisions;

/// <summary>签到, by oneself: somebody with a vote.</summary>
public sealed record SignInToMeeting(MeetingId Meeting)
{
    public Ruling Decide(MembersMeeting? meeting, PersonId me) => meeting switch
    {
        null => new NoSuchMeeting(),
        { IsClosed: true } => new MeetingIsOver(),
        _ when meeting.People.All(person => person.Person != me) => new NotOfTheMeeting(),
        _ when meeting.People.Any(person => person.Person == me && person.IsPresent) => Ruling.NothingToDo,
        _ => new Happening(new MeetingSignedIn(Meeting), me, meeting.On),
    };
}

/// <summary>点到, by the host: everybody who is there, those without a vote too.</summary>
public sealed record TakeMeetingRoll(MeetingId Meeting, IReadOnlyList<PersonId> Present)
{
    /// <param name="isVoting">a secret vote is going on: its slips were counted by who was there</param>
    public Ruling Decide(MembersMeeting? meeting, bool isVoting)
    {
        if (meeting is null || meeting.IsClosed)
        {
            return meeting is null ? new NoSuchMeeting() : new MeetingIsOver();
        }

        if (isVoting)
        {
            return new VoteIsGoingOn();
        }

        var present = Present.Distinct().ToList();
        return present.Exists(person => meeting.People.All(known => known.Person != person)) ? new NotOfTheMeeting()
            : present.ToHashSet().SetEquals(meeting.People.Where(person => person.IsPresent).Select(person => person.Person)) ? Ruling.NothingToDo
            : new Happening(new MeetingRollTaken(Meeting, present), On: meeting.On);
    }
}
