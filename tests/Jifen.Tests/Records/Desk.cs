using Jifen.Cycle;
using Jifen.Cycle.Records;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Xunit;

namespace Jifen.Tests.Records;

/// <summary>A branch of four on 20 October 2025, by the scheme of the college; Zhao keeps the records.</summary>
internal static class Desk
{
    public static readonly PersonId Li = new(new Guid(1, 0, 0, new byte[8]));
    public static readonly PersonId Wang = new(new Guid(2, 0, 0, new byte[8]));
    public static readonly PersonId Zhao = new(new Guid(3, 0, 0, new byte[8]));
    public static readonly PersonId Newcomer = new(new Guid(4, 0, 0, new byte[8]));
    public static readonly PersonId Stranger = new(new Guid(9, 0, 0, new byte[8]));

    public static readonly OrganizationId Branch = new(new Guid(50, 0, 0, new byte[8]));

    public static readonly DateOnly Today = new(2025, 10, 20);

    public static readonly DateOnly October = new(2025, 10, 1);

    public static readonly EntryId Entry = new(new Guid(100, 0, 0, new byte[8]));

    public static readonly EvidenceId File = new(new Guid(200, 0, 0, new byte[8]));

    public static readonly Refusal NotHis = new SomebodyElses();

    public static Scheme Scheme { get; } = World.Scheme("jsit-2020");

    public static RecordDesk Open { get; } = new(
        new[]
        {
            PersonOf(Li, "李文博", "20150001", new RollStay(new DateOnly(2024, 1, 1), null)),
            PersonOf(Wang, "王芳", "20150002", new RollStay(new DateOnly(2024, 1, 1), null)),
            PersonOf(Zhao, "赵一鸣", "20150003", new RollStay(new DateOnly(2024, 1, 1), null)),
            PersonOf(Newcomer, "周可欣", "20150004", new RollStay(new DateOnly(2025, 9, 10), null)),
        }.ToDictionary(person => person.Person),
        Today,
        new DateOnly(2024, 1, 1),
        new Dictionary<PersonId, Refusal>());

    /// <summary>As Zhao sees it: his own records are kept by others.</summary>
    public static RecordDesk OfZhao { get; } = Open with { Excluded = new Dictionary<PersonId, Refusal> { [Zhao] = NotHis } };

    public static FactKind Kind(string id) => Scheme.FactKinds.First(kind => kind.Id == id);

    public static T Event<T>(Ruling ruling)
        where T : IEvent
    {
        Assert.Null(ruling.Refusal);
        return Assert.IsType<T>(Assert.Single(ruling.Happenings).Event);
    }

    /// <summary>Fields at fault, in order.</summary>
    public static IReadOnlyList<string> Faults(Ruling ruling) =>
        Assert.IsType<InputIsWrong>(ruling.Refusal).Faults.Select(fault => fault.Field).ToList();

    private static RecordPerson PersonOf(PersonId id, string name, string number, RollStay stay) =>
        new(id, name, number, null, [stay], new Member(id.ToString(), name, ""));

    private sealed record SomebodyElses() : Refusal("书记登记", "JSIT-7①");
}
