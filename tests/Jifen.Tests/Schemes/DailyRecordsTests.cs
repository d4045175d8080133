using Jifen.Scoring;
using Jifen.Scoring.Schemes;
using Xunit;

namespace Jifen.Tests.Schemes;

/// <summary>登记 says which facts the daily records become: read in full, checked word by word, filled by a refinement where it is left to the branch.</summary>
public sealed class DailyRecordsTests
{
    // The small branch, with facts and a block that uses every key.
    private static readonly string Recorded = SchemeCheckTests.Small
        .Replace(
            "  志愿服务: {",
            """
              到会:     { 编号: present, 记: 次,   谁记: 记录员, 不记分: 出席记录 }
              早退:     { 编号: early,   记: 次,   谁记: 记录员, 不记分: 出席记录 }
              缺席:     { 编号: absent,  记: 次,   谁记: 记录员, 不记分: 出席记录 }
              学习:     { 编号: study,   记: 学时, 谁记: 记录员, 不记分: 学时记录 }
              听讲:     { 编号: minutes, 记: 分钟, 谁记: 记录员, 不记分: 学时记录 }
              汇报:     { 编号: report,  记: 篇,   谁记: 记录员, 不记分: 汇报记录 }
              欠费:     { 编号: arrears, 记: 次,   谁记: 记录员, 带: [内容], 不记分: 党费记录 }
              荣誉:     { 编号: honour,  记: 次,   谁记: 记录员, 带: [级别, 内容], 级别: [校级], 不记分: 荣誉记录 }
              评分:     { 编号: mark,    记: 次,   谁记: 记录员, 带: [分值], 不记分: 评分记录 }
              志愿服务: {
            """,
            StringComparison.Ordinal)
        + """
          登记:
          - { 活动: [党员大会, 党课], 到会: 到会, 迟到: [到会, 迟到], 早退: [到会, 早退], 缺席: 缺席, 请假: 不记, 补课: 不记, 学时: [学习, 听讲], 依据: [一, 三], 解释: J1 }
          - { 活动: 集中学习, 出席: 不记, 学时: 学习, 依据: 一 }
          - { 党费: { 按时: 到会, 未按时: [欠费, 缺席], 未足额: 欠费, 补缴: 不记 }, 依据: 一 }
          - { 思想汇报: 汇报, 依据: 二 }
          - { 在外学习: 听讲, 依据: 二, 解释: J1 }

          """;

    [Theory]
    [InlineData(GatheringKind.PartyLecture, Attendance.Present, "到会 学习(时) 听讲(时)")]
    [InlineData(GatheringKind.MembersMeeting, Attendance.Late, "到会 迟到 学习(时) 听讲(时)")]
    [InlineData(GatheringKind.MembersMeeting, Attendance.LeftEarly, "到会 早退 学习(时) 听讲(时)")]
    [InlineData(GatheringKind.MembersMeeting, Attendance.LateAndLeftEarly, "到会 迟到 早退 学习(时) 听讲(时)")]
    [InlineData(GatheringKind.MembersMeeting, Attendance.Absent, "缺席")]
    [InlineData(GatheringKind.MembersMeeting, Attendance.Excused, "")]
    [InlineData(GatheringKind.MembersMeeting, Attendance.MadeUp, "学习(时) 听讲(时)")]
    [InlineData(GatheringKind.GroupStudy, Attendance.LateAndLeftEarly, "学习(时)")]
    [InlineData(GatheringKind.GroupStudy, Attendance.Absent, "")]
    [InlineData(GatheringKind.VolunteerService, Attendance.Present, "")]
    public void An_attendance_becomes_the_facts_the_scheme_names(GatheringKind kind, Attendance attendance, string facts)
    {
        var scheme = Loaded(Recorded);

        Assert.Equal(facts, string.Join(' ', scheme.DailyRecords.ForAttendance(kind, attendance).Select(fact => Said(scheme, fact))));
    }

    [Theory]
    [InlineData(false, false, "到会")]
    [InlineData(true, false, "欠费 缺席")]
    [InlineData(false, true, "欠费")]
    [InlineData(true, true, "欠费 缺席")]
    public void A_month_both_late_and_short_becomes_each_fact_once(bool isLate, bool isShort, string facts)
    {
        var scheme = Loaded(Recorded);

        Assert.Equal(facts, string.Join(' ', scheme.DailyRecords.ForDues(isLate, isShort).Select(kind => scheme.FactKinds[kind].Name)));
    }

    [Fact]
    public void Each_row_keeps_its_clauses_and_its_reading()
    {
        var records = Loaded(Recorded).DailyRecords;

        Assert.Equal(["一", "三"], records.Row(GatheringKind.PartyLecture)!.Clauses);
        Assert.Equal("J1", records.Row(GatheringKind.PartyLecture)!.Reading);
        Assert.Null(records.Row(GatheringKind.Other));
        Assert.Equal(["一"], records.Dues!.Clauses);
        Assert.Null(records.Dues.Reading);
        Assert.Equal("J1", records.OutsideStudies!.Reading);
        Assert.Empty(records.DuesMadeGood);
    }

    [Fact]
    public void Hours_are_given_in_the_unit_of_the_fact()
    {
        var scheme = Loaded(Recorded);

        Assert.Equal(90_00, scheme.FactKinds[scheme.DailyRecords.OutsideStudy.Single()].QuantityOfHours(1_50));
        Assert.Equal(1_50, scheme.FactKindNamed("学习")!.QuantityOfHours(1_50));
    }

    [Theory]
    [InlineData("[党员大会, 党课]", "[党员大会, 党会]", "党会", "“活动”里不认识“党会”", "其他活动")]
    [InlineData("活动: 集中学习", "活动: 党课", "党课, 出席", "活动“党课”写了两次", "只写在一条里")]
    [InlineData("活动: 集中学习", "活动: []", "[], 出席", "“活动”是空的", "至少写一种")]
    [InlineData("缺席: 缺席, 请假", "缺席: 缺课席, 请假", "缺课席", "事实“缺课席”没有定义", "是不是“缺席”")]
    [InlineData("缺席: 缺席, 请假", "请假", "{ 活动: [党员大会", "登记“活动”缺“缺席”", "写上")]
    [InlineData("缺席: 缺席, 请假", "缺席: [], 请假", "[], 请假", "“缺席”是空的", "缺席: 不记")]
    [InlineData("缺席: 缺席, 请假", "缺席: [缺席, 不记], 请假", "不记], 请假", "“不记”不能与事实一起写", "只写")]
    [InlineData("缺席: 缺席, 请假", "缺席: [缺席, 缺席], 请假", "缺席], 请假", "“缺席”里事实“缺席”写了两次", "删去一个")]
    [InlineData("缺席: 缺席, 请假", "缺席: 学习, 请假", "学习, 请假", "“缺席”里的事实“学习”按“学时”记，对不上", "写在“学时”里")]
    [InlineData("缺席: 缺席, 请假", "缺席: 汇报, 请假", "汇报, 请假", "“缺席”里的事实“汇报”按“篇”记，对不上", "按次")]
    [InlineData("学时: 学习, 依据", "学时: 缺席, 依据", "缺席, 依据", "“学时”里的事实“缺席”按“次”记，对不上", "学时、小时或分钟")]
    [InlineData("在外学习: 听讲", "在外学习: 汇报", "汇报, 依据: 二, 解释", "“在外学习”里的事实“汇报”按“篇”记，对不上", "学时、小时或分钟")]
    [InlineData("思想汇报: 汇报", "思想汇报: 学习", "学习, 依据: 二", "“思想汇报”里的事实“学习”按“学时”记，对不上", "按次")]
    [InlineData("缺席: 缺席, 请假", "缺席: 欠费, 请假", "欠费, 请假", "事实“欠费”要带内容，日常登记里没有", "申报、认定")]
    [InlineData("补缴: 不记", "补缴: 荣誉", "荣誉 }", "事实“荣誉”要带级别，日常登记里没有", "申报、认定")]
    [InlineData("补缴: 不记", "补缴: 评分", "评分 }", "事实“评分”要带分值，日常登记里没有", "申报、认定")]
    [InlineData("学时: 学习, 依据", "学时: 志愿服务, 依据", "志愿服务, 依据: 一", "事实“志愿服务”的“谁记”是“申报”", "谁记: 记录员")]
    [InlineData(", 补缴: 不记", "", "{ 按时", "登记“党费”缺“补缴”", "写上")]
    [InlineData("思想汇报: 汇报", "思想汇报: 汇报, 在外学习: 学习", "{ 思想汇报: 汇报, 在", "有2种写法：思想汇报、在外学习", "拆开写")]
    [InlineData("思想汇报: 汇报", "谈话: 汇报", "{ 谈话", "没有说登记什么", "“在外学习”")]
    [InlineData("- { 思想汇报: 汇报, 依据: 二 }", "- { 在外学习: 学习, 依据: 二 }", "听讲, 依据: 二", "登记“在外学习”写了两次", "并成一条")]
    [InlineData("出席: 不记, 学时", "出席: 不记, 缺席: 缺席, 学时", "不记, 缺席: 缺席, 学", "2种写法：出席、缺席", "出席: 不记")]
    [InlineData("出席: 不记, 学时", "出席: 缺席, 学时", "缺席, 学时", "“出席”不能是“缺席”", "不记")]
    [InlineData("汇报, 依据: 二 }", "汇报, 依据: 五 }", "{ 思想汇报", "依据“五”不在“条款”里", "是不是")]
    [InlineData("汇报, 依据: 二 }", "汇报 }", "{ 思想汇报", "登记“思想汇报”缺“依据”", "写上")]
    [InlineData("听讲, 依据: 二, 解释: J1", "听讲, 依据: 二, 解释: J9", "{ 在外学习", "解释“J9”没有写", "J1")]
    [InlineData("- { 思想汇报: 汇报, 依据: 二 }", "- 思想汇报", "思想汇报\n", "登记应当写成", "以“- ”开头")]
    public void A_fault_is_named_with_its_place_its_cause_and_its_mend(string was, string now, string place, string cause, string mend)
    {
        var at = Recorded.IndexOf(was, Recorded.IndexOf("登记:", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(at >= 0, was);
        var broken = Recorded[..at] + now + Recorded[(at + was.Length)..];
        var problem = Assert.Single(World.LoadText(broken).Errors, error => error.Cause.Contains(cause, StringComparison.Ordinal));
        var before = broken[..broken.LastIndexOf(place, StringComparison.Ordinal)];

        Assert.Equal((before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n')), (problem.Line, problem.Column));
        Assert.Contains(mend, problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_document_gives_the_recording_to_the_evaluation_group_its_facts_are_the_recorders()
    {
        var group = Recorded.Replace("记: 次,   谁记: 记录员, 不记分: 出席记录", "记: 次,   谁记: 考评小组, 不记分: 出席记录", StringComparison.Ordinal);
        var recording = group + "流程:\n- { 步骤: 记录, 谁: 考评小组, 依据: 一 }\n";

        Assert.Contains(World.LoadText(group).Errors, error => error.Cause.Contains("“谁记”是“考评小组”", StringComparison.Ordinal));
        Assert.NotEmpty(Loaded(recording).DailyRecords.ForAttendance(GatheringKind.PartyLecture, Attendance.Present));
    }

    [Fact]
    public void A_scheme_without_the_block_scores_and_says_that_attendance_will_not_count_by_itself()
    {
        var loaded = World.LoadText(Recorded[..Recorded.IndexOf("登记:", StringComparison.Ordinal)]);
        var note = Assert.Single(loaded.Problems, problem => problem.Cause.Contains("没有写“登记”", StringComparison.Ordinal));

        Assert.Equal(Severity.Note, note.Severity);
        Assert.True(loaded.Value!.DailyRecords.IsEmpty);
        Assert.Empty(loaded.Value.DailyRecords.ForAttendance(GatheringKind.PartyLecture, Attendance.Present));
    }

    [Fact]
    public void The_kinds_of_gathering_that_become_nothing_are_named()
    {
        var note = Assert.Single(World.LoadText(Recorded).Problems, problem => problem.Cause.Contains("没有写到的活动", StringComparison.Ordinal));

        Assert.Equal(Severity.Note, note.Severity);
        Assert.Contains("支委会、党小组会", note.Cause, StringComparison.Ordinal);
        Assert.DoesNotContain("党课", note.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void It_moves_no_points_and_stands_in_the_text_and_in_a_comparison()
    {
        var scheme = Loaded(Recorded);
        var other = Loaded(Recorded.Replace("缺席: 缺席, 请假", "缺席: 不记, 请假", StringComparison.Ordinal));

        var difference = Assert.Single(SchemeText.Between(scheme, other));

        Assert.Equal("登记/党员大会、党课", difference.Path);
        Assert.Equal("到会记到会，迟到记到会、迟到，早退记到会、早退，缺席记缺席，请假不记，补课不记，学时记学习、听讲", difference.Before!.Text);
        Assert.Contains("缺席不记", difference.After!.Text, StringComparison.Ordinal);
        Assert.Contains(SchemeText.Of(scheme), entry => (entry.Path, entry.Text) == ("登记/集中学习", "出席不记，学时记学习"));
        Assert.Contains(SchemeText.Of(scheme), entry => (entry.Path, entry.Text) == ("登记/党费", "按时记到会，未按时记欠费、缺席，未足额记欠费，补缴不记"));
    }

    [Theory]
    [InlineData("登记: 支部定\n")]
    [InlineData("")]
    public void A_refinement_writes_it_where_it_is_left_to_the_branch(string block)
    {
        var start = Recorded.IndexOf("登记:", StringComparison.Ordinal);
        var left = Recorded[..start] + block;
        var filled = World.LoadText(left, Head + "填: []\n" + Recorded[start..].Replace("依据: 二", "依据: 细则1", StringComparison.Ordinal));

        Assert.Contains(World.LoadText(left).Problems, problem => problem.Severity == Severity.Note && problem.Cause.Contains("不会自己变成事实", StringComparison.Ordinal));
        Assert.Empty(World.LoadText(left).Value!.Slots);
        Assert.Equal([], filled.Errors);
        Assert.Equal(["细则1"], filled.Value!.DailyRecords.ThoughtReports!.Clauses);
        Assert.False(filled.Value.DailyRecords.IsLeftToBranch);
    }

    [Theory]
    [InlineData("登记: []\n", "“登记”是办法定的，细则不能改", false)]
    [InlineData("登记: 支部定\n", "不能再写“支部定”", true)]
    [InlineData("登记: 随便\n", "“登记”应当是一列", true)]
    [InlineData("登记:\n- { 思想汇报: 没有的, 依据: 细则1 }\n", "事实“没有的”没有定义", true)]
    public void A_refinement_writes_all_of_it_or_nothing(string block, string cause, bool isLeft)
    {
        var start = Recorded.IndexOf("登记:", StringComparison.Ordinal);
        var loaded = World.LoadText(isLeft ? Recorded[..start] : Recorded, Head + "填: []\n" + block);
        var problem = Assert.Single(loaded.Errors, error => error.Cause.Contains(cause, StringComparison.Ordinal));

        Assert.Equal("test.refinement.yaml", problem.Source);
    }

    [Fact]
    public void Every_kind_and_every_attendance_is_found_again_by_its_name_and_its_id()
    {
        Assert.All(GatheringKinds.All, kind => Assert.Equal((kind, kind), (GatheringKinds.Of(kind.Name()), GatheringKinds.Of(kind.Id()))));
        Assert.All(Attendances.All, attendance => Assert.Equal((attendance, attendance), (Attendances.Of(attendance.Name()), Attendances.Of(attendance.Id()))));
        Assert.Null(GatheringKinds.Of("party"));
        Assert.Null(Attendances.Of(""));
    }

    // What each document makes of a party lecture or a members' meeting, and of a group study.
    [Theory]
    [InlineData("jsit-2020", "组织生活出席 集中学习(时)", "组织生活出席 组织生活迟到 组织生活早退 集中学习(时)", "组织生活缺席", "会议缺席")]
    [InlineData("wuxi-2020", "组织生活出席 集中学习(时)", "组织生活出席 组织生活迟到 组织生活早退 集中学习(时)", "组织生活缺席", "会议缺席")]
    [InlineData("yxnu-2016", "组织生活应到 组织生活实到 集中学习(时)", "组织生活应到 组织生活实到 组织生活迟到早退 集中学习(时)", "组织生活应到 组织生活无故缺席", "组织生活应到 组织生活无故缺席")]
    [InlineData("district", "组织生活出席 集中学习(时)", "组织生活出席 组织生活迟到早退 集中学习(时)", "组织生活缺席", "组织生活缺席")]
    [InlineData("jsu-law-2017", "组织生活应到 组织生活实到 集中学习(时)", "组织生活应到 组织生活实到 组织生活迟到 集中学习(时)", "组织生活应到 组织生活缺席", "组织生活应到 组织生活缺席")]
    public void Each_shipped_document_records_attendance_in_its_own_words(string id, string present, string lateAndLeftEarly, string absent, string undecided)
    {
        var scheme = World.Scheme(id);
        string Facts(GatheringKind kind, Attendance attendance) =>
            string.Join(' ', scheme.DailyRecords.ForAttendance(kind, attendance).Select(fact => Said(scheme, fact)));

        Assert.Equal(present, Facts(GatheringKind.PartyLecture, Attendance.Present));
        Assert.Equal(lateAndLeftEarly, Facts(GatheringKind.MembersMeeting, Attendance.LateAndLeftEarly));
        Assert.Equal(absent, Facts(GatheringKind.CommitteeMeeting, Attendance.Absent));
        Assert.Equal(undecided, Facts(GatheringKind.DecisionMeeting, Attendance.Absent));
        Assert.Equal("集中学习(时)", Facts(GatheringKind.GroupStudy, Attendance.MadeUp));
        Assert.All(GatheringKinds.All, kind => Assert.Equal("", Facts(kind, Attendance.Excused)));
        Assert.NotNull(scheme.DailyRecords.Dues);
        Assert.Equal("集中学习", scheme.FactKinds[scheme.DailyRecords.OutsideStudy.Single()].Name);
    }

    private const string Head =
        "细则: { 编号: b1, 名称: 某支部细则, 细化: small-branch, 通过: { 会议: 支部党员大会, 日期: 2025-01-10 } }\n语言版本: 1\n文件版本: 1\n";

    private static Scheme Loaded(string yaml)
    {
        var loaded = World.LoadText(yaml);
        Assert.Equal([], loaded.Errors);
        return loaded.Value!;
    }

    private static string Said(Scheme scheme, RecordedFact fact) => scheme.FactKinds[fact.FactKindIndex].Name + (fact.CarriesHours ? "(时)" : "");
}
