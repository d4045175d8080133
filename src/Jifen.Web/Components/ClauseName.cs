namespace Jifen.Web.Components;

/// <summary>A clause as people read it.</summary>
public static class ClauseName
{
    /// <summary>
    /// What the product asks of every branch, whatever its scheme says, is cited in the code by the ids of the requirements; a reader is told the
    /// document and the place. Clauses of a scheme are named as the scheme names them.
    /// </summary>
    public static string Of(string clause) => clause switch
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
        "STUD" => "学习教育安排",
        _ => clause,
    };
}
