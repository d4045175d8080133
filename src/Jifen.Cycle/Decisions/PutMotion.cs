using System.Security.Cryptography;
using System.Text;
using Jifen.Cycle.Records;

namespace Jifen.Cycle.Decisions;

/// <summary>提出议题, for the meeting that is open or the next one.</summary>
/// <param name="Title">without names</param>
/// <param name="Text">what is read out; lies beside the ledger, null where the title says all</param>
/// <param name="Corrects">the record that is to be put right</param>
public sealed record PutMotion(
    MotionId Motion, MotionKind Kind, string Title, IReadOnlyList<PersonId> Concerned, bool ConcernedAbstain, string? Text, EntryId? Corrects = null)
{
    private const int ShortestTitle = 4;
    private const int LongestTitle = 120;
    private const int LongestText = 4000;

    public Ruling Decide(Func<PersonId, bool> isOfTheBranch) => this switch
    {
        // The table is put by reading it out, so that nobody votes on another than the one that was read.
        { Kind: MotionKind.PointsTable } => new TableIsPresented(),
        _ when Title.Trim().Length is < ShortestTitle or > LongestTitle =>
            new InputIsWrong([new RowFault(RowFault.WholeForm, Fields.Title, $"议题写{ShortestTitle}到{LongestTitle}个字，不写姓名")]),
        _ when Text?.Trim().Length > LongestText => new InputIsWrong([new RowFault(RowFault.WholeForm, "text", $"内容最多{LongestText}字")]),
        { Concerned.Count: 0, Kind: MotionKind.PointsChange or MotionKind.Exemption } => new NobodyChosen(),
        { Kind: MotionKind.PointsChange, Concerned.Count: > 1 } => new OneAtATime(),
        { Kind: not MotionKind.PointsChange, Corrects: not null } => new OneAtATime(),
        _ when !Concerned.All(isOfTheBranch) => new NotOfTheMeeting(),
        _ => new Happening(
            new MotionPut(Motion, Kind, Title.Trim(), [.. Concerned.Distinct()], ConcernedAbstain, DigestOf(Text), Corrects),
            Concerned is [var only] ? only : null),
    };

    /// <summary>SHA-256 of the text, lower-case hex; null for none.</summary>
    public static string? DigestOf(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim())));
}

/// <summary>撤回议题, before it is decided.</summary>
public sealed record WithdrawMotion(MotionId Motion, string Reason)
{
    /// <param name="isMatter">it stands for something that waits for a meeting whether anybody puts it or not</param>
    public Ruling Decide(Motion? motion, bool isMatter) => motion switch
    {
        null => new NoSuchMotion(),
        _ when isMatter => new MatterIsNotWithdrawn(),
        { State: not MotionState.Open } => new MotionIsSettled(motion.State),
        _ when Reason.Trim().Length < 2 => new InputIsWrong([new RowFault(RowFault.WholeForm, Fields.Reason, "写明为什么撤回")]),
        _ => new Happening(new MotionWithdrawn(Motion, Reason.Trim())),
    };
}
