using Jifen.Cli.Text;
using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cli.Outputs;

/// <summary>得分单 as a tree for a person: head, result, sections with their items and lines, what follows from it, what does not count.</summary>
internal sealed class SheetTree
{
    // Sentences longer than this stand out of the column rather than push all points to the right.
    private const int WidestSentence = 58;
    private const int PointsWidth = 6;

    // What the scorer calls the line that makes the year of its rounds.
    private const string ComposedYear = "年度合成";

    private readonly Scorer _scorer;
    private readonly Scorecard _card;
    private readonly Scheme _scheme;
    private readonly int _sentenceWidth;
    private readonly HashSet<string> _readings = new(StringComparer.Ordinal);

    public SheetTree(Scorer scorer, Scorecard card)
    {
        _scorer = scorer;
        _card = card;
        _scheme = card.Scheme;
        _sentenceWidth = Math.Min(
            WidestSentence,
            LinesOf(card).Select(line => Columns.WidthOf(Sentence(line))).DefaultIfEmpty().Max());
    }

    public void Write(TextWriter to)
    {
        WriteHead(to);
        if (!_card.HasScorecard)
        {
            to.WriteLine();
            to.WriteLine(_card.Member.IsExempt ? "没有得分单：本年度免予积分。" : "没有得分单：本周期没有一天在册。");
            return;
        }

        WriteResult(to);
        foreach (var section in _card.Sections)
        {
            to.WriteLine();
            SectionTree(section).Write(to);
        }

        WriteTree(to, "结果运用（只是提出，由组织决定）", _card.Outcomes.Select(OutcomeTree), "没有一条成立");
        WriteTree(to, "提示（不动分，请支部核实）", _card.Hints.Select(hint => new Tree(hint.Text + Ground(hint.Hint.Clauses, hint.Hint.Reading))));
        WriteTree(to, "转办（另案办理，不记分）", _card.Referrals.Select(referral => new Tree(
            $"{referral.Date:yyyy-MM-dd} {referral.Text}（{referral.FactId}）{Ground(referral.Referral.Clauses, referral.Referral.Reading)}")));
        WriteTree(to, "不计入总分的", UncountedFacts.Of(_scorer, _card).Select(text => new Tree(text)));
        WriteReadings(to);
    }

    private void WriteHead(TextWriter to)
    {
        var member = _card.Member;
        var cycle = _scorer.Plan.Calendar.Cycle;
        to.WriteLine($"得分单  {_scorer.Plan.Calendar.Year}年（{Day(cycle.First)} 至 {Day(cycle.Last)}）");
        to.WriteLine();
        Row(to, "姓名", $"{member.Name}（{member.Id}）");
        Row(to, "支部", member.Branch);
        Row(to, "身份", string.Join("，", new[] { Member.StandingName(member.Standing), member.Category, member.Office }.Where(word => word is { Length: > 0 })));
        if (member.EnrolledFrom is not null || member.EnrolledTo is not null)
        {
            Row(to, "在册", $"{member.EnrolledFrom:yyyy-MM-dd} 至 {member.EnrolledTo:yyyy-MM-dd}".Trim());
        }

        Row(to, "办法", _scheme.Name + (_scheme.DocumentNumber is { } number ? $"（{number}）" : ""));
        if (_scheme.Refinement is { } refinement)
        {
            var passed = refinement.PassedOn is { } day ? $"{day} {refinement.Meeting}通过" : "";
            Row(to, "细则", refinement.Name + (refinement.IsExample ? "（示例，不是任何单位的规定）" : passed.Length > 0 ? $"（{passed}）" : ""));
        }
    }

    private void WriteResult(TextWriter to)
    {
        to.WriteLine();
        Row(to, "总分", Plain(_card.Total));
        Row(to, "名次", _card.Rank > 0 ? $"第{_card.Rank}名，共{_card.RankedPeople}人" : "不排名");
        if (_scheme.Grades.Count > 0)
        {
            Row(to, "等次", _card.Grade is { } grade ? grade + Ground(_card.GradeRow?.Clauses ?? [], _card.GradeRow?.Reading) : "不评");
        }

        if (_card.GradeLimit is { } limit)
        {
            var kind = _scheme.FactKinds[limit.Fact];
            Row(to, "", $"定档{limit.Id}：{kind.Name}累计满{new Points(limit.Count)}{kind.Unit}，{(limit.IsExact ? "定为" : "至多")}{limit.Grade}{Ground(limit.Clauses, limit.Reading)}");
        }

        foreach (var finding in _card.Findings)
        {
            Row(to, "名额", $"{finding.Text}：不超过{finding.Allowed}人，符合的有{finding.Members.Count}人，须由组织选定{Ground(finding.Clauses, null)}");
        }

        if (_card.Running is { } running)
        {
            Row(to, "滚存", $"{Plain(running)}（{_scheme.RunningAccount!.Name}）{Ground(_scheme.RunningAccount.Clauses, _scheme.RunningAccount.Reading)}");
        }
    }

    private Tree SectionTree(ScorecardSection section)
    {
        var own = _scheme.Sections.FirstOrDefault(candidate => candidate.Id == section.Id);
        var items = section.Items.Select(item => ItemTree(item, own)).ToList();
        return new Tree(
            own is null ? $"总分的调整  {Signed(section.Points)}" : $"{section.Name}  {Plain(section.Points)}{Most(own.Max, own.Cap)}",
            items.Count > 0 ? items : [new Tree("没有记分")]);
    }

    private Tree ItemTree(ScorecardItem item, Section? section)
    {
        var own = section?.Items.FirstOrDefault(candidate => candidate.Id == item.Id);
        var most = own is null ? "" : Most(own.Max, own.Cap);
        if (_scheme.Composition is null)
        {
            return new Tree($"{item.Name}  {Plain(item.Points)}{most}", item.Lines.Select(LineTree).ToList());
        }

        // Each round is a sheet of its own; only what the year makes of them stands beside the rounds.
        var rounds = item.Lines.Where(line => line.Rule != ComposedYear).GroupBy(RoundOf)
            .Select(round => new Tree(
                $"{RoundName(round.Key)}  {Plain(new Points(round.Sum(line => line.Points.Hundredths)))}{most}",
                round.Select(LineTree).ToList()));
        return new Tree(item.Name, [.. rounds, .. item.Lines.Where(line => line.Rule == ComposedYear).Select(LineTree)]);
    }

    private int RoundOf(ScoreLine line) =>
        _scorer.Plan.Calendar.Rounds.TakeWhile(round => !round.Contains(line.Date.DayNumber)).Count();

    private string RoundName(int round)
    {
        var days = _scorer.Plan.Calendar.Rounds[round];
        return $"{_scorer.Plan.RoundName(round)}（{Day(days.First)} 至 {Day(days.Last)}）";
    }

    private Tree LineTree(ScoreLine line) => new(
        $"{Columns.Pad(Sentence(line), _sentenceWidth)} {Columns.PadLeft(Signed(line.Points), PointsWidth)}  "
        + Ground(line.Clause.Length == 0 ? [] : [line.Clause], line.Reading));

    private Tree OutcomeTree(ScorecardOutcome held) => new(
        $"{held.Outcome.Id}【{held.Outcome.Force}】{held.Outcome.Result}{Ground(held.Outcome.Clauses, held.Outcome.Reading)}",
        held.Because.Length == 0 ? [] : [new Tree($"因为：{held.Because}")]);

    private string Most(Bound? max, Bound? cap) => (max, cap) switch
    {
        ({ } full, _) => $" / {For(full)}",
        (_, { } top) => $"（封顶 {For(top)}）",
        _ => "",
    };

    private string For(Bound bound) => bound.For(_card.Member.Category) is { } hundredths ? new Points(hundredths).ToString() : "待支部定";

    // 〔三（一）1；附1·学习〕〔J2 暂行〕; the reading is explained once, below.
    private string Ground(IReadOnlyList<string> clauses, string? reading)
    {
        var cited = clauses.Count == 0 ? "" : $"〔{string.Join("；", clauses)}〕";
        if (reading is null)
        {
            return cited;
        }

        _readings.Add(reading);
        return $"{cited}〔{Mark(reading)}〕";
    }

    private string Mark(string reading) =>
        _scheme.Readings.FirstOrDefault(candidate => candidate.Id == reading) is { IsConfirmed: true } ? reading : $"{reading} 暂行";

    private void WriteReadings(TextWriter to)
    {
        var cited = _scheme.Readings.Where(reading => _readings.Contains(reading.Id)).ToList();
        WriteTree(
            to,
            cited.Any(reading => !reading.IsConfirmed) ? "解释（原文没写清的，按此办理；暂行的可试算，不可定分）" : "解释（原文没写清的，按此办理）",
            cited.Select(reading => new Tree($"{Mark(reading.Id)}：{reading.Question} → {reading.Adopted}")));
    }

    private static void WriteTree(TextWriter to, string title, IEnumerable<Tree> branches, string? none = null)
    {
        var list = branches.ToList();
        if (list.Count > 0 || none is not null)
        {
            to.WriteLine();
            new Tree(title, list.Count > 0 ? list : [new Tree(none!)]).Write(to);
        }
    }

    private static void Row(TextWriter to, string name, string value) => to.WriteLine($"{name}  {value}");

    // The form's sentence ends with the points, and may begin with its round; here both stand in places of their own.
    private string Sentence(ScoreLine line)
    {
        var end = $" {Signed(line.Points)}";
        var text = line.Text.EndsWith(end, StringComparison.Ordinal) ? line.Text[..^end.Length] : line.Text;
        var round = _scheme.Composition is null || line.Rule == ComposedYear ? "" : _scorer.Plan.RoundName(RoundOf(line)) + "：";
        return text.StartsWith(round, StringComparison.Ordinal) ? text[round.Length..] : text;
    }

    private static string Signed(Points points) => points > Points.Zero ? $"+{points}" : Plain(points);

    // With the minus of the sentences.
    private static string Plain(Points points) => points < Points.Zero ? $"−{-points}" : points.ToString();

    private static IEnumerable<ScoreLine> LinesOf(Scorecard card) =>
        card.Sections.SelectMany(section => section.Items).SelectMany(item => item.Lines);

    private static string Day(int dayNumber) => DateOnly.FromDayNumber(dayNumber).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
