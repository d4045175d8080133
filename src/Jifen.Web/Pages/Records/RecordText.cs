using System.Globalization;
using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Records;

/// <summary>Records in words.</summary>
internal static class RecordText
{
    public static readonly IReadOnlyList<Choice> Sorts =
    [
        new("attendance", "出席（到会以外的）"), new("dues", "党费"), new("report", "思想汇报"), new("study", "在外学习"), new("fact", "其他事实"),
    ];

    public static readonly IReadOnlyList<Choice> States =
    [
        new("holds", "算数的"), new("pending", "待认定"), new("rejected", "不认定"), new("corrected", "已更正、冲正"),
    ];

    /// <summary>Facts by their English id, of the schemes in force now and in the cycle before.</summary>
    public static async Task<IReadOnlyDictionary<string, FactKind>> KindsAsync(SchemesInForce schemes, DataScope scope, OrganizationId branch, CancellationToken cancel)
    {
        var kinds = new Dictionary<string, FactKind>(StringComparer.Ordinal);
        foreach (var year in new[] { scope.Today.Year, scope.Today.Year - 1 })
        {
            foreach (var kind in (await schemes.OfAsync(scope, branch, year, cancel))?.Scheme.FactKinds ?? [])
            {
                kinds.TryAdd(kind.Id, kind);
            }
        }

        return kinds;
    }

    /// <summary>In a few words: 组织生活迟到, 3月党费, 思想汇报.</summary>
    public static string What(RecordLine line, IReadOnlyDictionary<string, FactKind> kinds) => line.Sort switch
    {
        "attendance" => Attendances.Of(line.Kind ?? "")?.Name() ?? line.Kind ?? "",
        "dues" => string.Create(CultureInfo.InvariantCulture, $"{line.Month:yyyy年M月}党费"),
        "report" => "思想汇报",
        "study" => "在外学习",
        _ => kinds.TryGetValue(line.Kind ?? "", out var kind) ? kind.Name : line.Kind ?? "",
    };

    /// <param name="showsMoney">amounts of dues say what somebody earns: only to those who keep them</param>
    public static string Detail(RecordLine line, IReadOnlyDictionary<string, FactKind> kinds, bool showsMoney) => line.Sort switch
    {
        "attendance" => line.Title ?? "",
        "dues" => Dues(line.Due ?? 0, line.Paid ?? 0, line.PaidOn, showsMoney),
        "study" => $"{line.Title}，{line.Quantity:0.##}学时",
        "report" => line.Title ?? "",
        _ => Fact(kinds.GetValueOrDefault(line.Kind ?? ""), line.Quantity, line.Level, line.Title, line.Points),
    };

    public static string Dues(decimal due, decimal paid, DateOnly? paidOn, bool showsMoney)
    {
        var when = paidOn is { } on ? $"{DayText.Full(on)}缴" : "未缴";
        return showsMoney
            ? string.Create(CultureInfo.InvariantCulture, $"应缴{due:0.##}元，{when}{(paidOn is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{paid:0.##}元"))}")
            : paidOn is not null && paid < due ? $"{when}，未足额" : when;
    }

    public static string Fact(FactKind? kind, decimal? quantity, string? level, string? content, decimal? points)
    {
        var parts = new List<string>();
        if (level is not null)
        {
            parts.Add(level);
        }

        if (content is not null)
        {
            parts.Add(content);
        }

        if (quantity is { } count && (count != 1 || kind is { Unit: not "次" }))
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count:0.##}{kind?.Unit}"));
        }

        if (points is { } given)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"认定{given:0.##}分"));
        }

        return string.Join("，", parts);
    }

    public static (string Text, Tone Tone) State(RecordLine line) => line switch
    {
        { EndedAt: not null, EndedBecause: not null } => ("已更正", Tone.Faded),
        { EndedAt: not null } => ("已被代替", Tone.Faded),
        { State: "pending" } => ("待认定", Tone.Caution),
        { State: "rejected" } => ("不认定", Tone.Faded),
        _ => ("算数", Tone.Good),
    };

    /// <summary>积分记录员, 书记; what the ledger calls member is 本人.</summary>
    public static string Office(string word) => Words.Read<Role>(word) is { } role
        ? role is Role.Member or Role.Applicant ? "本人" : role.Name()
        : word switch { "import" => "导入", "installer" => "安装时", _ => word };

    /// <summary>2025年10月15日 16:05</summary>
    public static string At(DateTimeOffset instant)
    {
        var local = CivilTime.Of(instant);
        return string.Create(CultureInfo.InvariantCulture, $"{local:yyyy年M月d日 HH:mm}");
    }

    /// <summary>−0.5分, +2分; without figure where it depends on what else there is.</summary>
    public static string Points(FactEffect effect) => effect switch
    {
        { Vetoes: true } => effect.Rule,
        { IsTooLittle: true } => "数量不满一份，不计分",
        { IsOpen: true } => "分值由支部定，还没有定",
        { Points: { } points } => points.Hundredths == 0 ? "不动分" : $"{(points.Hundredths > 0 ? "+" : "−")}{new Scoring.Points(Math.Abs(points.Hundredths))}分",
        { Forfeits: true } => "此项不得分",
        { Sign: < 0 } => "按累计扣分",
        { Sign: 0 } => "计入应达的数量",
        _ => "按累计计分",
    };

    /// <summary>The rules in the words of the scheme; the name of the fact stands beside them already.</summary>
    public static string Rules(FactKind kind, IEnumerable<FactEffect> effects) => string.Join(
        "；", effects.Select(effect => effect.Rule.StartsWith(kind.Name, StringComparison.Ordinal) ? effect.Rule[kind.Name.Length..] : effect.Rule).Distinct());

    /// <summary>What the scheme does with a fact, said before anything is filled in; empty where it does nothing.</summary>
    public static string Explain(Scheme scheme, FactKind kind) =>
        FactMeaning.Of(scheme, kind, null, 100, null, null) is { Count: > 0 } effects ? Rules(kind, effects)
        : kind.Unscored ?? string.Join("；", FactMeaning.NeededBy(scheme, kind).Select(needed => $"算“{needed.Item.Name}”要用：{needed.Rule}"));

    public static string Size(long bytes) => bytes < 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes >> 10)} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.#} MB");
}
