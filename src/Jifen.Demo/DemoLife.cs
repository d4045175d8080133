using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;
using Jifen.Store;
using Jifen.Store.Reads;

namespace Jifen.Demo;

/// <summary>Two years of a branch, from the first record to this day, by the program's own steps where anybody will look.</summary>
internal sealed class DemoLife
{
    private const int DaysAgoThePartBegan = 5;
    private const int DaysAgoOfReopening = 12;
    private const int DaysAgoOfALateFiling = 10;
    private const int DaysAfterTheYear = 2;
    private const int DaysAfterTheMarks = 30;

    private readonly DemoAccounts _accounts;
    private readonly DemoSpan _span;
    private readonly DemoCourse _course;
    private readonly Dictionary<int, YearPlan> _plans;
    private readonly IReadOnlyList<Round> _lastOver;
    private readonly LivedBranch _branch;
    private readonly DateTimeOffset _began;
    private readonly DateTimeOffset _now;

    /// <param name="boards">shared by all branches</param>
    public DemoLife(
        Database database,
        DemoAccounts accounts,
        YearBoards boards,
        DemoSpan span,
        DemoOrganization organization,
        IReadOnlyList<DemoPerson> people,
        Scheme scheme,
        DateTimeOffset began,
        DateTimeOffset now)
    {
        (_accounts, _span, _began, _now, _course) = (accounts, span, began, now, DemoCourse.Of(organization));
        _plans = span.Years.ToDictionary(year => year, year => YearPlan.Of(Plan.Compile(scheme, year)));
        _lastOver = span.LastOver(year => _plans[year]);
        var lastKeys = _lastOver.Select(round => round.Key).ToHashSet();
        var books = new DemoBooks(organization, people, DemoWorld.Officer);
        books.Found(began);
        foreach (var year in span.Years)
        {
            books.Year(scheme, year, span.End(year));
            books.Rounds(_plans[year], span.Today, step => span.IsPlayed(_plans[year], step, lastKeys, _course) || DemoScenes.IsPlayed(span, organization, step));
        }

        books.Ahead(span.Today);
        _branch = new LivedBranch(database, boards, organization, people, books.Deeds, began, now);
    }

    /// <summary>To the end of the year that is finished.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        // The roll first: an account is somebody's of the branch.
        await _branch.MoveToAsync(_began, cancel);
        await _accounts.OpenAsync(_branch.Id, DemoAccounts.PostsOf(_branch.Organization, _branch.People, CivilTime.DayOf(_began)), _began, cancel);
        await _branch.MoveToAsync(CivilTime.At(_plans[_span.Finished].WholeYear.Last.AddDays(_course.IsFull ? DaysAfterTheYear : DaysAfterTheMarks), new TimeOnly(17, 0)), cancel);
    }

    /// <summary>From the last review of the finished year to this day.</summary>
    public async Task GoOnAsync(CancellationToken cancel)
    {
        var finished = _plans[_span.Finished];
        var isSentLate = _course.Filing is DemoFiling.Waiting or DemoFiling.Returned;
        await WalkAsync(isSentLate ? DemoFiling.NotSent : _course.Filing, concludes: _course.IsFull);
        var scenes = new DemoScenes(_branch, _span);
        await scenes.PledgeAsync(_plans[_span.Finished + 1], cancel);
        if (isSentLate)
        {
            // Not long ago: no officer leaves a filing unanswered for months.
            await _branch.MoveToAsync(CivilTime.At(_span.Today.AddDays(-DaysAgoOfALateFiling), new TimeOnly(9, 0)), cancel);
            await WalkAsync(_course.Filing, concludes: false);
        }

        await LastPartAsync(cancel);
        if (_course.Reopening is { } reopening)
        {
            await ReopenAsync(finished.Steps.First(step => step.Name == reopening.Step), reopening, cancel);
        }

        await _branch.MoveToAsync(_now, cancel);
        await scenes.PlayAsync(_plans[_span.Today.Year], cancel);

        Task WalkAsync(DemoFiling filing, bool concludes) =>
            new DemoWalk(_branch, filing, concludes).GoAsync(finished.Year, _ => true, finished.WholeYear.Key, until: null, cancel);
    }

    /// <summary>The part of the year that was over last, as far as the branch has come.</summary>
    private async Task LastPartAsync(CancellationToken cancel)
    {
        var keys = _lastOver.Select(round => round.Key).ToHashSet();
        if (_course.Last is not { } stage || stage == Stage.Recording || DemoSpan.Target(stage, _plans[_span.Today.Year], keys) is not { } target)
        {
            return;
        }

        if (target.Year == _span.Finished)
        {
            // Nothing shorter is over since: a term that was reviewed is reviewed once more.
            var review = _plans[target.Year].In(target).First(step => step.Step.Kind is StepKinds.Review or StepKinds.GroupEvaluation);
            await ReopenAsync(review, new DemoReopening(review.Name, stage, "学院党委抽查：评分理由写得不全，重新考评"), cancel);
            return;
        }

        var first = _lastOver.First(round => round.Key == target).Last.AddDays(1);
        var start = _span.Today.AddDays(-DaysAgoThePartBegan);
        await _branch.MoveToAsync(CivilTime.At(start > first ? start : first, new TimeOnly(8, 0)), cancel);
        await new DemoWalk(_branch, DemoFiling.Accepted, concludes: false).GoAsync(target.Year, step => keys.Contains(step.Round.Key), target, stage, cancel);
    }

    private async Task ReopenAsync(PlannedStep step, DemoReopening reopening, CancellationToken cancel)
    {
        await _branch.MoveToAsync(CivilTime.At(_span.Today.AddDays(-DaysAgoOfReopening), new TimeOnly(10, 0)), cancel);
        await _branch.TakeAsync(
            id => _branch.Rounds.ReopenAsync(_branch.Id, new ReopenRoundStep(step.Round.Key, step.Name, reopening.Reason), _branch.Secretary, id, cancel), DemoWorld.Officer, cancel);
        await _branch.MoveToAsync(CivilTime.At(_span.Today.AddDays(-DaysAgoThePartBegan), new TimeOnly(8, 0)), cancel);
        await new DemoWalk(_branch, DemoFiling.NotSent, concludes: false).GoAsync(step.Round.Key.Year, _ => true, step.Round.Key, reopening.Since, cancel);
    }
}
