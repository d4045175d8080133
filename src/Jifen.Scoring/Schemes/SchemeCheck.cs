using System.Globalization;
using Jifen.Scoring.Schemes.Forms;
using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes;

/// <summary>What a scheme must be beyond its keys: section 9 of the language. Every check says where, why and how to mend it.</summary>
internal sealed class SchemeCheck
{
    private static readonly Grounded[] None = [];

    private readonly Scheme _scheme;
    private readonly Problems _problems;

    private readonly HashSet<string> _cited = new(StringComparer.Ordinal);

    private SchemeCheck(Scheme scheme, Problems problems)
    {
        _scheme = scheme;
        _problems = problems;
    }

    public static void Run(Scheme scheme, Problems problems)
    {
        var isReadable = !problems.HasErrors;
        var check = new SchemeCheck(scheme, problems);
        check.Names();
        check.Grounds();
        check.Maxima();
        check.RulesOfSections();
        LimitCheck.Run(scheme, problems);
        FactUseCheck.Run(scheme, problems, isReadable);
        check.TotalStepsInOrder();
        check.Composition();
        GradeCheck.Run(scheme, problems);
        CycleCheck.Run(scheme, problems);
        check.WhatIsLeft();
    }

    private void Names()
    {
        Once(_scheme.Sections.Select(section => new Named(section.Id, section.Place)), "部分编号");
        Once(_scheme.Sections.Select(section => new Named(section.Name, section.Place)), "部分名称");
        Once(_scheme.Items.Select(item => new Named(item.Id, item.Place)), "项目编号");
        Once(_scheme.Rules.Select(rule => new Named(rule.Id, rule.Head.Place)), "记分编号");
        Once(_scheme.Outcomes.Select(outcome => new Named(outcome.Id, outcome.Place)), "结果运用编号");
        Once(_scheme.Hints.Select(hint => new Named(hint.Id, hint.Place)), "提示编号");
        Once(_scheme.GradeLimits.Select(limit => new Named(limit.Id, limit.Place)), "定档编号");
        foreach (var section in _scheme.Sections.Where(section => section.Id is "member" or "branch" or "total" or "rank" or "grade" or "outcomes"))
        {
            _problems.Error(section.Place, $"部分编号“{section.Id}”与总分表的列名相同", "换一个编号，如“base”");
        }
    }

    private void Once(IEnumerable<Named> names, string what)
    {
        foreach (var group in names.Where(entry => entry.Name.Length > 0).GroupBy(entry => entry.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            _problems.Error(group.Last().Place, $"{what}“{group.Key}”用了{group.Count()}次（第{group.First().Place.Line}行已有）", "换一个");
        }
    }

    // Each citation and reading exists; each clause with a figure is cited by something.
    private void Grounds()
    {
        foreach (var (clauses, reading, place) in AllGrounded())
        {
            Ground(clauses, reading, place);
        }

        foreach (var reading in _scheme.Readings)
        {
            foreach (var wording in reading.Wordings)
            {
                Ground(wording.Clause.Split('；'), null, reading.Place);
            }
        }

        foreach (var clause in _scheme.Clauses.Values.Where(clause => clause.Text.Any(char.IsAsciiDigit) && !_cited.Contains(clause.Id)))
        {
            _problems.Warning(clause.Place, $"条款“{clause.Id}”里有数字（{clause.Text}），却没有一处引用它", "在相应的记分、运用、流程的“依据”里写上，或写进解释的“说法”");
        }
    }

    /// <summary>Everything that names its 依据 and 解释.</summary>
    private IEnumerable<Grounded> AllGrounded()
    {
        return
        [
            .. _scheme.Sections.Select(section => new Grounded(section.Clauses, section.Reading, section.Place)),
            .. _scheme.Sections.SelectMany(section => section.Exclusive).Select(group => new Grounded(group.Clauses, group.Reading, group.Place)),
            .. _scheme.Items.Select(item => new Grounded(item.Clauses, item.Reading, item.Place)),
            .. _scheme.Rules.Select(rule => new Grounded(rule.Head.Clauses, rule.Head.Reading, rule.Head.Place)),
            .. _scheme.TotalSteps.Select(step => new Grounded(step.Clauses, step.Reading, step.Place)),
            .. _scheme.Grades.Select(grade => new Grounded(grade.Clauses, grade.Reading, grade.Place)),
            .. _scheme.GradeLimits.Select(limit => new Grounded(limit.Clauses, limit.Reading, limit.Place)),
            .. _scheme.Outcomes.Select(outcome => new Grounded(outcome.Clauses, outcome.Reading, outcome.Place)),
            .. _scheme.Hints.Select(hint => new Grounded(hint.Clauses, hint.Reading, hint.Place)),
            .. _scheme.Referrals.Select(referral => new Grounded(referral.Clauses, referral.Reading, referral.Place)),
            .. _scheme.Steps.Select(step => new Grounded(step.Clauses, step.Reading, step.Place)),
            .. _scheme.Exemptions is { } exemptions
                ? [new Grounded(exemptions.Clauses, exemptions.Reading, exemptions.Place), .. exemptions.Kinds.Select(kind => new Grounded(kind.Clauses, null, exemptions.Place))]
                : None,
            .. _scheme.DailyRecords.Gatherings.Select(row => new Grounded(row.Clauses, row.Reading, row.Place)),
            .. _scheme.DailyRecords.Dues is { } dues ? [new Grounded(dues.Clauses, dues.Reading, dues.Place)] : None,
            .. _scheme.DailyRecords.ThoughtReports is { } reports ? [new Grounded(reports.Clauses, reports.Reading, reports.Place)] : None,
            .. _scheme.DailyRecords.OutsideStudies is { } studies ? [new Grounded(studies.Clauses, studies.Reading, studies.Place)] : None,
            new Grounded(_scheme.RankScope.Clauses, _scheme.RankScope.Reading, _scheme.RankScope.Place),
            .. _scheme.Composition is { } composition ? [new Grounded(composition.Clauses, composition.Reading, composition.Place)] : None,
            .. _scheme.Front is { } front ? [new Grounded(front.Clauses, front.Reading, front.Place)] : None,
            .. _scheme.Back is { } back ? [new Grounded(back.Clauses, back.Reading, back.Place)] : None,
            .. _scheme.RunningAccount is { } account ? [new Grounded(account.Clauses, account.Reading, account.Place)] : None,
        ];
    }

    private void Ground(IEnumerable<string> clauses, string? reading, Place place)
    {
        foreach (var clause in clauses.SelectMany(InFull))
        {
            _cited.Add(clause);
            if (!_scheme.Clauses.ContainsKey(clause))
            {
                _problems.Error(place, $"依据“{clause}”不在“条款”里", Spelling.SuggestFrom(clause, _scheme.Clauses.Keys.ToList(), "条款"));
            }
        }

        if (reading is not null && _scheme.Readings.All(known => known.Id != reading))
        {
            _problems.Error(place, $"解释“{reading}”没有写", Spelling.SuggestFrom(reading, _scheme.Readings.Select(known => known.Id).ToList(), "解释"));
        }
    }

    // 三（三）1-6 stands for 三（三）1 to 三（三）6, when there are such clauses.
    private IEnumerable<string> InFull(string clause)
    {
        var dash = clause.LastIndexOf('-');
        var digits = dash < 0 ? 0 : clause.AsSpan(0, dash).Length - clause.AsSpan(0, dash).TrimEnd("0123456789").Length;
        if (_scheme.Clauses.ContainsKey(clause) || digits is 0 or > 3
            || !int.TryParse(clause.AsSpan(dash - digits, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !int.TryParse(clause.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            || last <= first || last - first > 99)
        {
            return [clause];
        }

        var stem = clause[..(dash - digits)];
        return Enumerable.Range(first, last - first + 1).Select(number => stem + number.ToString(CultureInfo.InvariantCulture));
    }

    // 12+12+24+… = 100, for everyone (分类别各自相等).
    private void Maxima()
    {
        foreach (var section in _scheme.Sections.Where(section => section.Start.Kind == StartKind.Full && !section.ItemsLeftToBranch))
        {
            var categories = _scheme.Categories.Count == 0 ? [null] : _scheme.Categories.Cast<string?>().ToList();
            foreach (var category in categories)
            {
                var profile = new Profile(category, Facts.Standing.Full, []);
                var items = section.Items.Where(item => item.Applies.Covers(profile)).ToList();
                if (!section.Applies.Covers(profile) || section.Max?.For(category) is not { } max || items.Any(item => item.Max?.For(category) is null))
                {
                    continue;
                }

                var sum = 0L;
                foreach (var item in items)
                {
                    sum += item.Max!.For(category)!.Value;
                }

                if (sum != max)
                {
                    _problems.Error(
                        section.Place,
                        $"“{section.Name}”满分 {Points.Format(max)}，各项之和是 {Points.Format(sum)}{(category is null ? "" : $"（类别“{category}”）")}",
                        "改部分的满分，或改各项的满分");
                    break;
                }
            }
        }
    }

    private void RulesOfSections()
    {
        foreach (var section in _scheme.Sections)
        {
            var rules = section.Items.SelectMany(item => item.Rules).ToList();
            foreach (var supplement in rules.OfType<Supplement>())
            {
                var after = rules.FindIndex(rule => rule.Id == supplement.After);
                if (after < 0 || after > rules.IndexOf(supplement) || rules[after] is not (PerOccurrence or ByLevel))
                {
                    _problems.Error(
                        supplement.Head.Place,
                        $"记分“{supplement.Id}”随“{supplement.After}”，但同一部分里前面没有这条“每次”或“按级别”",
                        "把它写在同一部分、前面，或改“随”");
                }
            }

            foreach (var group in section.Exclusive)
            {
                foreach (var id in group.RuleIds)
                {
                    if (rules.All(rule => rule.Id != id))
                    {
                        _problems.Error(group.Place, $"不兼得的记分“{id}”不在部分“{section.Name}”里", Spelling.SuggestFrom(id, rules.Select(rule => rule.Id).ToList(), "记分"));
                    }
                    else if (group.PerContent && rules.First(rule => rule.Id == id) is not (PerOccurrence { Counting.Repair: null } or ByLevel { Counting.Repair: null }))
                    {
                        _problems.Error(group.Place, $"记分“{id}”分不出同一内容", "同一内容的不兼得只用于没有“整改”的“每次”“按级别”");
                    }
                }
            }

            foreach (var item in section.Items.Where(item => section.Start.Kind == StartKind.Full))
            {
                foreach (var assessed in item.Rules.OfType<Assessed>())
                {
                    _problems.Error(
                        assessed.Head.Place, $"项目“{item.Name}”从满分起，再“评定”就加了两次", "改成零分部分里的项目（写“封顶”），或用“每次”扣分");
                }
            }
        }
    }

    private void TotalStepsInOrder()
    {
        foreach (var section in _scheme.Sections)
        {
            var times = _scheme.TotalSteps.Count(step => step.Kind == TotalStepKind.Join && step.Section == section.Index);
            if (times != 1)
            {
                _problems.Error(section.Place, times == 0 ? $"部分“{section.Name}”没有进“总分”" : $"部分“{section.Name}”在“总分”里用了{times}次", "在“总分”里恰好写一次");
            }
        }

        var veto = false;
        foreach (var step in _scheme.TotalSteps)
        {
            if (veto && step.Kind != TotalStepKind.Veto)
            {
                _problems.Error(step.Place, "否决之后不能再有别的步骤", "把“否决”移到最后");
            }

            veto |= step.Kind == TotalStepKind.Veto;
        }
    }

    private void Composition()
    {
        foreach (var rule in _scheme.Rules)
        {
            if (_scheme.Composition is null && rule.CountsToDate)
            {
                _problems.Error(rule.Head.Place, $"记分“{rule.Id}”写了“计期: 年初至今”，但办法没有“年度合成”", "删去“计期”");
            }

            var valid = rule.ValidMonths;
            if (_scheme.Composition is not null && valid is not null)
            {
                _problems.Error(rule.Head.Place, $"记分“{rule.Id}”的“有效”不能与“年度合成”并用", "删去一个，否则同一事实各期重复计");
            }
        }
    }

    private void WhatIsLeft()
    {
        foreach (var slot in _scheme.Slots)
        {
            _problems.Warning(slot.Place, $"{slot.What}是“支部定”，还没有填，暂按 0 或空计", "用细则填写（--refine 细则文件）");
        }

        WhatIsNotRecorded();
        foreach (var reading in _scheme.TentativeReadings)
        {
            _problems.Note(reading.Place, $"解释“{reading.Id}”是暂行的：{reading.Question} → {reading.Adopted}。可以试算，不可定分");
        }
    }

    // Nothing to mend: a scheme scores without 登记. But who enters attendance should know that it will not count by itself.
    private void WhatIsNotRecorded()
    {
        var records = _scheme.DailyRecords;
        if (records.IsEmpty)
        {
            var why = records.IsLeftToBranch ? "“登记”是“支部定”，还没有填" : "没有写“登记”";
            _problems.Note(records.Place, $"{why}：出席、党费、思想汇报登记了，也不会自己变成事实；写法见 docs/scheme-language.md 2.9");
            return;
        }

        var left = new List<string>();
        foreach (var kind in GatheringKinds.All)
        {
            if (records.Row(kind) is null)
            {
                left.Add(kind.Name());
            }
        }

        if (left.Count > 0)
        {
            _problems.Note(records.Place, $"“登记”没有写到的活动：{string.Join("、", left)}。它们的出席不变成事实");
        }
    }

    // Of reference types: queries over them are compiled ahead, those over tuples each time the program starts.
    private sealed record Named(string Name, Place Place);

    private sealed record Grounded(IReadOnlyList<string> Clauses, string? Reading, Place Place);
}
