using Jifen.Cycle.Declarations;
using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Pledges;

/// <summary>承诺 of one member for the year; its words lie beside the ledger until they are published, and after it.</summary>
/// <param name="Text">digest</param>
public sealed record PledgeGiven(string Round, string Text) : IEvent;

/// <summary>晒出承诺: the branch reads the pledges given for the year.</summary>
public sealed record PledgesPublished(string Round) : IEvent;

/// <summary>自评 of one member for the round, item by item; it lies beside the ledger.</summary>
/// <param name="Text">digest</param>
public sealed record SelfEvaluated(string Round, string Text) : IEvent;

/// <summary>先锋承诺. Written again before it is published, the later one holds.</summary>
public sealed record GivePledge(RoundKey Round, SealedText Text)
{
    public Ruling Decide(YearBoard board, PersonId self) => StepOf(board, Round) switch
    {
        null => new NoPledgesHere(),
        var step when OwnWindow.Objection(board, step) is { } closed => closed,
        _ when WrittenText.Fault(Fields.Pledge, "承诺", Text.Text, WrittenText.LongestDefence, "写几条做得到、看得见的", WrittenText.ShortestReason) is { } fault => new InputIsWrong([fault]),
        var step => new Happening(new PledgeGiven(Round.ToString(), Text.Digest), self, Clause: step.Clause),
    };

    /// <summary>承诺 of this round; null: the scheme asks for none.</summary>
    public static PlannedStep? StepOf(YearBoard board, RoundKey round) => board.Plan.In(round).FirstOrDefault(step => step.Step.Kind == StepKinds.Pledge);

    /// <summary>The step that makes the pledges of this round known: a notice without days that rests on 承诺.</summary>
    public static PlannedStep? PublicationOf(YearBoard board, RoundKey round) => board.Plan.In(round).FirstOrDefault(IsPublication);

    public static bool IsPublication(PlannedStep step) =>
        step.Step.Kind == StepKinds.Notice && step.Step.Days is null && step.After.Any(before => before.Step.Kind == StepKinds.Pledge);
}

/// <summary>晒出承诺: ends the window, and the branch reads them.</summary>
public sealed record PublishPledges(RoundKey Round)
{
    /// <param name="given">how many pledges there are</param>
    public Ruling Decide(YearBoard board, int given, int members)
    {
        if (GivePledge.PublicationOf(board, Round) is not { } step)
        {
            return new NoPledgesHere();
        }

        if (given == 0)
        {
            return new NobodyHasPledged(step);
        }

        var ended = new EndRoundStep(Round, step.Name, null, $"{members}人中{given}人的承诺已晒出").Decide(board);
        return ended.IsRefused ? ended : Ruling.Of([new Happening(new PledgesPublished(Round.ToString()), Clause: step.Clause), .. ended.Happenings]);
    }
}

/// <summary>自评, item by item. Written again before the evaluation begins, the later one holds.</summary>
public sealed record EvaluateOneself(RoundKey Round, IReadOnlyList<SelfEvaluatedItem> Items, SealedText Text)
{
    public const int LongestRemark = 300;

    public Ruling Decide(YearBoard board, PersonId self, IReadOnlySet<string> items) => StepOf(board, Round) switch
    {
        null => new NoSelfEvaluationHere(),
        var step when OwnWindow.Objection(board, step) is { } closed => closed,
        _ when FaultsOf(items) is { Count: > 0 } faults => new InputIsWrong(faults),
        var step => new Happening(new SelfEvaluated(Round.ToString(), Text.Digest), self, Clause: step.Clause),
    };

    /// <summary>自评 of this round; null: the scheme asks for none.</summary>
    public static PlannedStep? StepOf(YearBoard board, RoundKey round) => board.Plan.In(round).FirstOrDefault(step => step.Step.Kind == StepKinds.SelfEvaluation);

    private List<RowFault> FaultsOf(IReadOnlySet<string> items)
    {
        if (Items.Count == 0)
        {
            return [new RowFault(RowFault.WholeForm, Fields.Remark, "一项也没有写。至少评一项")];
        }

        return
        [
            .. Items.Where(item => !items.Contains(item.Item)).Select(_ => new RowFault(RowFault.WholeForm, Fields.Remark, "有的项目办法里没有，请刷新页面")).Take(1),
            .. Items.Where(item => item.Remark is { Length: > LongestRemark }).Select(item => new RowFault(RowFault.WholeForm, $"remark-{item.Item}", $"一项至多{LongestRemark}个字")),
            .. Items.Where(item => item.Points is { } points && (Math.Abs(points) > 1000 || !WrittenText.IsInHundredths(points)))
                .Select(item => new RowFault(RowFault.WholeForm, $"points-{item.Item}", "分写成数，最多两位小数")),
        ];
    }
}

/// <summary>One item of a self-evaluation.</summary>
/// <param name="Item">id of the item in the scheme</param>
/// <param name="Points">what he gives himself; null: words only</param>
public sealed record SelfEvaluatedItem(string Item, decimal? Points, string? Remark);

public sealed record NoPledgesHere() : Refusal("本支部的办法没有“承诺”这一步。");

public sealed record NoSelfEvaluationHere() : Refusal("本支部的办法在这一期没有“自评”这一步。");

public sealed record NobodyHasPledged(PlannedStep Step) : Refusal($"还没有人写承诺，没有可晒的。先请党员写，再办“{Step.Name}”。", Step.Clause);

/// <summary>What one writes oneself is open until the step that rests on it begins.</summary>
public sealed record WrittenTooLate(PlannedStep Step) : Refusal($"“{Step.FullName}”已经截止：后面的一步已经开始。", Step.Clause);

internal static class OwnWindow
{
    public static Refusal? Objection(YearBoard board, PlannedStep step) => board.StateOf(step) switch
    {
        StepState.Open => null,
        StepState.Ended => new WrittenTooLate(step),
        StepState.Outside => new BeforeAdoption(step),
        _ => new TooEarly(step),
    };
}
