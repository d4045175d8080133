using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.AnnualResults;

/// <summary>暂行 readings: the year may be tried and drafted, not settled.</summary>
public sealed record ReadingsAreTentative(IReadOnlyList<Reading> Readings)
    : Refusal($"办法里还有{Readings.Count}条暂行的解释没有确认，只能试算，不能定分：{string.Join("；", Readings.Take(3).Select(reading => $"{reading.Id}{reading.Question}"))}{(Readings.Count > 3 ? "……" : "")}。请先由有权的会议或组织确认。");

/// <summary>支部定 that nobody has filled in.</summary>
public sealed record SlotsAreOpen(IReadOnlyList<Slot> Slots)
    : Refusal($"办法里还有{Slots.Count}处“支部定”没有填，只能试算，不能定分：{string.Join("；", Slots.Take(3).Select(slot => slot.What))}。请附上填好的细则重新采用办法。");

/// <summary>More people than a quota allows: people choose.</summary>
public sealed record QuotasAreExceeded(IReadOnlyList<ExceededQuota> Quotas)
    : Refusal(
        $"有{Quotas.Count}处名额超出，系统不替人取舍：{string.Join("；", Quotas.Select(quota => $"“{quota.Text}”至多{quota.Allowed}人，够上的有{quota.Qualifying.Count}人"))}。请由大会定取谁、为什么、同分怎么办，再定分。",
        Quotas[0].Clauses is [var clause, ..] ? clause : null);

/// <summary>Facts that wait to be confirmed would change the settled points.</summary>
public sealed record FactsArePending(int Count) : Refusal($"还有{Count}条事实等着认定，认定以后分数会变。请先在“待认定”里办完，再定分。");

/// <summary>An objection is open: nothing rests on figures that are in dispute.</summary>
public sealed record ObjectionsAreOpen(int Count) : Refusal($"还有{Count}件异议或申诉没有办结。办结以后再办这一步。", "JSIT-7⑤");

/// <summary>The table is not the one that was on the screen.</summary>
public sealed record TableHasChanged() : Refusal("您看到的汇总表以后，账上又有了新的记录或更正，分数变了。请看过新的汇总表，再办一次。");

/// <summary>Nobody to settle.</summary>
public sealed record NobodyIsScored() : Refusal("这一年没有人参加积分，不用定分。请先核对名册。");

/// <summary>Nothing to choose.</summary>
public sealed record QuotaIsNotExceeded() : Refusal("这个名额没有超出，或者已经定过取舍。请刷新页面看现在的情况。");

/// <summary>Somebody who does not meet the condition was chosen.</summary>
public sealed record NotAmongThoseWhoQualify() : Refusal("选中的人里有不够条件的。名额只在够条件的人里取舍，请重新选。");

/// <summary>The choice keeps to the quota.</summary>
public sealed record MoreThanTheQuota(string Text, int Allowed, int Chosen) : Refusal($"“{Text}”至多{Allowed}人，选了{Chosen}人。请再减{Chosen - Allowed}人。");

/// <summary>Whoever meets the quota does not write down who is within it.</summary>
public sealed record ChoosesAboutOneself() : Refusal("您自己在够条件的人里，不能由您来记这次取舍。请由不在其中的支委会成员、副书记或上级组织员办。");

/// <summary>The year is not settled, or was opened again.</summary>
public sealed record YearIsNotSettled(int Year) : Refusal($"{Year}年度还没有定分，或者已经重新开启。定分以后再办。");
