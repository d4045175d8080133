namespace Jifen.Cycle.Gatherings;

/// <summary>There is nothing to sign in to on that day.</summary>
public sealed record NotTheDay(DateTimeOffset StartsAt)
    : Refusal($"签到在活动当天进行，这次活动是{CivilTime.DayOf(StartsAt):yyyy年M月d日}。");

/// <summary>The gathering has not begun: there is no attendance to write down yet.</summary>
public sealed record NotHeldYet(DateTimeOffset StartsAt)
    : Refusal($"活动还没有开始（{CivilTime.Of(StartsAt):M月d日 HH:mm}），开始以后再登记。");

/// <summary>A scan that came to the recorder's notice: it is kept all the same, the recorder judges.</summary>
/// <param name="CodeAge">how old the code on the projector was; null when entered by hand</param>
/// <param name="SameDevice">who signed in with the same phone before; null: nobody</param>
/// <param name="IsExpected">the person stands in the list</param>
public sealed record Scan(DateTimeOffset At, TimeSpan? CodeAge, string? Device, string? SameDevice, bool IsExpected)
{
    /// <returns>Chinese, for the recorder's list; null when nothing is strange</returns>
    public string? OddIn(Gathering gathering)
    {
        var odd = new List<string>();
        if (CodeAge > SignInCode.Tolerated)
        {
            odd.Add(CodeAge < TimeSpan.FromHours(1)
                ? $"用的是{(int)Math.Ceiling(CodeAge.Value.TotalMinutes)}分钟前的旧码"
                : "用的是1小时以前的旧码");
        }

        if (SameDevice is not null)
        {
            odd.Add($"与{SameDevice}用同一部手机");
        }

        if (!IsExpected)
        {
            odd.Add("不在应到名单");
        }

        if (At > gathering.ClosesAt)
        {
            odd.Add("活动结束以后才签到");
        }

        return odd.Count == 0 ? null : string.Join('；', odd);
    }
}

/// <summary>签到. The first counts; once more changes nothing.</summary>
public sealed record CheckIn(GatheringId Gathering, PersonId Person, CheckInManner Manner, Scan Scan)
{
    public Ruling Decide(Gathering gathering, bool isCheckedIn) => this switch
    {
        _ when gathering.State == GatheringState.Cancelled => new GatheringIsCancelled(),
        _ when isCheckedIn => Ruling.NothingToDo,
        _ when gathering.State == GatheringState.Held => new RollIsTakenForYou(),
        _ when CivilTime.DayOf(Scan.At) < gathering.Day || CivilTime.DayOf(Scan.At) > CivilTime.DayOf(gathering.ClosesAt) =>
            new NotTheDay(gathering.Plan.StartsAt),
        _ => new Happening(
            new MemberCheckedIn(Gathering, Scan.At, Manner, Scan.OddIn(gathering), Scan.Device),
            About: Person,
            On: gathering.Day,
            SourceKey: $"check-in/{Gathering}/{Person}"),
    };
}

/// <summary>The recorder has closed the roll.</summary>
public sealed record RollIsTakenForYou() : Refusal("记录员已经点过名，签到不再变动。您到了而没有登记的，请告诉记录员更正。");
