using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.AnnualResults;

/// <summary>The grade decided for one person.</summary>
/// <param name="Reason">why it is another than the points propose; not needed where it is the same</param>
public sealed record GradeChosen(PersonId Person, string Grade, string? Reason);

/// <summary>What grades are decided on, read with the stream held.</summary>
/// <param name="Settled">the year as it was settled: its grades are the proposals</param>
/// <param name="Digest">of <paramref name="Settled"/></param>
/// <param name="OpenCases">objections and appeals of the year that are not closed</param>
public sealed record GradeBench(AnnualTable Settled, string Digest, int OpenCases)
{
    /// <summary>Names of the grades there are for a person, the best first.</summary>
    public required Func<PersonId, IReadOnlyList<string>> GradesOf { get; init; }

    public required Func<PersonId, string> NameOf { get; init; }

    /// <summary>The settled year with these grades: what follows from them, and quotas that do not allow them.</summary>
    public required Func<IReadOnlyDictionary<PersonId, string>, (AnnualTable Table, IReadOnlyList<ExceededQuota> Quotas)> WorkOut { get; init; }
}

/// <summary>定等次: what the evaluation and the meeting made of the grades the points propose. All of the branch at once.</summary>
/// <param name="Body">who decided</param>
/// <param name="On">the day of the meeting</param>
/// <param name="Seen">digest of the settled table on the screen</param>
public sealed record DecideGrades(RoundKey Round, string Step, string Body, DateOnly On, IReadOnlyList<GradeChosen> Grades, string Seen)
{
    /// <summary>Field of the form for a person's grade, and for the reason.</summary>
    public static (string Grade, string Reason) FieldsOf(PersonId person) => ($"grade-{person}", $"reason-{person}");

    /// <summary>Whose grade is another than the points propose: it is their case, and none of them has a part in it.</summary>
    public IReadOnlyList<PersonId> Concerned => [.. Grades.Where(one => one.Reason is not null).Select(one => one.Person)];

    /// <param name="bench">null: the year is not settled</param>
    public Ruling Decide(YearBoard board, GradeBench? bench)
    {
        if (board.Plan.Find(Round, Step) is not { Step.Kind: StepKinds.GradeDecision } step)
        {
            return new NoSuchRoundStep(Step);
        }

        if (board.ObjectionToEnd(step) is { } notNow)
        {
            return notNow;
        }

        if (bench is null)
        {
            return new YearIsNotSettled(Round.Year);
        }

        if (bench.OpenCases > 0)
        {
            return new ObjectionsAreOpen(bench.OpenCases);
        }

        if (bench.Digest != Seen)
        {
            return new TableHasChanged();
        }

        var graded = bench.Settled.Lines.Where(line => line.Grade is not null).ToList();
        var faults = new List<RowFault>(FormFaults(board));
        var decided = new Dictionary<PersonId, GradeChosen>();
        foreach (var line in graded)
        {
            if (Grades.FirstOrDefault(one => one.Person == line.Person) is not { } chosen)
            {
                faults.Add(new RowFault(RowFault.WholeForm, FieldsOf(line.Person).Grade, $"还没有定{bench.NameOf(line.Person)}的等次"));
            }
            else if (FaultOf(chosen, line, bench) is { } fault)
            {
                faults.Add(fault);
            }
            else
            {
                decided[line.Person] = chosen;
            }
        }

        if (faults.Count > 0)
        {
            return new InputIsWrong(faults);
        }

        if (Grades.Any(one => graded.TrueForAll(line => line.Person != one.Person)))
        {
            return new TableHasChanged();
        }

        var (table, quotas) = bench.WorkOut(decided.ToDictionary(one => one.Key, one => one.Value.Grade));
        return quotas is [var exceeded, ..]
            ? new MoreThanTheQuota(exceeded.Text, exceeded.Allowed, exceeded.Qualifying.Count)
            : Ruling.Of([.. graded.OrderBy(line => decided[line.Person].Grade == line.Grade).Select(line => Decided(line, decided[line.Person], table, step)), Ended(board, step, graded, decided)]);
    }

    private IEnumerable<RowFault> FormFaults(YearBoard board) => new[]
    {
        WrittenText.Fault("body", "由谁定的", Body, WrittenText.LongestTitle, "如“支部党员大会”"),
        On > board.Today ? new RowFault(RowFault.WholeForm, Fields.On, "开会的日子还没到") : null,
    }.OfType<RowFault>();

    private static RowFault? FaultOf(GradeChosen chosen, AnnualLine line, GradeBench bench)
    {
        var name = bench.NameOf(line.Person);
        if (!bench.GradesOf(line.Person).Contains(chosen.Grade))
        {
            return new RowFault(RowFault.WholeForm, FieldsOf(line.Person).Grade, $"办法里没有适用于{name}的等次“{chosen.Grade}”");
        }

        return chosen.Grade != line.Grade && WrittenText.ReasonFault(chosen.Reason, "如“评议时多数同志的意见，牵头做了两件实事”") is { } fault
            ? fault with { Field = FieldsOf(line.Person).Reason, Message = $"{name}定为{chosen.Grade}，与照分算出的{line.Grade}不同：{fault.Message}" }
            : null;
    }

    private Happening Decided(AnnualLine line, GradeChosen chosen, AnnualTable table, PlannedStep step)
    {
        var reason = chosen.Grade == line.Grade ? null : chosen.Reason!.Trim();
        return new Happening(
            new GradeDecided(Round.Year, line.Grade!, chosen.Grade, table.LineOf(line.Person)!.Outcomes, Body.Trim(), reason),
            About: line.Person,
            On: On,
            Ground: reason ?? Body.Trim(),
            Clause: step.Clause);
    }

    private Happening Ended(YearBoard board, PlannedStep step, List<AnnualLine> graded, Dictionary<PersonId, GradeChosen> decided)
    {
        var different = graded.Count(line => decided[line.Person].Grade != line.Grade);
        return new Happening(
            new RoundStepEnded(step.Round.Key.ToString(), step.Name, Seen, $"定等次{graded.Count}人，{(different == 0 ? "都与照分算出的相同" : $"其中{different}人与照分算出的不同")}"),
            On: board.Today,
            Clause: step.Clause);
    }
}
