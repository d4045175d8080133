using System.CommandLine;
using Jifen.Cli.Inputs;
using Jifen.Scoring.Schemes;

namespace Jifen.Cli.Usage;

/// <summary>The options that name the facts of a year, the same in every verb that scores.</summary>
internal sealed class BranchYearOptions
{
    private readonly Option<string> _members = Typed.Text("--members", "文件", "名册，csv 或 xlsx", required: true);
    private readonly Option<string> _facts = Typed.Text("--facts", "文件", "事实，csv 或 xlsx", required: true);
    private readonly Option<string> _previous = Typed.Text("--previous", "文件", "上年的总分表，供“连续两年”、上年总分起分和滚存用");

    private readonly Option<WholeNumber> _year = Typed.Number(
        "--year",
        "年",
        "周期的年份；学年写起始的年份",
        Scheme.FirstDayOfTheWorld.Year + 1,
        Scheme.LastDayOfTheWorld.Year - 1,
        "2025",
        required: true);

    private readonly Option<WholeNumber> _threads = Typed.Number("--threads", "数", "用几个线程；缺省按事实多少自己定", 1, 256, "2");

    public void AddTo(Command command)
    {
        command.Add(_members);
        command.Add(_facts);
        command.Add(_year);
        command.Add(_previous);
        command.Add(_threads);
    }

    public BranchYearFiles Read(ParseResult parsed, string scheme, string? refinement) => new(
        scheme,
        refinement,
        parsed.GetRequiredValue(_members),
        parsed.GetRequiredValue(_facts),
        parsed.GetRequiredValue(_year).Value,
        parsed.GetValue(_previous),
        parsed.GetValue(_threads)?.Value);
}

/// <summary>Which scheme, with which refinement.</summary>
internal sealed class SchemeOptions
{
    private readonly Option<string> _scheme = Typed.Text("--scheme", "编号|文件", "积分办法：自带办法的编号，或办法文件", required: true);

    public Option<string> Refine { get; } = Refinement();

    public static Option<string> Refinement(string name = "--refine", string of = "") =>
        Typed.Text(name, "文件", $"{of}支部的细则：文件路径，或办法旁边的文件名");

    public void AddTo(Command command)
    {
        command.Add(_scheme);
        command.Add(Refine);
    }

    public (string Scheme, string? Refinement) Read(ParseResult parsed) => (parsed.GetRequiredValue(_scheme), parsed.GetValue(Refine));
}
