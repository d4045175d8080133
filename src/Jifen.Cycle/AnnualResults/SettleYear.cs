using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.AnnualResults;

/// <summary>What keeps a year from being settled, as it stands now.</summary>
/// <param name="Tentative">暂行 readings nobody has confirmed</param>
/// <param name="Pending">facts that wait to be confirmed</param>
/// <param name="OpenCases">objections and appeals of the year that are not closed</param>
public sealed record SettlementState(
    IReadOnlyList<Reading> Tentative, IReadOnlyList<Slot> OpenSlots, IReadOnlyList<ExceededQuota> Quotas, int Pending, int OpenCases, bool IsLastYearSettled)
{
    /// <summary>All of them, for the page; empty when nothing stands in the way.</summary>
    public IReadOnlyList<Refusal> Objections
    {
        get
        {
            var found = new List<Refusal>();
            Add(Tentative.Count > 0, () => new ReadingsAreTentative(Tentative));
            Add(OpenSlots.Count > 0, () => new SlotsAreOpen(OpenSlots));
            Add(OpenCases > 0, () => new ObjectionsAreOpen(OpenCases));
            Add(Pending > 0, () => new FactsArePending(Pending));
            Add(Quotas.Count > 0, () => new QuotasAreExceeded(Quotas));
            return found;

            void Add(bool holds, Func<Refusal> refusal)
            {
                if (holds)
                {
                    found.Add(refusal());
                }
            }
        }
    }
}

/// <summary>年度定分: freezes what everybody came to and ends the yearly 汇总.</summary>
/// <param name="Seen">digest of the table on the screen: what is settled is what was seen</param>
public sealed record SettleYear(RoundKey Round, string Step, string Seen)
{
    /// <param name="digest">of <paramref name="table"/></param>
    public Ruling Decide(YearBoard board, AnnualTable table, string digest, SettlementState state)
    {
        if (board.Plan.Find(Round, Step) is not { Step: { Kind: StepKinds.Summary, Every: Span.Year } } step)
        {
            return new NoSuchRoundStep(Step);
        }

        if (board.ObjectionToEnd(step) is { } notNow)
        {
            return notNow;
        }

        if (state.Objections is [var objection, ..])
        {
            return objection;
        }

        if (table.Lines.Count == 0)
        {
            return new NobodyIsScored();
        }

        if (digest != Seen)
        {
            return new TableHasChanged();
        }

        var happenings = new List<Happening>
        {
            new(
                new YearSettled(Round.Year, Step, table.Scheme, digest, board.Today, state.IsLastYearSettled, table.Lines.Count),
                On: board.Today,
                Clause: step.Clause),
        };
        happenings.AddRange(table.Lines.Select(line => new Happening(
            new ResultSettled(Round.Year, line.Total, line.Sections, line.Rank, line.Ranked, line.Grade, line.Running, line.Outcomes, line.Category),
            About: line.Person,
            On: board.Today,
            Clause: step.Clause)));
        happenings.Add(new Happening(
            new RoundStepEnded(Round.ToString(), Step, digest, $"定分{table.Lines.Count}人"), On: board.Today, Clause: step.Clause));
        return Ruling.Of(happenings);
    }
}

/// <summary>汇总 of a half-year or another part of the year: what everybody has come to so far is noted, nothing is frozen.</summary>
/// <inheritdoc cref="SettleYear"/>
public sealed record SummarizeRound(RoundKey Round, string Step, string Seen)
{
    /// <inheritdoc cref="SettleYear.Decide"/>
    public Ruling Decide(YearBoard board, AnnualTable table, string digest)
    {
        if (board.Plan.Find(Round, Step) is not { Step: { Kind: StepKinds.Summary, Every: not Span.Year } })
        {
            return new NoSuchRoundStep(Step);
        }

        var ruling = new EndRoundStep(Round, Step, digest, $"汇总{table.Lines.Count}人").Decide(board);
        return !ruling.IsRefused && digest != Seen ? new TableHasChanged() : ruling;
    }
}
