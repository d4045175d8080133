using Jifen.Cycle;
using Jifen.Cycle.Outcomes;
using Jifen.Cycle.Permissions;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;
using Jifen.Web.Pages.AnnualResults;
using Microsoft.AspNetCore.Components;

namespace Jifen.Web.Pages.Outcomes;

/// <summary>One consequence that was computed for one person of a settled year.</summary>
/// <param name="Because">the person's figures against the conditions; null where they cannot be shown any more</param>
internal sealed record ComputedOutcome(PersonId Person, string Name, Outcome Outcome, string? Because, OutcomeCase? Case);

/// <summary>A page about what follows from a settled year.</summary>
public abstract class OutcomePage : ResultPage
{
    [Inject]
    private protected LiveScores Live { get; set; } = null!;

    /// <summary>null: no year of the branch is settled.</summary>
    private protected SettledYear? Settled { get; private set; }

    /// <summary>The scheme by which it was settled.</summary>
    private protected Scheme? SettledScheme { get; private set; }

    /// <summary>How far the settled year has come.</summary>
    private protected Stage SettledStage { get; private set; }

    /// <summary>Why nothing may follow from it yet; null when it may.</summary>
    private protected Refusal? NotYet { get; private set; }

    private protected IReadOnlyList<ComputedOutcome> Computed { get; private set; } = [];

    /// <summary>As they stood when the year was settled, with names.</summary>
    private protected Cycle.Scorecards.BranchScores? Scores { get; private set; }

    private protected override bool ShowsOwn => true;

    /// <summary>Reads the settled year the address names, or the latest.</summary>
    private protected async Task LoadSettledAsync(DataScope scope)
    {
        var years = await SettledYears.YearsAsync(scope, Branch, Visit.Aborted);
        int? wanted = int.TryParse(YearAsked, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var asked) ? asked : null;
        if ((wanted ?? years.Cast<int?>().FirstOrDefault()) is not { } year
            || await OutcomeCases.StandingsAsync(scope, Boards, Branch, year, Visit.Aborted) is not { Settled: { } settled } standings)
        {
            return;
        }

        (Settled, SettledScheme, SettledStage, NotYet) = (settled, standings.Scheme, standings.Stage, standings.NotYet);
        var cases = standings.Cases.ToLookup(one => (one.PersonId, one.Outcome));
        var then = (await Live.OfAsync(scope, Branch, year, settled.AsOf, Visit.Aborted))?.Scores;
        Scores = then;
        Computed = (
            from line in settled.Table.Lines
            where SeesAll || line.Person == Me.Person
            from id in settled.OutcomesOf(line)
            let outcome = SettledScheme.Outcomes.FirstOrDefault(one => one.Id == id)
            where outcome is not null
            select new ComputedOutcome(line.Person, NameOf(line.Person), outcome, BecauseOf(then, line.Person, id) ?? settled.Decided.GetValueOrDefault(line.Person)?.Ground(), cases[(line.Person, id)].LastOrDefault())).ToList();
    }

    private protected string NameOf(PersonId person) => Scores?.PersonOf(person)?.Member.Name ?? (person == Me.Person ? Me.Name : "（不在册）");

    private protected string YearQuery => Settled is { } settled ? $"year={settled.Year}" : "";

    private protected string AddressOf(ComputedOutcome one) => Address($"/results/{one.Person}/{Uri.EscapeDataString(one.Outcome.Id)}?{YearQuery}");

    internal static string StateName(OutcomeCase? one) => one is null ? "还没有提出" : one.StateOf switch
    {
        OutcomeState.Proposed => "已提出，等上级批准",
        OutcomeState.Approved => "已批准",
        OutcomeState.Refused => "上级没有批准",
        OutcomeState.NotTaken => "不采纳",
    };

    internal static Tone ToneOf(OutcomeCase? one) => one is null ? Tone.Plain : one.StateOf switch
    {
        OutcomeState.Proposed => Tone.Active,
        OutcomeState.Approved => Tone.Good,
        OutcomeState.Refused => Tone.Alarm,
        OutcomeState.NotTaken => Tone.Faded,
    };

    private static string? BecauseOf(Cycle.Scorecards.BranchScores? then, PersonId person, string outcome) =>
        then is not null && then.IndexOf(person) >= 0 ? then.CardOf(person).Outcomes.FirstOrDefault(held => held.Outcome.Id == outcome)?.Because : null;
}
