namespace Jifen.Scoring;

public enum Severity
{
    /// <summary>提示: worth knowing, nothing to mend (a place where a child leaves its parent).</summary>
    Note,

    /// <summary>提醒: the file works; somebody should look.</summary>
    Warning,

    /// <summary>错误: the input is refused.</summary>
    Error,
}

/// <summary>One thing wrong with an input: what, where, why, and how to mend it. In Chinese, for the person who wrote the input.</summary>
/// <param name="Source">the file, as the user named it</param>
/// <param name="Line">1-based; 0 when the fault is the file as a whole</param>
/// <param name="Column">1-based; 0 when unknown</param>
/// <param name="Cell">for workbooks: sheet and cell such as <c>事实!C12</c></param>
public sealed record Problem(Severity Severity, string Source, int Line, int Column, string Cause, string Remedy, string? Cell = null)
{
    /// <summary>At most so many problems of one input are listed.</summary>
    public const int Most = 50;

    public string Place => (Cell, Line, Column) switch
    {
        ({ } cell, _, _) => $"{Source} {cell}",
        (_, 0, _) => Source,
        (_, _, 0) => $"{Source} 第{Line}行",
        _ => $"{Source} 第{Line}行{Column}列",
    };

    public override string ToString()
    {
        var kind = Severity switch { Severity.Error => "错误", Severity.Warning => "提醒", Severity.Note => "说明" };
        return Remedy.Length == 0 ? $"{Place} {kind}：{Cause}" : $"{Place} {kind}：{Cause}。改法：{Remedy}";
    }
}
