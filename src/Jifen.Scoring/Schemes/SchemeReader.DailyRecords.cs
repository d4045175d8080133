using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes;

/// <summary>登记: which facts the daily records become. A recorder's record may become only what a recorder may record.</summary>
internal sealed partial class SchemeReader
{
    private const string Nothing = "不记";
    private static readonly string[] RecordRows = ["活动", "党费", "思想汇报", "在外学习"];

    // Which facts fit a record: what it knows beyond who and when.
    private enum Known
    {
        Presence,
        Month,
        Report,
        Hours,
    }

    private DailyRecords ReadDailyRecords(IReadOnlyList<CycleStep> steps)
    {
        var place = _top.PlaceOf("登记");
        if (_top.Node("登记") is Scalar { Text: "支部定" })
        {
            return new DailyRecords([], null, null, null, IsLeftToBranch: true, place);
        }

        var gatherings = new List<AttendanceRow>();
        DuesRow? dues = null;
        RecordedMatter? reports = null;
        RecordedMatter? studies = null;
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var recorders = RecordersIn(steps);
        foreach (var fields in _top.Maps("登记", "登记"))
        {
            var rows = RecordRows.Where(fields.Has).ToList();
            if (rows.Count != 1)
            {
                _problems.Error(
                    fields.Place,
                    rows.Count == 0 ? "登记的一条没有说登记什么" : $"登记的一条有{rows.Count}种写法：{string.Join("、", rows)}",
                    rows.Count == 0 ? $"写{Fields.Join(RecordRows)}之一" : "一条写一种，拆开写");
                fields.TakeUnknown();
                continue;
            }

            var row = rows[0];
            fields.What = $"登记“{row}”";
            switch (row)
            {
                case "活动":
                    gatherings.Add(ReadAttendance(fields, seen, recorders));
                    break;
                case "党费":
                    Once(fields, row, seen);
                    dues = ReadDues(fields, recorders);
                    break;
                case "思想汇报":
                    Once(fields, row, seen);
                    reports = ReadMatter(fields, row, Known.Report, recorders);
                    break;
                default:
                    Once(fields, row, seen);
                    studies = ReadMatter(fields, row, Known.Hours, recorders);
                    break;
            }

            fields.Done();
        }

        return new DailyRecords(gatherings, dues, reports, studies, IsLeftToBranch: false, place);
    }

    // Where the document gives the recording to its evaluation group, that is the recorder (JSUL 三).
    private static IReadOnlyList<string> RecordersIn(IReadOnlyList<CycleStep> steps) =>
        steps.Any(step => step.Kind == "记录" && step.By.Contains("考评小组")) ? ["记录员", "考评小组"] : ["记录员"];

    private void Once(Fields fields, string row, Dictionary<string, int> seen)
    {
        if (!seen.TryAdd(row, fields.Place.Line))
        {
            _problems.Error(fields.PlaceOf(row), $"登记“{row}”写了两次（第{seen[row]}行已有）", "并成一条");
        }
    }

    private AttendanceRow ReadAttendance(Fields fields, Dictionary<string, int> seen, IReadOnlyList<string> recorders)
    {
        var kinds = ReadGatheringKinds(fields, seen);
        var written = ReadAttendances(fields, recorders);
        var hours = fields.Has("学时") ? ReadRecorded(fields, "学时", Known.Hours, recorders) : [];
        var (clauses, reading) = ReadGround(fields);
        written[(int)Attendance.LateAndLeftEarly] = EachOnce(written[(int)Attendance.Late], written[(int)Attendance.LeftEarly]);
        return new AttendanceRow(
            kinds, Array.ConvertAll(Attendances.All, attendance => Recorded(written[(int)attendance], attendance.EarnsHours() ? hours : [])), clauses, reading, fields.Place);
    }

    private static List<int> EachOnce(List<int> some, List<int> others)
    {
        var all = new List<int>(some);
        foreach (var kind in others)
        {
            if (!all.Contains(kind))
            {
                all.Add(kind);
            }
        }

        return all;
    }

    private static IReadOnlyList<RecordedFact> Recorded(List<int> kinds, List<int> ofHours)
    {
        var facts = new List<RecordedFact>();
        kinds.ForEach(kind => facts.Add(new RecordedFact(kind, CarriesHours: false)));
        ofHours.ForEach(kind => facts.Add(new RecordedFact(kind, CarriesHours: true)));
        return facts;
    }

    /// <summary>到会, 迟到, 早退, 缺席, 请假 and 补课, each of them; or 出席: 不记 for all.</summary>
    /// <returns>by <see cref="Attendance"/></returns>
    private List<int>[] ReadAttendances(Fields fields, IReadOnlyList<string> recorders)
    {
        var facts = Array.ConvertAll(Attendances.All, _ => new List<int>());
        if (!fields.Has("出席"))
        {
            foreach (var attendance in Attendances.Written)
            {
                facts[(int)attendance] = ReadRecorded(fields, attendance.Name(), Known.Presence, recorders);
            }

            return facts;
        }

        fields.RequiredOneOf("出席", Nothing);
        var also = new List<string>();
        foreach (var attendance in Attendances.Written)
        {
            if (fields.Has(attendance.Name()))
            {
                also.Add(attendance.Name());
            }
        }

        if (also.Count > 0)
        {
            _problems.Error(fields.PlaceOf("出席"), $"登记“活动”的出席有2种写法：出席、{string.Join("、", also)}", "六种出席都不记的写“出席: 不记”，否则六种各写一个");
            also.ForEach(key => fields.Node(key));
        }

        return facts;
    }

    private GatheringKind[] ReadGatheringKinds(Fields fields, Dictionary<string, int> seen)
    {
        var kinds = new List<GatheringKind>();
        foreach (var node in NodesOf(fields, "活动"))
        {
            if (fields.AsText(node, "活动") is not { } name)
            {
                continue;
            }

            var at = Array.IndexOf(GatheringKinds.Names, name);
            if (at < 0)
            {
                _problems.Error(node, $"“活动”里不认识“{name}”", $"{Spelling.Suggest(name, GatheringKinds.Names, "只有")}；别的写“其他活动”");
            }
            else if (!seen.TryAdd(name, node.Place.Line))
            {
                _problems.Error(node, $"活动“{name}”写了两次（第{seen[name]}行已有）", "一种活动只写在一条里");
            }
            else
            {
                kinds.Add((GatheringKind)at);
            }
        }

        return kinds.ToArray();
    }

    private DuesRow ReadDues(Fields fields, IReadOnlyList<string> recorders)
    {
        var (clauses, reading) = ReadGround(fields);
        if (fields.Map("党费", "登记“党费”") is not { } dues)
        {
            return new DuesRow([], [], [], [], clauses, reading, fields.Place);
        }

        var onTime = ReadRecorded(dues, "按时", Known.Month, recorders);
        var late = ReadRecorded(dues, "未按时", Known.Month, recorders);
        var tooLittle = ReadRecorded(dues, "未足额", Known.Month, recorders);
        var madeGood = ReadRecorded(dues, "补缴", Known.Month, recorders);
        dues.Done();
        return new DuesRow(onTime, late, tooLittle, madeGood, clauses, reading, fields.Place);
    }

    private RecordedMatter ReadMatter(Fields fields, string row, Known known, IReadOnlyList<string> recorders)
    {
        var facts = ReadRecorded(fields, row, known, recorders);
        var (clauses, reading) = ReadGround(fields);
        return new RecordedMatter(facts, clauses, reading, fields.Place);
    }

    /// <summary>A fact, a list of them, or 不记: it must be said that a record becomes nothing.</summary>
    private List<int> ReadRecorded(Fields fields, string key, Known known, IReadOnlyList<string> recorders)
    {
        if (fields.RequiredNode(key) is Scalar { Text: Nothing })
        {
            return [];
        }

        var facts = new List<int>();
        foreach (var node in NodesOf(fields, key))
        {
            if (node is Scalar { Text: Nothing })
            {
                _problems.Error(node, $"“{key}”里“{Nothing}”不能与事实一起写", $"只写“{key}: {Nothing}”，或删去它");
            }
            else if (_reading.Fact(node, fields, key) is { } kind && Suits(kind, node, key, known, recorders))
            {
                if (facts.Contains(kind.Index))
                {
                    _problems.Error(node, $"“{key}”里事实“{kind.Name}”写了两次", "删去一个");
                }
                else
                {
                    facts.Add(kind.Index);
                }
            }
        }

        return facts;
    }

    private IReadOnlyList<Node> NodesOf(Fields fields, string key)
    {
        switch (fields.Node(key))
        {
            case null:
                return [];
            case Sequence { Items: [] } node:
                _problems.Error(node, $"“{key}”是空的", key == "活动" ? "至少写一种活动" : $"没有的话写“{key}: {Nothing}”");
                return [];
            case Sequence sequence:
                return sequence.Items;
            case var node:
                return [node];
        }
    }

    private bool Suits(FactKind kind, Node node, string key, Known known, IReadOnlyList<string> recorders)
    {
        var fits = known switch { Known.Hours => kind.IsTime, Known.Report => kind.Unit is "次" or "篇", _ => kind.Unit == "次" };
        if (!fits)
        {
            _problems.Error(
                node,
                $"“{key}”里的事实“{kind.Name}”按“{kind.Unit}”记，对不上",
                known == Known.Hours ? "写按学时、小时或分钟记的事实"
                : kind.IsTime ? "活动的学时写在“学时”里；这里写按次记的事实"
                : "写按次记的事实");
            return false;
        }

        // Of a month's dues the month is known, and stands as the content.
        var missing = kind.Carries & (known == Known.Month ? ~Carried.Content : ~Carried.None);
        if (missing != Carried.None)
        {
            var what = string.Join("、", new[]
            {
                missing.HasFlag(Carried.Level) ? "级别" : null,
                missing.HasFlag(Carried.Content) ? "内容" : null,
                missing.HasFlag(Carried.Amount) ? "分值" : null,
            }.OfType<string>());
            _problems.Error(node, $"事实“{kind.Name}”要带{what}，日常登记里没有", "写不带这些的事实；要带的由申报、认定来记");
            return false;
        }

        if (!recorders.Contains(kind.RecordedBy))
        {
            _problems.Error(node, $"事实“{kind.Name}”的“谁记”是“{kind.RecordedBy}”，不是记录员登记了就算的", $"写“谁记: {recorders[^1]}”的事实，或写“{Nothing}”");
            return false;
        }

        return true;
    }
}
