namespace Jifen.Cycle.Records;

/// <summary>在外学习: hours studied elsewhere, with proof. One entry a person.</summary>
/// <param name="On">the day it ended</param>
/// <param name="Hours">above 0, at most two decimals</param>
/// <param name="Ground">凭什么证明</param>
public sealed record RecordOutsideStudy(
    IReadOnlyList<PersonId> People, string Title, decimal? Hours, DateOnly On, string Ground, EvidenceId? Evidence)
{
    /// <summary>Six weeks of eight hours: more is a slip of the pen.</summary>
    public const decimal MostHours = 240;

    /// <param name="clause">of the row of 登记; null where the scheme has none</param>
    public Ruling Decide(RecordDesk desk, string? clause)
    {
        if (People.Count == 0)
        {
            return new NobodyChosen();
        }

        if (desk.RefusalOf(People) is { } refusal)
        {
            return refusal;
        }

        RowFault?[] found =
        [
            WrittenText.Fault(Fields.Title, "学了什么", Title, WrittenText.LongestTitle, "如“市委党校短期培训”"),
            Hours is > 0 and <= MostHours && WrittenText.IsInHundredths(Hours.Value)
                ? null
                : new RowFault(RowFault.WholeForm, Fields.Hours, $"学时要写 0 以上、至多 {MostHours} 的数，最多两位小数，如 1.5"),
            WrittenText.Fault(Fields.Ground, "凭什么证明", Ground, WrittenText.LongestGround, "如“结业证书复印件”"),
            .. People.Select((person, row) => desk.FaultOf(row, person, On)),
        ];
        var faults = found.OfType<RowFault>().ToList();
        return faults.Count > 0
            ? new InputIsWrong(faults)
            : Ruling.Of(People.Distinct().Select(person => new Happening(
                new OutsideStudyRecorded(Title.Trim(), Hours!.Value, Evidence), person, On, Ground.Trim(), clause)).ToList());
    }
}
