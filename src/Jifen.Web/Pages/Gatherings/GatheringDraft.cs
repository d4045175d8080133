using System.Globalization;
using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Studies;
using Jifen.Scoring.Schemes;
using Jifen.Store.Reads;
using Jifen.Web.Components;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web.Pages.Gatherings;

/// <summary>The form of a gathering as it is typed: nothing typed is lost when something is wrong.</summary>
internal sealed record GatheringDraft
{
    private static readonly TimeOnly UsualStart = new(14, 30);

    private static readonly TimeSpan UsualLength = TimeSpan.FromHours(2);

    public required GatheringKind Kind { get; init; }

    public string Title { get; init; } = "";

    public string Day { get; init; } = "";

    public string Starts { get; init; } = "";

    public string Ends { get; init; } = "";

    public string Place { get; init; } = "";

    public string Hours { get; init; } = "";

    public string? PartyGroup { get; init; }

    public string Host { get; init; } = "";

    public string Late { get; init; } = "";

    public Guid? StudyItem { get; init; }

    /// <summary>The last of the same kind, on the day proposed: what is usual need not be typed again.</summary>
    public static GatheringDraft Like(GatheringKind kind, LastOfKind? last, LastOfKind? lastOfAny, DateOnly day, string? partyGroup)
    {
        var model = last ?? lastOfAny;
        var start = model is null ? UsualStart : TimeOnly.FromDateTime(CivilTime.Of(model.StartsAt).DateTime);
        var length = model?.EndsAt - model?.StartsAt ?? UsualLength;
        return Of(new GatheringPlan(
            kind,
            TitleAfter(last?.Title, last is null ? null : CivilTime.DayOf(last.StartsAt), day, kind, partyGroup),
            CivilTime.At(day, start),
            CivilTime.At(day, start) + length,
            model?.Place ?? "",
            last?.Hours,
            partyGroup ?? last?.PartyGroup,
            last?.Host,
            null,
            model?.LateAfterMinutes ?? GatheringPlan.UsualLateAfterMinutes));
    }

    /// <summary>An item of a study schedule, at the usual hour and place.</summary>
    public static GatheringDraft Of(StudyItem item, LastOfKind? last)
    {
        var start = last is null ? UsualStart : TimeOnly.FromDateTime(CivilTime.Of(last.StartsAt).DateTime);
        return Of(StudySession.Of(
            item, start, last?.EndsAt - last?.StartsAt ?? UsualLength, last?.Place ?? "", last?.LateAfterMinutes ?? GatheringPlan.UsualLateAfterMinutes));
    }

    public static GatheringDraft Of(GatheringPlan plan) => new()
    {
        Kind = plan.Kind,
        Title = plan.Title,
        Day = DayText.Iso(CivilTime.DayOf(plan.StartsAt)),
        Starts = GatheringText.Clock(plan.StartsAt),
        Ends = plan.EndsAt is { } ends && CivilTime.DayOf(ends) == CivilTime.DayOf(plan.StartsAt) ? GatheringText.Clock(ends) : "",
        Place = plan.Place,
        Hours = plan.Hours?.ToString("0.##", CultureInfo.InvariantCulture) ?? "",
        PartyGroup = plan.PartyGroup,
        Host = plan.Host ?? "",
        Late = plan.LateAfterMinutes.ToString(CultureInfo.InvariantCulture),
        StudyItem = plan.StudyItem,
    };

    public static GatheringDraft Read(HttpRequest request, GatheringKind otherwise) => new()
    {
        Kind = GatheringKinds.Of(Form.Text(request, "kind")) ?? otherwise,
        Title = Form.Text(request, "title"),
        Day = Form.Text(request, "day"),
        Starts = Form.Text(request, "starts"),
        Ends = Form.Text(request, "ends"),
        Place = Form.Text(request, "place"),
        Hours = Form.Text(request, "hours"),
        PartyGroup = Form.TextOrNull(request, "group"),
        Host = Form.Text(request, "host"),
        Late = Form.Text(request, "late"),
        StudyItem = Guid.TryParse(Form.Text(request, "item"), out var item) ? item : null,
    };

    /// <returns>the plan, or what cannot be read at all</returns>
    public (GatheringPlan? Plan, IReadOnlyList<FieldFault> Faults) ToPlan(HttpRequest request)
    {
        var faults = new List<FieldFault>();
        var day = Form.Day(request, "day");
        var starts = Form.Time(request, "starts");
        var ends = Ends.Length == 0 ? null : Form.Time(request, "ends");
        var hours = Hours.Length == 0 ? null : Form.Number(request, "hours");
        var late = int.TryParse(Late, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : (int?)null;
        Need(day is not null, "day", "请选日期");
        Need(starts is not null, "starts", "请填开始时间，如14:30");
        Need(Ends.Length == 0 || ends is not null, "ends", "结束时间写成16:30这样");
        Need(Hours.Length == 0 || hours is not null, "hours", "学时写数字，如2或1.5");
        Need(late is not null, "late", "写分钟数，如5");
        return faults.Count > 0
            ? (null, faults)
            : (new GatheringPlan(
                Kind,
                Title,
                CivilTime.At(day!.Value, starts!.Value),
                ends is { } end ? CivilTime.At(day.Value, end) : null,
                Place,
                hours,
                PartyGroup,
                Host.Length == 0 ? null : Host,
                StudyItem,
                late!.Value), []);

        void Need(bool isRight, string field, string message)
        {
            if (!isRight)
            {
                faults.Add(new FieldFault(field, message));
            }
        }
    }

    /// <summary>“九月党员大会” of last month becomes “十月党员大会”; a title without a month stays as it is.</summary>
    private static string TitleAfter(string? last, DateOnly? lastOn, DateOnly day, GatheringKind kind, string? partyGroup)
    {
        string[] months = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
        if (last is null || lastOn is not { } on)
        {
            return $"{partyGroup}{day.Month}月{kind.Name()}";
        }

        var written = new[] { $"{on.Month}月", $"{months[on.Month - 1]}月" }.FirstOrDefault(month => last.StartsWith(month, StringComparison.Ordinal));
        return written is null
            ? last
            : (char.IsAsciiDigit(written[0]) ? $"{day.Month}月" : $"{months[day.Month - 1]}月") + last[written.Length..];
    }
}
