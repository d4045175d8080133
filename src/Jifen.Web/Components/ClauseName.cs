namespace Jifen.Web.Components;

/// <summary>A clause as people read it.</summary>
public static class ClauseName
{
    /// <summary>A schedule of studies, which is no scheme.</summary>
    internal const string Studies = "STUD";

    private static readonly string[] Documents = ["JSIT-", "WUXI-", "DIST-", "YXNU-", "JSUL-"];

    /// <summary>
    /// What the product asks of every branch, whatever its scheme says, is cited in the code by the ids of the requirements; a reader is told the
    /// document and the place, unless his own branch lives by another (<see cref="Citations"/>). Clauses of a scheme are named as the scheme names them.
    /// </summary>
    /// <returns>null: an id without a name for readers</returns>
    public static string? Of(string requirement) => requirement switch
    {
        "JSIT-1" => "苏信委〔2020〕27号 二",
        "JSIT-5" => "苏信委〔2020〕27号 三（三）",
        "JSIT-6" => "苏信委〔2020〕27号 三（三）末2、末3",
        "JSIT-7①" => "苏信委〔2020〕27号 四1",
        "JSIT-7②" => "苏信委〔2020〕27号 四2",
        "JSIT-7③" => "苏信委〔2020〕27号 四3",
        "JSIT-7④" => "苏信委〔2020〕27号 四4",
        "JSIT-7⑤" => "苏信委〔2020〕27号 四5",
        "JSIT-7⑥" => "苏信委〔2020〕27号 四6",
        "DIST-4③" => "区实施意见 四（二）3·反馈",
        "JSUL-2" => "法学院实施方案 三3",
        Studies => "学习教育安排",
        _ => null,
    };

    /// <summary>Whether it is an id of the requirements and no clause of a scheme.</summary>
    public static bool IsRequirement(string clause) => clause == Studies || Documents.Any(document => clause.StartsWith(document, StringComparison.Ordinal));
}
