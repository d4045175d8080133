using Jifen.Cycle;
using Jifen.Scoring.Schemes;

namespace Jifen.Demo;

/// <summary>A gathering of the demo year.</summary>
internal sealed record DemoGathering(GatheringId Id, GatheringKind Kind, string Title, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Place, decimal? Hours)
{
    public DateOnly On => CivilTime.DayOf(StartsAt);
}

/// <summary>What a branch holds in a year: the meetings and lectures every branch knows, on Wednesdays and Fridays, out of school holidays.</summary>
internal static class DemoCalendar
{
    private static readonly string[] Themes =
        ["学习新修订的条例", "从严治党专题研讨", "调查研究方法交流", "红色基地现场教学", "师德师风与纪律教育", "科技自立自强专题学习", "乡村振兴案例研讨", "意识形态工作责任制", "廉洁文化进校园", "优秀党员事迹分享"];

    private static readonly string[] Places = ["行政楼 201 会议室", "实训楼报告厅", "党员活动室", "图书馆三楼研讨室"];

    public static IReadOnlyList<DemoGathering> Of(DemoOrganization branch, int year, DateOnly until)
    {
        var random = new Random(DemoId.Seed($"{branch.Key} {year}"));
        var held = new List<DemoGathering>();
        for (var month = 1; month <= 12; month++)
        {
            var holiday = month is 2 or 8;
            Add(GatheringKind.CommonPartyDay, month, 1, "统一活动日：", 14, 1.5m);
            if (!holiday)
            {
                Add(GatheringKind.GroupStudy, month, 2, "集中学习：", 14, 2m);
                Add(GatheringKind.GroupStudy, month, 4, "集中学习：", 14, 2m);
            }

            if (month % 3 == 0)
            {
                Add(GatheringKind.MembersMeeting, month, 3, "支部党员大会：", 15, null);
                Add(GatheringKind.PartyLecture, month, 1, "专题党课：", 16, 1.5m);
            }

            if (month is 4 or 9)
            {
                Add(GatheringKind.DecisionMeeting, month, 3, "发展党员讨论：", 15, null);
                Add(GatheringKind.VolunteerService, month, 2, "志愿服务：", 9, null);
            }
        }

        Add(GatheringKind.OrganizationalLifeMeeting, 1, 3, "组织生活会：", 14, null);
        return held.OrderBy(one => one.StartsAt).ToList();

        void Add(GatheringKind kind, int month, int week, string lead, int hour, decimal? hours)
        {
            var first = new DateOnly(year, month, 1);
            var wednesday = first.AddDays((((int)DayOfWeek.Wednesday - (int)first.DayOfWeek) + 7) % 7);
            var day = wednesday.AddDays(((week - 1) * 7) + (kind is GatheringKind.CommonPartyDay ? 2 : 0));
            var theme = Themes[random.Next(Themes.Length)];
            var place = Places[random.Next(Places.Length)];
            if (day.Month != month || day > until)
            {
                return;
            }

            var starts = CivilTime.At(day, new TimeOnly(hour, 0));
            held.Add(new DemoGathering(
                new GatheringId(DemoId.Of($"gathering {branch.Key} {day:yyyyMMdd} {kind}")), kind, lead + theme, starts, starts.AddHours(2), place, hours));
        }
    }
}
