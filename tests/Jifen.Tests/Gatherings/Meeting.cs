using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Scoring.Schemes;

namespace Jifen.Tests.Gatherings;

/// <summary>One members' meeting of five people in September 2025, as the tests of this folder know it.</summary>
internal static class Meeting
{
    public static readonly PersonId Li = Person(1);
    public static readonly PersonId Wang = Person(2);
    public static readonly PersonId Zhao = Person(3);
    public static readonly PersonId Qian = Person(4);
    public static readonly PersonId Guest = Person(5);

    public static readonly GatheringId Id = new(new Guid(9, 0, 0, new byte[8]));

    public static readonly DateTimeOffset Opening = new(2025, 9, 18, 14, 0, 0, CivilTime.Offset);

    public static readonly DateTimeOffset Before = Opening.AddDays(-3);

    public static readonly DateTimeOffset After = Opening.AddHours(3);

    public static GatheringPlan Plan { get; } = new(
        GatheringKind.MembersMeeting, "九月党员大会", Opening, Opening.AddHours(2), "三楼会议室", 2m, null, "李书记", null);

    public static Gathering Called { get; } = new(Id, Plan, GatheringState.Called, [Li, Wang, Zhao, Qian]);

    public static Gathering Held { get; } = Called with { State = GatheringState.Held };

    public static Gathering Cancelled { get; } = Called with { State = GatheringState.Cancelled };

    public static IReadOnlySet<PersonId> OnRoll { get; } = new HashSet<PersonId> { Li, Wang, Zhao, Qian, Guest };

    public static IReadOnlyDictionary<PersonId, Refusal> Nobody { get; } = new Dictionary<PersonId, Refusal>();

    public static EntryId Entry(int number) => new(new Guid(100 + number, 0, 0, new byte[8]));

    public static AttendanceMark Mark(PersonId person, Attendance attendance = Attendance.Present) => new(person, attendance, null);

    /// <param name="marks">what is written down already, in entry 1</param>
    public static Roll Roll(params (PersonId Person, Attendance Attendance)[] marks) => RollOf(marks.Length == 0 ? Called : Held, marks);

    public static Roll RollOf(Gathering gathering, params (PersonId Person, Attendance Attendance)[] marks) => new(
        gathering,
        [.. new[] { (Li, "李明"), (Wang, "王芳"), (Zhao, "赵强"), (Qian, "钱静"), (Guest, "孙伟") }.Select(one => new RollLine(
            one.Item1,
            one.Item2,
            IsExpected: one.Item1 != Guest,
            IsOnRoll: true,
            marks.Where(mark => mark.Person == one.Item1).Select(mark => new CurrentMark(Entry(1), mark.Attendance, null)).FirstOrDefault()))],
        marks.Length == 0 ? null : Entry(1));

    public static T Event<T>(Ruling ruling)
        where T : class, IEvent => (T)Xunit.Assert.Single(ruling.Happenings).Event;

    private static PersonId Person(int number) => new(new Guid(number, 0, 0, new byte[8]));
}
