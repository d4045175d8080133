using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Schemes.Forms;

namespace Jifen.Scoring.Scorecards;

/// <summary>Works out one member after another: docs/scheme-language.md, section 4, steps 1 to 6. One a thread.</summary>
internal sealed class MemberScorer(Plan plan, FactTable facts)
{
    private readonly MemberPass _pass = new(plan, facts);
    private readonly LineBuffer? _scratch = plan.NeedsLines ? new LineBuffer() : null;
    private readonly Dictionary<Profile, ProfilePlan> _profiles = [];
    private readonly long[] _roundSections = new long[plan.Scheme.Sections.Count];
    private readonly TotalStep[] _steps = plan.Scheme.TotalSteps.ToArray();
    private readonly int[] _watchedKinds = plan.Watched.Kinds.ToArray();
    private readonly Days[] _rounds = plan.Calendar.Rounds;
    private readonly int[] _forfeitedBy = new int[plan.MostItemsInSection];
    private int _firstLineOfMember;

    public MemberResult Result { get; } = new(plan);

    public ProfilePlan ProfileOf(Profile profile)
    {
        if (!_profiles.TryGetValue(profile, out var compiled))
        {
            compiled = new ProfilePlan(plan, profile);
            _profiles.Add(profile, compiled);
        }

        return compiled;
    }

    /// <param name="lines">where the lines go; null when only totals are wanted</param>
    /// <param name="placings">rank by 排位 rule for each round, or null when the scheme has none</param>
    public void Score(int member, ProfilePlan profile, Days enrolled, long? lastYearTotal, LineBuffer? lines, BranchPlacings? placings)
    {
        Result.Clear();
        _scratch?.Clear();
        _firstLineOfMember = lines?.Count ?? 0;
        _pass.Lines = lines ?? _scratch;
        _pass.LastYearTotal = lastYearTotal;
        _pass.Begin(member);
        var rounds = _rounds;
        for (var round = 0; round < rounds.Length; round++)
        {
            if (rounds[round].Within(enrolled).IsEmpty)
            {
                continue;
            }

            _pass.Take((byte)round, rounds[round], enrolled, plan.Gather);
            placings?.CopyTo(round, member, _pass.Placings);
            ScoreRound(profile, round);
        }

        Result.HasScorecard = Result.Rounds > 0;
        if (plan.Scheme.Composition is { } composition && Result.HasScorecard)
        {
            Compose(composition.Kind);
        }
    }

    private void ScoreRound(ProfilePlan profile, int round)
    {
        var pass = _pass;
        var sections = _roundSections;
        Array.Clear(sections);
        var firstLine = pass.Lines?.Count ?? 0;
        foreach (var section in profile.Sections)
        {
            pass.Happened = false;
            sections[section.Index] = ScoreSection(section);
            Result.SectionHas[section.Index] |= pass.Happened;
        }

        Result.KeepRound(round, ScoreTotal(firstLine), sections);
        for (var k = 0; k < _watchedKinds.Length; k++)
        {
            Result.KindSums[k] += pass.Sums[_watchedKinds[k]];
        }
    }

    private long ScoreSection(SectionPlan section)
    {
        var pass = _pass;
        if (pass.Lines is null && section.Exclusive.Length == 0)
        {
            return SectionTotals.Of(section, section.StartsFromLastYear ? SectionStart(section) : section.Start, pass, Result);
        }

        var firstLine = pass.Lines?.Count ?? 0;
        var sum = SectionStart(section);
        var items = section.Items;
        var has = false;
        for (var i = 0; i < items.Length; i++)
        {
            EvaluateRules(section, items[i], i);
            has |= pass.Happened;
        }

        // 不兼得 looks across items, so all rules are evaluated before any item is finished.
        for (var group = 0; group < section.Exclusive.Length; group++)
        {
            ExclusiveProgram.Apply(pass, section, group, firstLine);
        }

        for (var i = 0; i < items.Length; i++)
        {
            sum += FinishItem(items[i], i, firstLine);
        }

        pass.Happened = has;
        return FinishSection(section, sum, firstLine);
    }

    private void EvaluateRules(SectionPlan section, ItemPlan item, int index)
    {
        var pass = _pass;
        if (item.Start != 0)
        {
            pass.Adjust(item.Sources.Start, pass.Window.Last, item.Start);
        }

        pass.ForfeitedBy = -1;
        pass.Happened = false;
        var points = item.Start;
        var rules = section.Rules;
        for (var r = item.FirstRule; r < item.EndRule; r++)
        {
            var sum = rules[r].Evaluate(pass);
            pass.RuleSums[r] = sum;
            points += sum;
        }

        pass.ItemPoints[index] = points;
        _forfeitedBy[index] = pass.ForfeitedBy;
        if (item.Watched >= 0)
        {
            Result.ItemHas[item.Watched] |= pass.Happened;
        }
    }

    private long FinishSection(SectionPlan section, long sum, int firstLine)
    {
        var pass = _pass;
        foreach (var limit in section.Limits)
        {
            sum += LimitProgram.OnScope(pass, plan.Calendar, limit, section.Sources.Limit, firstLine, IsOfSection, section.Section.Index);
        }

        sum = Bound(sum, section.Cap, cap: true, section.Sources.Cap);
        return Bound(sum, section.Floor, cap: false, section.Sources.Floor);
    }

    private long SectionStart(SectionPlan section)
    {
        var start = section.Section.Start;
        if (section.StartsFromLastYear && _pass.LastYearTotal is { } lastYear)
        {
            return ShareOf(lastYear, section, start);
        }

        if (section.Start != 0)
        {
            _pass.Adjust(section.Sources.Start, _pass.Window.Last, section.Start);
        }

        return section.Start;
    }

    private long ShareOf(long lastYear, SectionPlan section, Start start)
    {
        var points = Points.Share(lastYear, start.Share, 100_00, plan.Scheme.Unit);
        _pass.Adjust(section.Sources.Start, _pass.Window.Last, points, note: 1, a: lastYear);
        return points;
    }

    private long FinishItem(ItemPlan item, int index, int firstLine)
    {
        var points = _pass.ItemPoints[index];
        foreach (var limit in item.Limits)
        {
            points += LimitProgram.OnScope(_pass, plan.Calendar, limit, item.Sources.Limit, firstLine, IsOfItem, item.Sources.SheetItem);
        }

        points = Bound(points, item.Cap, cap: true, item.Sources.Cap);
        points = Bound(points, item.Floor, cap: false, item.Sources.Floor);
        if (_forfeitedBy[index] >= 0)
        {
            _pass.Adjust(item.Sources.Forfeit, _pass.Window.Last, -points, a: _forfeitedBy[index]);
            points = 0;
        }

        if (item.Watched >= 0)
        {
            Result.KeepItem(item.Watched, points);
        }

        return points;
    }

    private long ScoreTotal(int firstLine)
    {
        var total = 0L;
        var steps = _steps;
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            var source = plan.Total.Steps[i];
            switch (step.Kind)
            {
                case TotalStepKind.Join:
                    total += _roundSections[step.Section];
                    break;
                case TotalStepKind.Cap:
                    total = Bound(total, step.Points, cap: true, source);
                    break;
                case TotalStepKind.Floor:
                    total = Bound(total, step.Points, cap: false, source);
                    break;
                case TotalStepKind.Limit:
                    total += LimitProgram.OnScope(_pass, plan.Calendar, step.Limit!, source, firstLine, IsJoined, i);
                    break;
                case TotalStepKind.Veto when _pass.Sums[step.Fact] > 0:
                    _pass.Adjust(source, _pass.Window.Last, step.Points - total, a: step.Points);
                    total = step.Points;
                    break;
            }
        }

        return total;
    }

    private void Compose(CompositionKind kind)
    {
        var rounds = Result.Rounds;
        var linesTotal = 0L;
        for (var s = 0; s < Result.Sections.Length; s++)
        {
            var sum = Result.Sections[s];
            Result.Sections[s] = Composed(kind, sum, rounds);
            linesTotal += Result.Sections[s];
            ComposeLine(plan.Sections[s].Composition, SumOfSection(s), Result.Sections[s], rounds);
        }

        for (var i = 0; i < Result.Items.Length; i++)
        {
            Result.Items[i] = Composed(kind, Result.Items[i], rounds);
        }

        var total = Composed(kind, Result.Total, rounds);
        ComposeLine(plan.Total.Composition, SumOfSection(plan.Scheme.Sections.Count), total - linesTotal, rounds, Result.Total, total);
        Result.Total = total;
    }

    private long Composed(CompositionKind kind, long sum, int rounds) =>
        kind == CompositionKind.Average ? Points.Share(sum, 1, rounds, plan.Scheme.Unit) : sum;

    // What the lines of a section come to so far: in 末期 and 平均 the composition takes back what the rounds have too much.
    private long SumOfSection(int section)
    {
        if (_pass.Lines is not { } lines || ReferenceEquals(lines, _scratch))
        {
            return 0;
        }

        var sum = 0L;
        foreach (ref readonly var line in lines.From(_firstLineOfMember))
        {
            if (plan.SheetItems[plan.Sources[line.Source].Item].Section == section)
            {
                sum += line.Points;
            }
        }

        return sum;
    }

    private void ComposeLine(int source, long lines, long points, int rounds, long? sum = null, long? shown = null)
    {
        if (lines != points || sum is not null)
        {
            _pass.Adjust(source, plan.Calendar.Cycle.Last, points - lines, a: rounds, b: sum ?? lines, c: shown ?? points);
        }
    }

    private long Bound(long points, long? bound, bool cap, int source)
    {
        if (bound is not { } limit || (cap ? points <= limit : points >= limit))
        {
            return points;
        }

        _pass.Adjust(source, _pass.Window.Last, limit - points, a: limit);
        return limit;
    }

    private bool IsOfSection(Line line, int section) => IsNoStart(line, 0) && plan.SheetItems[plan.Sources[line.Source].Item].Section == section;

    private bool IsOfItem(Line line, int item) => IsNoStart(line, 0) && plan.Sources[line.Source].Item == item;

    // What the steps before this one have joined, and adjusted.
    private bool IsJoined(Line line, int step)
    {
        if (!IsNoStart(line, 0))
        {
            return false;
        }

        var section = plan.SheetItems[plan.Sources[line.Source].Item].Section;
        for (var i = 0; i < step; i++)
        {
            if (plan.Scheme.TotalSteps[i] is { Kind: TotalStepKind.Join } join && join.Section == section)
            {
                return true;
            }
        }

        return section == plan.Scheme.Sections.Count;
    }

    private bool IsNoStart(Line line, int _) => !plan.Sources[line.Source].IsStart;
}
