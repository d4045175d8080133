using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Notices;

/// <summary>
/// 审查并发布公示: by another person than prepared it. With it the step of the round begins; a notice without days is done in one go.
/// </summary>
/// <param name="Digest">of what the person who publishes has read</param>
public sealed record PublishNotice(NoticeId Notice, string Digest, bool OpenToWeb)
{
    /// <param name="notice">as prepared</param>
    /// <param name="standing">published for the same step and not replaced</param>
    public Ruling Decide(YearBoard board, Notice? notice, Notice? standing, WorkingCalendar calendar)
    {
        if (RefusalOf(notice) is { } refusal)
        {
            return refusal;
        }

        if (RoundKey.Read(notice!.Round) is not { } round || board.Plan.Find(round, notice.Step) is not { } step)
        {
            return new NoSuchRoundStep(notice.Step);
        }

        var isCorrection = standing is not null;
        // The step was opened again after an earlier notice: this one takes its place and runs its days anew.
        var isAnew = isCorrection && step.Step.IsNoticeOfPoints() && board.StateOf(step) == StepState.Open;
        if (notice.Replaces != standing?.Id || (isCorrection && !isAnew && step.Step.Days is not null && board.StateOf(step) != StepState.Begun))
        {
            return new NoticeIsOutdated();
        }

        if (!isCorrection && board.ObjectionToBegin(step) is { } notYet)
        {
            return notYet;
        }

        var published = PublishedOn(NoticeTerms.Of(step.Step), board.Today, calendar, step.Clause);
        if (isCorrection && !isAnew)
        {
            return published;
        }

        IEvent follows = step.Step.IsNoticeOfPoints()
            ? new RoundStepBegun(notice.Round, notice.Step)
            : new RoundStepEnded(notice.Round, notice.Step, notice.Digest, null);
        var ended = new Happening(follows, On: board.Today, Clause: step.Clause);
        // 晒出承诺 on paper is 晒出承诺 all the same: the branch reads the pledges.
        return Pledges.GivePledge.IsPublication(step)
            ? Ruling.Of(published, ended, new Happening(new Pledges.PledgesPublished(notice.Round), On: board.Today, Clause: step.Clause))
            : Ruling.Of(published, ended);
    }

    /// <summary>The notice of an exemption: the same paper, the same days, no step of a round.</summary>
    public Ruling DecideExemption(Notice? notice, NoticeTerms terms, DateOnly today, WorkingCalendar calendar) =>
        RefusalOf(notice) is { } refusal ? refusal : PublishedOn(terms, today, calendar, "JSIT-1");

    private Refusal? RefusalOf(Notice? notice) => notice switch
    {
        null => new NoSuchNotice(),
        { IsPublished: true } => new NoticeIsOut(notice.PublishedOn!.Value),
        _ when notice.Digest != Digest => new NoticeIsOutdated(),
        _ => null,
    };

    private Happening PublishedOn(NoticeTerms terms, DateOnly today, WorkingCalendar calendar, string? clause)
    {
        var (first, last, until) = terms.From(today, calendar);
        return new Happening(new NoticePublished(Notice, first, last, until, OpenToWeb), On: today, Clause: clause);
    }
}
