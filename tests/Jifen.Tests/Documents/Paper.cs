using System.IO.Compression;
using System.Text;
using Jifen.Documents;
using Jifen.Documents.Imports;
using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Tests.Documents;

/// <summary>Files on disk for one test, gone after it; and a small invented scheme and roster to read them against.</summary>
internal sealed class Paper : IDisposable
{
    public const string RosterText = """
        编号,姓名,支部,身份,任职
        A1,章一,甲支部,正式党员,书记
        A2,章二,甲支部,预备党员,
        A3,章三,甲支部,正式党员,
        B1,白一,乙支部,正式党员,组长
        B2,白二,乙支部,入党积极分子,

        """;

    public const string FactHead = "编号,党员,日期,事实,数量,级别,内容,分值,状态\n";

    private const string SchemeText = """
        办法: { 编号: paper, 名称: 某校党员积分办法, 文号: 某校〔2025〕1号, 印发: 2025-01-03 }
        语言版本: 1
        文件版本: 1
        适用周期: { 自: 2025, 至: 至今 }
        周期: 自然年
        记分单位: 0.5
        任职: [书记, 组长]
        条款:
          一: 基础积分满分20；迟到每次扣2
          二: 志愿服务每满2小时加1；竞赛获奖校级2、1，市级4、3；互评按一成计
        事实:
          迟到:     { 编号: late, 记: 次, 谁记: 记录员 }
          志愿服务: { 编号: volunteer, 记: 小时, 谁记: 申报, 多人: 均分 }
          竞赛获奖: { 编号: contest, 记: 次, 谁记: 申报, 带: [级别, 内容], 级别: [校级, 市级], 等第: [一等奖, 二等奖] }
          互评:     { 编号: mark, 记: 次, 谁记: 考评小组, 带: [分值] }
        部分:
        - 编号: base
          名称: 基础积分
          依据: 一
          起分: 满分
          满分: 20
          项目:
          - { 编号: meetings, 名称: 组织生活, 满分: 20, 依据: 一, 记分: [ { 编号: 基1, 每次: 迟到, 扣: 2, 依据: 一 } ] }
        - 编号: bonus
          名称: 加分项目
          依据: 二
          起分: 零分
          项目:
          - 编号: deeds
            名称: 好事
            记分:
            - { 编号: 加1, 每满: 2, 事实: 志愿服务, 加: 1, 零头: 舍去, 依据: 二 }
            - { 编号: 加2, 按级别: 竞赛获奖, 加: { 校级: { 一等奖: 2, 二等奖: 1 }, 市级: { 一等奖: 4, 二等奖: 3 } }, 依据: 二 }
            - { 编号: 加3, 折算: 互评, 乘: 0.1, 依据: 二 }
        总分:
        - 加: 基础积分
        - 加: 加分项目
        等次:
        - { 等次: 优秀, 总分: 21以上, 依据: 一 }
        - { 等次: 合格, 总分: 低于21, 依据: 一 }
        结果运用:
        - { 编号: 用1, 条件: { 等次: 优秀 }, 结果: 优先推荐表彰, 效力: 优先, 依据: 一 }
        - { 编号: 用2, 条件: { 总分: 20以上 }, 结果: 可作为优秀人选, 效力: 可以, 依据: 一 }
        累计账户: { 编号: purse, 名称: 滚存积分, 上年: 50%, 依据: 一 }
        解释: []
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("jifen-paper-").FullName;

    public static Scheme Scheme { get; } = SchemeOf(SchemeText);

    /// <summary>The same scheme for members of two categories.</summary>
    public static Scheme SchemeByCategory { get; } = SchemeOf(SchemeText.Replace("任职: [", "类别: [教工, 学生]\n任职: [", StringComparison.Ordinal));

    public static Roster Roster { get; } = ReadRoster();

    public InputFile File(string name, string text) => File(name, Encoding.UTF8.GetBytes(text));

    public InputFile File(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return new InputFile(path);
    }

    public Loaded<Roster> Members(string text) => MemberRoster.Read(File("members.csv", text), Scheme);

    public Loaded<FactTable> Facts(string text, int threads = 2) => FactList.Read(File("facts.csv", text), Scheme, Roster, threads);

    /// <summary>Places and causes without the folder of the test.</summary>
    public static List<string> Said<T>(Loaded<T> loaded)
        where T : class => loaded.Problems.Select(Said).ToList();

    public static string Said(Problem problem) => (problem with { Source = Path.GetFileName(problem.Source) }).ToString();

    /// <summary>A workbook of one sheet whose cells are given as XML: what other programs write, and worse.</summary>
    public InputFile Workbook(string sheetData, string sheetName = "Sheet1", string name = "book.xlsx") =>
        File(name, Zip(
            ("[Content_Types].xml", """
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>
                """),
            ("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
            ("xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"""),
            ("xl/workbook.xml", $"""<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{sheetName}" sheetId="1" r:id="r1"/></sheets></workbook>"""),
            ("xl/styles.xml", """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="170" formatCode="000000"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="170" applyNumberFormat="1"/></cellXfs></styleSheet>"""),
            ("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheetData}</sheetData></worksheet>""")));

    /// <summary>A row of a sheet; texts become inline strings, what begins with &lt; is taken as it is.</summary>
    public static string Row(int number, params string[] cells) => $"<row r=\"{number}\">" + string.Concat(cells.Select((cell, i) =>
        cell.StartsWith('<')
            ? cell.Replace("<c", $"<c r=\"{(char)('A' + i)}{number}\"", StringComparison.Ordinal)
            : $"<c r=\"{(char)('A' + i)}{number}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>")) + "</row>";

    public static byte[] Zip(params (string Path, string Text)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in parts)
            {
                using var part = zip.CreateEntry(path).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Scheme SchemeOf(string text)
    {
        var loaded = SchemeLoader.Load(new SchemeSource("paper.yaml", Encoding.UTF8.GetBytes(text)));
        return loaded.Value ?? throw new InvalidOperationException(string.Join('\n', loaded.Problems));
    }

    private static Roster ReadRoster()
    {
        using var paper = new Paper();
        var loaded = paper.Members(RosterText);
        return loaded.Value ?? throw new InvalidOperationException(string.Join('\n', loaded.Problems));
    }
}
