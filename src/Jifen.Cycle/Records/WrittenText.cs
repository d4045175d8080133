namespace Jifen.Cycle.Records;

/// <summary>What people write in fields of records: lengths and numbers that can be meant.</summary>
internal static class WrittenText
{
    public const int ShortestReason = 4;
    public const int LongestReason = 300;
    public const int LongestTitle = 120;
    public const int LongestGround = 300;
    public const int LongestContent = 300;
    public const int LongestDefence = 2000;

    /// <returns>what is wrong with a text that has to be there, or null</returns>
    /// <param name="example">what one might write; null: none fits every case</param>
    public static RowFault? Fault(string field, string name, string? text, int most, string? example, int least = 1)
    {
        var length = text?.Trim().Length ?? 0;
        var such = example is null ? "" : $"。{example}";
        return length switch
        {
            0 => new RowFault(RowFault.WholeForm, field, $"没有写{name}{such}"),
            _ when length < least => new RowFault(RowFault.WholeForm, field, $"{name}太短，以后查看的人看不懂，至少写{least}个字{such}"),
            _ when length > most => new RowFault(RowFault.WholeForm, field, $"{name}太长，至多{most}个字，现在{length}个"),
            _ when text!.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) =>
                new RowFault(RowFault.WholeForm, field, $"{name}里有看不见的控制字符，请重新写"),
            _ => null,
        };
    }

    /// <param name="example">what one might write here; null: none fits every case</param>
    public static RowFault? ReasonFault(string? reason, string? example = null) => Fault(Fields.Reason, "理由", reason, LongestReason, example, ShortestReason);

    /// <summary>Not more than two decimals.</summary>
    public static bool IsInHundredths(decimal value) => decimal.Round(value, 2) == value;

    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
