using Jifen.Scoring.Outcomes;
using Jifen.Scoring.Schemes.Forms;
using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes;

/// <summary>条件 of grades and outcomes.</summary>
internal sealed partial class SchemeReader
{
    /// <param name="earlier">the outcomes that stand before, for 连续两年; null within 等次</param>
    private AllOf ReadConditions(
        Fields fields, List<Section> sections, IReadOnlyList<GradeRow> grades, bool forGrade, List<Outcome>? earlier = null)
    {
        var parts = new List<Condition>();
        if (fields.Has("总分") && _reading.Threshold(fields, "总分") is { } total)
        {
            parts.Add(new TotalIs(total));
        }

        if (fields.Has("等次"))
        {
            var names = fields.Texts("等次");
            if (forGrade)
            {
                _problems.Error(fields.PlaceOf("等次"), "等次的条件里不能再写“等次”", "删去");
            }

            foreach (var name in names)
            {
                CheckGrade(fields.PlaceOf("等次"), name, grades);
            }

            parts.Add(new GradeIs(names));
        }

        if (fields.Text("排名") is { } rank)
        {
            ReadRank(fields, rank, parts);
        }

        ReadPerson(fields, parts);
        if (fields.Has("有事实"))
        {
            parts.Add(new HasFact(_reading.Facts(fields, "有事实"), Wanted: true));
        }

        if (fields.Has("无事实"))
        {
            parts.Add(new HasFact(_reading.Facts(fields, "无事实"), Wanted: false));
        }

        if (fields.Text("连续两年") is { } twice)
        {
            if (earlier is null || earlier.All(outcome => outcome.Id != twice))
            {
                _problems.Error(
                    fields.PlaceOf("连续两年"), $"“连续两年”要写前面的一条结果运用，没有“{twice}”", "把那一条写在前面，这里写它的编号");
            }
            else
            {
                parts.Add(new TwoYears(twice));
            }
        }

        if (fields.Has("任一"))
        {
            var groups = fields.Maps("任一", "任一的一组")
                .Select(group => (Condition)ReadConditions(group, sections, grades, forGrade, earlier))
                .ToList();
            if (groups.Count < 2)
            {
                _problems.Error(fields.PlaceOf("任一"), "“任一”至少写两组", "如“任一: [ { 总分: 低于80 }, { 减分项目: 有 } ]”");
            }

            parts.Add(new AnyOf(groups));
        }

        foreach (var entry in fields.TakeUnknown())
        {
            if (ReadSectionCondition(entry, sections, fields) is { } condition)
            {
                parts.Add(condition);
            }
        }

        return new AllOf(parts);
    }

    private void ReadRank(Fields fields, string rank, List<Condition> parts)
    {
        var definitions = _top.Node("定义") as Mapping;
        switch (rank)
        {
            case "靠前" or "靠后":
                if (definitions?.Find("排名" + rank) is null)
                {
                    _problems.Error(fields.PlaceOf("排名"), $"“排名: {rank}”没有定义", $"在“定义”里写“排名{rank}: {{ … }}”");
                    return;
                }

                parts.Add(new RankIs(rank == "靠前" ? RankKind.Front : RankKind.Back, null, rank));
                return;
            default:
                if (Placing.Parse(rank) is { People: not null } place)
                {
                    parts.Add(new RankIs(RankKind.Place, place, rank));
                }
                else
                {
                    _problems.Error(fields.PlaceOf("排名"), $"“排名”不能是“{rank}”", "写“靠前”“靠后”“前3名”“末1名”");
                }

                return;
        }
    }

    private void ReadPerson(Fields fields, List<Condition> parts)
    {
        // 身份 may also name an office, as documents do (身份: 党员干部).
        var standings = new List<Facts.Standing>();
        var offices = fields.Texts("任职");
        var officesUnderStanding = new List<string>();
        foreach (var name in fields.Texts("身份"))
        {
            if (RuleReading.StandingOf(name) is { } standing)
            {
                standings.Add(standing);
            }
            else
            {
                officesUnderStanding.Add(name);
            }
        }

        var either = new[] { new Applicability([], standings.ToArray(), []), new Applicability([], [], officesUnderStanding) }
            .Where(who => !who.IsEveryone)
            .Select(who => (Condition)new PersonIs(who))
            .ToList();
        if (either.Count > 0)
        {
            parts.Add(either.Count == 1 ? either[0] : new AnyOf(either));
        }

        var categories = fields.Texts("类别");
        foreach (var category in categories.Where(category => !_categories.Contains(category)))
        {
            _problems.Error(fields.PlaceOf("类别"), $"类别“{category}”没有定义", Spelling.SuggestFrom(category, _categories.ToList(), "类别"));
        }

        CheckOffices(fields, "任职", offices);
        CheckOffices(fields, "身份", officesUnderStanding);
        if (offices.Count + categories.Count > 0)
        {
            parts.Add(new PersonIs(new Applicability(categories, [], offices)));
        }
    }

    private void CheckOffices(Fields fields, string key, IReadOnlyList<string> offices)
    {
        // 党员干部 needs no list: every roster knows who they are.
        foreach (var office in offices.Where(office => !_offices.Contains(office) && (_offices.Count > 0 || office != "党员干部")))
        {
            _problems.Error(
                fields.PlaceOf(key),
                key == "任职" ? $"任职“{office}”没有定义" : $"身份“{office}”不认识",
                _offices.Count > 0 ? Spelling.SuggestFrom(office, _offices, "任职") : "在文件头写“任职: […]”；身份写“正式党员”“预备党员”“入党积极分子”");
        }
    }

    private Condition? ReadSectionCondition(Entry entry, List<Section> sections, Fields fields)
    {
        var name = entry.Key.Text;
        var section = sections.FirstOrDefault(candidate => candidate.Name == name || candidate.Id == name);
        var item = section is null ? sections.SelectMany(candidate => candidate.Items).FirstOrDefault(candidate => candidate.Id == name) : null;
        if (section is null && item is null)
        {
            var known = new List<string> { "总分", "等次", "排名", "身份", "类别", "任职", "有事实", "无事实", "连续两年", "任一" };
            known.AddRange(sections.Select(candidate => candidate.Name));
            known.AddRange(sections.SelectMany(candidate => candidate.Items).Select(candidate => candidate.Id));
            _problems.Error(
                entry.Key,
                $"{fields.What}里不认识“{name}”",
                entry.Value is Scalar { IsEmpty: true } ? "若是句子里的逗号，请改成全角“，”，或给整句加引号" : Spelling.SuggestFrom(name, known, "条件"));
            return null;
        }

        bool? happened = entry.Value switch { Scalar { Text: "有" } => true, Scalar { Text: "无" } => false, _ => null };
        var line = happened is null ? _reading.Threshold(fields, name) : null;
        if (happened is null && line is null)
        {
            return null;
        }

        return section is not null
            ? new SectionIs(section.Index, section.Name, happened, line)
            : new ItemIs(item!.Id, item.Name, happened, line);
    }
}
