namespace Jifen.Scoring.Schemes;

/// <summary>A scheme in plain lines, each with a path that stays the same between versions: what <c>show</c> prints and <c>diff</c> compares.</summary>
public static class SchemeText
{
    /// <param name="Path">部分/base, 记分/组1 …</param>
    public sealed record Entry(string Path, string Text, IReadOnlyList<string> Clauses, string? Reading);

    /// <param name="Before">null where the second scheme adds</param>
    /// <param name="After">null where the second scheme leaves out</param>
    public sealed record Difference(string Path, Entry? Before, Entry? After);

    /// <summary>Everything a scheme says, in its own order.</summary>
    public static IReadOnlyList<Entry> Of(Scheme scheme)
    {
        var entries = new List<Entry>
        {
            new("办法", $"{scheme.Name}{(scheme.DocumentNumber is { } number ? $"（{number}）" : "")}", [], null),
            new("周期", $"{(scheme.StartsInSeptember ? "学年" : "自然年")}，考评期{scheme.RoundLength.Name()}，记分单位{Points.Format(scheme.Unit)}", [], null),
        };
        if (scheme.Composition is { } composition)
        {
            var way = composition.Kind switch { CompositionKind.Sum => "合计", CompositionKind.Average => "平均", CompositionKind.Last => "末期" };
            entries.Add(new Entry("年度合成", way, composition.Clauses, composition.Reading));
        }

        entries.AddRange(scheme.FactKinds.Select(kind => new Entry($"事实/{kind.Name}", Of(kind), [], null)));
        AddRecords(scheme, entries);
        foreach (var section in scheme.Sections)
        {
            AddSection(scheme, section, entries);
        }

        for (var i = 0; i < scheme.TotalSteps.Count; i++)
        {
            var step = scheme.TotalSteps[i];
            entries.Add(new Entry($"总分/{i + 1}", Of(scheme, step), step.Clauses, step.Reading));
        }

        entries.AddRange(scheme.Grades.Select((row, index) => new Entry($"等次/{index + 1}", Of(scheme, row), row.Clauses, row.Reading)));
        entries.AddRange(scheme.GradeLimits.Select(limit => new Entry(
            $"定档/{limit.Id}",
            $"{scheme.FactKinds[limit.Fact].Name}累计满{Points.Format(limit.Count)}，{(limit.IsExact ? "定为" : "至多")}{limit.Grade}",
            limit.Clauses,
            limit.Reading)));
        if (scheme.Ungraded is { } ungraded)
        {
            entries.Add(new Entry("不评等次", ungraded.ToString(), [], null));
        }

        if (scheme.RankScope is { ByCategory: true } or { Without.Length: > 0 })
        {
            var without = string.Join("、", scheme.RankScope.Without.Select(Facts.Member.StandingName));
            entries.Add(new Entry(
                "定义/排名",
                (scheme.RankScope.ByCategory ? "支部内同类别" : "支部") + (without.Length > 0 ? $"，不含{without}" : ""),
                scheme.RankScope.Clauses,
                scheme.RankScope.Reading));
        }

        AddTail("排名靠前", "前", scheme.Front, entries);
        AddTail("排名靠后", "末", scheme.Back, entries);
        entries.AddRange(scheme.Hints.Select(hint => new Entry(
            $"提示/{hint.Id}",
            $"连续{hint.Months}个月没有{string.Join("、", hint.Without.Select(kind => scheme.FactKinds[kind].Name))}，提示{scheme.FactKinds[hint.Suggests].Name}",
            hint.Clauses,
            hint.Reading)));
        entries.AddRange(scheme.Referrals.Select(referral => new Entry(
            $"转办/{scheme.FactKinds[referral.Fact].Name}", $"转{referral.To}，不记分", referral.Clauses, referral.Reading)));
        entries.AddRange(scheme.Outcomes.Select(outcome => new Entry(
            $"结果运用/{outcome.Id}",
            $"{outcome.Condition.Describe(scheme.FactKinds)} → {outcome.Result}（{outcome.Force}）{Of(outcome.Quota)}",
            outcome.Clauses,
            outcome.Reading)));
        entries.AddRange(scheme.Steps.Select(step => new Entry(
            $"流程/{step.Name}{(step.Every is { } every ? "·" + every.Name() : "")}", Of(step), step.Clauses, step.Reading)));
        if (scheme.Exemptions is { } exemptions)
        {
            entries.Add(new Entry("免予", Of(exemptions), exemptions.Clauses, exemptions.Reading));
            entries.AddRange(exemptions.Kinds.Select(kind => new Entry($"免予/{kind.Kind}", kind.Text, kind.Clauses, null)));
        }

        entries.AddRange(scheme.Readings.Select(reading => new Entry(
            $"解释/{reading.Id}", $"{reading.Kind}：{reading.Question} → {reading.Adopted}（{(reading.IsConfirmed ? "确认" : "暂行")}；{reading.Reason}）", [], null)));
        return entries;
    }

    /// <summary>What differs, in the order of the first scheme, then what only the second has.</summary>
    public static IReadOnlyList<Difference> Between(Scheme before, Scheme after)
    {
        var old = Of(before);
        var now = Of(after);
        var byPath = now.GroupBy(entry => entry.Path, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var differences = old
            .Where(entry => !byPath.TryGetValue(entry.Path, out var other) || other.Text != entry.Text)
            .Select(entry => new Difference(entry.Path, entry, byPath.GetValueOrDefault(entry.Path)))
            .ToList();
        var known = old.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        differences.AddRange(now.Where(entry => !known.Contains(entry.Path)).Select(entry => new Difference(entry.Path, null, entry)));
        return differences;
    }

    internal static string Of(Scheme scheme, TotalStep step) => step.Kind switch
    {
        TotalStepKind.Join => $"并入{scheme.Sections[step.Section].Name}",
        TotalStepKind.Cap => $"封顶{Points.Format(step.Points)}",
        TotalStepKind.Floor => $"保底{Points.Format(step.Points)}",
        TotalStepKind.Limit => step.Limit!.ToString(),
        TotalStepKind.Veto => $"有{scheme.FactKinds[step.Fact].Name}则总分{Points.Format(step.Points)}",
    };

    private static void AddSection(Scheme scheme, Section section, List<Entry> entries)
    {
        var start = section.Start.Kind switch
        {
            StartKind.Full => $"从满分{section.Max}起",
            StartKind.ShareOfLastYear => $"从上年总分{Points.Format(section.Start.Share)}%起，首年{Points.Format(section.Start.Base)}",
            StartKind.Base => $"从{Points.Format(section.Start.Base)}起",
        };
        var text = section.Name + "：" + start
            + (section.Cap is { } cap ? $"，封顶{cap}" : "")
            + (section.Floor is { } floor ? $"，保底{floor}" : "")
            + string.Concat(section.Limits.Select(limit => $"，{limit}"))
            + For(section.Applies)
            + (section.ItemsLeftToBranch ? "，项目支部定" : "");
        entries.Add(new Entry($"部分/{section.Id}", text, section.Clauses, section.Reading));
        foreach (var group in section.Exclusive)
        {
            entries.Add(new Entry(
                $"不兼得/{string.Join("、", group.RuleIds)}", group.PerContent ? "同一内容只取最高" : "同一党员只取最高", group.Clauses, group.Reading));
        }

        foreach (var item in section.Items)
        {
            var words = item.Name
                + (item.Max is { } max ? $"：满分{max}" : "")
                + (item.Start != 0 ? $"，从{Points.Format(item.Start)}起" : "")
                + (item.Cap is { } itemCap ? $"，封顶{itemCap}" : "")
                + (item.Floor is { } itemFloor ? $"，保底{itemFloor}" : "")
                + string.Concat(item.Limits.Select(limit => $"，{limit}"))
                + For(item.Applies);
            entries.Add(new Entry($"项目/{item.Id}", words, item.Clauses, item.Reading));
            entries.AddRange(item.Rules.Select(rule => new Entry(
                $"记分/{rule.Id}",
                rule.Describe(scheme.FactKinds) + string.Concat(rule.Head.Limits.Select(limit => $"，{limit}")) + For(rule.Head.Applies),
                rule.Head.Clauses,
                rule.Head.Reading)));
        }
    }

    private static string Of(FactKind kind) =>
        $"按{kind.Unit}记，{kind.RecordedBy}"
        + (kind.Levels.Count > 0 ? $"，级别：{string.Join("、", kind.Levels)}" : "")
        + (kind.Carries.HasFlag(Carried.Content) ? "，带内容" : "")
        + (kind.Carries.HasFlag(Carried.Amount) ? "，带分值" : "")
        + (kind.IsShared ? "，多人均分" : "")
        + (kind.Unscored is { } why ? $"，不记分（{why}）" : "");

    private static void AddRecords(Scheme scheme, List<Entry> entries)
    {
        var records = scheme.DailyRecords;
        string Becomes(string what, IEnumerable<int> facts) =>
            string.Join("、", facts.Select(fact => scheme.FactKinds[fact].Name)) is { Length: > 0 } names ? $"{what}记{names}" : $"{what}不记";
        if (records.IsLeftToBranch)
        {
            entries.Add(new Entry("登记", "支部定", [], null));
        }

        foreach (var row in records.Gatherings)
        {
            var attendances = Attendances.Written.Select(attendance => (
                attendance, facts: row.FactsOf(attendance).Where(fact => !fact.CarriesHours).Select(fact => fact.FactKindIndex).ToList())).ToList();
            var parts = attendances.All(entry => entry.facts.Count == 0)
                ? [Becomes("出席", [])]
                : attendances.Select(entry => Becomes(entry.attendance.Name(), entry.facts)).ToList();
            var hours = row.FactsOf(Attendance.Present).Where(fact => fact.CarriesHours).Select(fact => fact.FactKindIndex).ToList();
            if (hours.Count > 0)
            {
                parts.Add(Becomes("学时", hours));
            }

            entries.Add(new Entry($"登记/{string.Join("、", row.Kinds.Select(kind => kind.Name()))}", string.Join("，", parts), row.Clauses, row.Reading));
        }

        if (records.Dues is { } dues)
        {
            string[] parts =
            [
                Becomes("按时", dues.OnTime), Becomes("未按时", dues.Late), Becomes("未足额", dues.TooLittle), Becomes("补缴", dues.MadeGood),
            ];
            entries.Add(new Entry("登记/党费", string.Join("，", parts), dues.Clauses, dues.Reading));
        }

        if (records.ThoughtReports is { } reports)
        {
            entries.Add(new Entry("登记/思想汇报", Becomes("每次", reports.Facts), reports.Clauses, reports.Reading));
        }

        if (records.OutsideStudies is { } studies)
        {
            entries.Add(new Entry("登记/在外学习", Becomes("学时", studies.Facts), studies.Clauses, studies.Reading));
        }
    }

    private static void AddTail(string path, string end, Tail? tail, List<Entry> entries)
    {
        if (tail is null)
        {
            return;
        }

        var size = tail.People is { } people ? $"{people}人" : $"{Points.Format(tail.Share!.Value)}%（{(tail.RoundsUp ? "进一" : "舍去")}）";
        entries.Add(new Entry(
            $"定义/{path}",
            $"{(tail.ByCategory ? "支部内同类别" : "支部")}{end}{size}，至少{tail.AtLeast}人，并列{(tail.CountsTies ? "计入" : "不计入")}",
            tail.Clauses,
            tail.Reading));
    }

    private static string Of(Scheme scheme, GradeRow row) =>
        $"{row.Name}：{string.Join("，", new[] { row.Total is null ? null : $"总分{row.Total}", row.Condition?.Describe(scheme.FactKinds) }.OfType<string>())}"
        + $"{(row.Categories.Count > 0 ? $"（{string.Join("、", row.Categories)}）" : "")}{Of(row.Quota)}";

    private static string Of(Quota? quota)
    {
        if (quota is null)
        {
            return "";
        }

        var excess = quota.Excess switch { QuotaExcess.Stop => "停", QuotaExcess.TakeFirst => "取前", QuotaExcess.Warn => "提示" };
        var size = quota.People is { } people ? $"{people}人" : $"{Points.Format(quota.Share!.Value)}%";
        return $"，名额不超过{(quota.ByCategory ? "支部内同类别" : "支部")}{size}，超出{excess}";
    }

    private static string Of(ExemptionRules rules) => rules.Kinds.Count == 0
        ? "没有免予的规定"
        : $"本人申请，{string.Join("，", rules.Course)}{(rules.NoticeDays is { } days ? $"（{days}{(rules.WorkingDays ? "个工作日" : "天")}）" : "")}";

    private static string Of(CycleStep step) =>
        $"{string.Join("、", step.By)}{(step.ForRecorderBy is { } other ? $"（记录员本人：{other}）" : "")}"
        + (step.After.Count > 0 ? $"，先{string.Join("、", step.After)}" : "")
        + (step.Days is { } days ? $"，{days}{(step.WorkingDays ? "个工作日" : "天")}" : "")
        + (step.Deadlines.Count > 0 ? $"，期限{string.Join("、", step.Deadlines)}" : "");

    private static string For(Applicability applies) => applies.IsEveryone ? "" : $"（{applies}）";
}
