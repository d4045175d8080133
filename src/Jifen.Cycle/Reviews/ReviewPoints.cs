using Jifen.Cycle.Declarations;
using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Reviews;

/// <summary>One person's line in a review.</summary>
/// <param name="Total">now</param>
/// <param name="ReviewedTotal">as it was found right; null: nobody has yet</param>
public sealed record ReviewLine(PersonId Person, string Name, decimal Total, decimal? ReviewedTotal)
{
    public bool IsReviewed => ReviewedTotal == Total;
}

/// <summary>What a review has before it.</summary>
/// <param name="Declared">of this round, still waiting</param>
/// <param name="Pending">待认定 facts of this round</param>
public sealed record ReviewDesk(YearBoard Board, ReviewBench Bench, IReadOnlyList<ReviewLine> Lines, int Declared, int Pending);

/// <summary>开始初评（考评）: by the body the scheme names. It closes the window in which one declares.</summary>
public sealed record BeginReview(RoundKey Round, string Step)
{
    public Ruling Decide(YearBoard board, ReviewBench bench) => bench.Objection() is { } refusal ? refusal : new BeginRoundStep(Round, Step).Decide(board);
}

/// <summary>核实无误: the points of these people, as they stand.</summary>
public sealed record ReviewPoints(IReadOnlyList<PersonId> People)
{
    public Ruling Decide(ReviewDesk desk)
    {
        if (People.Count == 0)
        {
            return new NobodyChosen();
        }

        if (desk.Board.ObjectionToEnd(desk.Bench.Step) is { } closed)
        {
            return closed;
        }

        var lines = new List<ReviewedTotal>();
        foreach (var person in People.Distinct())
        {
            if (desk.Lines.FirstOrDefault(line => line.Person == person) is not { } line)
            {
                return new NoSuchEntry();
            }

            if (desk.Bench.Objection(person) is { } refusal)
            {
                return refusal;
            }

            if (!line.IsReviewed)
            {
                lines.Add(new ReviewedTotal(person, line.Total));
            }
        }

        return lines.Count == 0
            ? Ruling.NothingToDo
            : new Happening(new PointsReviewed(desk.Bench.Step.Round.Key.ToString(), desk.Bench.Step.Name, lines), Clause: desk.Bench.Step.Clause);
    }
}

/// <summary>初评意见 about one person.</summary>
public sealed record WriteFinding(PersonId Person, SealedText Finding)
{
    public Ruling Decide(ReviewDesk desk) =>
        desk.Board.ObjectionToEnd(desk.Bench.Step) is { } closed ? closed
        : desk.Lines.All(line => line.Person != Person) ? new NoSuchEntry()
        : desk.Bench.Objection(Person) is { } refusal ? refusal
        : WrittenText.Fault(Fields.Finding, "意见", Finding.Text, WrittenText.LongestReason, "如“志愿服务突出，证明齐全”", 2) is { } fault ? new InputIsWrong([fault])
        : new Happening(new FindingWritten(desk.Bench.Step.Round.Key.ToString(), desk.Bench.Step.Name, Finding.Digest), Person, Clause: desk.Bench.Step.Clause);
}

/// <summary>签署初评: ends the step with the digest of the table that is signed. A second person signs the same table.</summary>
/// <param name="Digest">of the table as the signer saw it</param>
public sealed record SignReview(string Digest)
{
    /// <param name="digest">of the table now</param>
    public Ruling Decide(ReviewDesk desk, string digest, string outcome) =>
        desk.Board.ObjectionToEnd(desk.Bench.Step) is { } closed ? closed
        : desk.Bench.Objection() is { } refusal ? refusal
        : desk.Declared > 0 || desk.Pending > 0 ? new StillUndecided(desk.Declared, desk.Pending)
        : desk.Lines.Where(line => !line.IsReviewed).Select(line => line.Name).ToList() is { Count: > 0 } names ? new StillToReview(names)
        : digest != Digest ? new TableHasChanged()
        : new EndRoundStep(desk.Bench.Step.Round.Key, desk.Bench.Step.Name, digest, outcome).Decide(desk.Board);
}

/// <summary>Declarations and facts wait.</summary>
public sealed record StillUndecided(int Declared, int Pending)
    : Refusal($"还不能签：{(Declared > 0 ? $"{Declared}份申报没有核实" : "")}{(Declared > 0 && Pending > 0 ? "，" : "")}{(Pending > 0 ? $"{Pending}条事实待认定" : "")}。逐条认定或写明理由不认定，再签。", "JSIT-7③");

/// <summary>Somebody's points have not been found right, or have changed since.</summary>
public sealed record StillToReview(IReadOnlyList<string> Names)
    : Refusal($"还不能签：{string.Join("、", Names.Take(8))}{(Names.Count > 8 ? $"等{Names.Count}人" : "")}的积分还没有核实，或者核实以后有了变动。本人的由别人核实。", "JSIT-7③");

/// <summary>What was seen is not what would be signed.</summary>
public sealed record TableHasChanged() : Refusal("积分表在您打开以后有了变动，签的必须是看到的那一张。请看过新的再签。");
