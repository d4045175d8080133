using System.Globalization;
using System.Text;
using Jifen.Cycle.Records;
using Jifen.Documents.Imports.Tables;
using Jifen.Scoring;
using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports;

/// <summary>Reads a list of dues (编号 or 姓名, 月份, 应缴, 实缴, 缴纳日期) from csv, xlsx, or what was copied out of a spreadsheet.</summary>
public static class DuesTable
{
    public const int MostRows = 5_000;

    private const string Pasted = "粘贴的表";
    private const int LargestUpload = 20 << 20;

    private enum Column
    {
        Number,
        Name,
        Month,
        Due,
        Paid,
        PaidOn,
        Place,
    }

    private static readonly Dictionary<string, Column> Heads = new(StringComparer.OrdinalIgnoreCase)
    {
        ["编号"] = Column.Number,
        ["工号"] = Column.Number,
        ["学号"] = Column.Number,
        ["职工号"] = Column.Number,
        ["党员编号"] = Column.Number,
        ["number"] = Column.Number,
        ["姓名"] = Column.Name,
        ["党员"] = Column.Name,
        ["党员姓名"] = Column.Name,
        ["name"] = Column.Name,
        ["月份"] = Column.Month,
        ["月"] = Column.Month,
        ["所属月份"] = Column.Month,
        ["缴费月份"] = Column.Month,
        ["month"] = Column.Month,
        ["应缴"] = Column.Due,
        ["应缴党费"] = Column.Due,
        ["应交"] = Column.Due,
        ["应交党费"] = Column.Due,
        ["应缴金额"] = Column.Due,
        ["月应缴"] = Column.Due,
        ["due"] = Column.Due,
        ["实缴"] = Column.Paid,
        ["实缴党费"] = Column.Paid,
        ["实交"] = Column.Paid,
        ["实交党费"] = Column.Paid,
        ["实缴金额"] = Column.Paid,
        ["已缴"] = Column.Paid,
        ["paid"] = Column.Paid,
        ["缴纳日期"] = Column.PaidOn,
        ["缴费日期"] = Column.PaidOn,
        ["交费日期"] = Column.PaidOn,
        ["缴纳时间"] = Column.PaidOn,
        ["日期"] = Column.PaidOn,
        ["paid_on"] = Column.PaidOn,
        ["原表行"] = Column.Place,
    };

    /// <param name="month">of rows that name none; null where each must</param>
    public static Loaded<IReadOnlyList<DuesListRow>> Read(InputFile file, DateOnly? month)
    {
        var table = TableFile.Read(file, IsKnownHead, MostRows);
        return table.Value is { } found ? RowsOf(found, month) : new Loaded<IReadOnlyList<DuesListRow>>(null, table.Problems);
    }

    /// <summary>An upload.</summary>
    /// <param name="fileName">as the sender calls it: problems name it so</param>
    public static async Task<Loaded<IReadOnlyList<DuesListRow>>> ReadAsync(
        Stream content, string fileName, DateOnly? month, CancellationToken cancel = default)
    {
        using var bytes = new MemoryStream();
        var block = new byte[1 << 16];
        int read;
        while ((read = await content.ReadAsync(block, cancel)) > 0)
        {
            if (bytes.Length + read > LargestUpload)
            {
                return new Loaded<IReadOnlyList<DuesListRow>>(
                    null, [new Problem(Severity.Error, fileName, 0, 0, $"文件超过 {LargestUpload >> 20} MB", "只留要导入的一张工作表，另存一份")]);
            }

            bytes.Write(block, 0, read);
        }

        return ReadBytes(bytes.ToArray(), fileName, month);
    }

    /// <summary>What was copied out of a spreadsheet: tabs between the cells; without a head, the columns are in the order of the head.</summary>
    public static Loaded<IReadOnlyList<DuesListRow>> ReadPasted(string text, DateOnly? month)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).ToList();
        if (lines.TrueForAll(line => line.Length == 0))
        {
            return new Loaded<IReadOnlyList<DuesListRow>>(null, [new Problem(Severity.Error, Pasted, 0, 0, "什么也没有粘贴", "从表格里选中那几列，复制，粘贴到框里；或者上传文件")]);
        }

        var mark = lines.Exists(line => line.Contains('\t', StringComparison.Ordinal)) ? '\t' : lines.Exists(line => line.Contains(',', StringComparison.Ordinal)) ? ',' : '，';
        var rows = lines.ConvertAll(line => line.Length == 0 ? [] : line.Split(mark));
        var hasHead = rows.First(row => row.Length > 0).Any(cell => IsKnownHead(cell.Trim()));
        var csv = new StringBuilder();
        if (!hasHead)
        {
            var width = rows.Max(row => row.Length);
            // 编号 or 姓名 alone in front, or both.
            var first = rows.First(row => row.Length > 0)[0].Trim();
            string[] heads = width switch
            {
                >= 6 => ["编号", "姓名", "月份", "应缴", "实缴", "缴纳日期"],
                5 => [NameOrNumber(first), "月份", "应缴", "实缴", "缴纳日期"],
                _ => [NameOrNumber(first), "应缴", "实缴", "缴纳日期"],
            };
            csv.AppendJoin(',', heads).Append('\n');
        }

        foreach (var row in rows)
        {
            csv.AppendJoin(',', row.Select(cell => $"\"{cell.Trim().Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
        }

        return ReadBytes(Encoding.UTF8.GetBytes(csv.ToString()), Pasted, month);
    }

    /// <summary>Rows as text that <see cref="ReadPasted"/> reads back the same.</summary>
    public static string Write(IReadOnlyList<DuesListRow> rows)
    {
        var text = new StringBuilder("编号\t姓名\t月份\t应缴\t实缴\t缴纳日期\t原表行\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Number}\t{row.Name}\t{row.Month:yyyy-MM}\t{row.Due:0.##}\t{row.Paid:0.##}\t{row.PaidOn:yyyy-MM-dd}\t{row.Place}\n");
        }

        return text.ToString();
    }

    private static string NameOrNumber(string text) => text.Any(char.IsAsciiLetterOrDigit) ? "编号" : "姓名";

    private static bool IsKnownHead(string head) => Heads.ContainsKey(Bare(head));

    private static Loaded<IReadOnlyList<DuesListRow>> ReadBytes(byte[] bytes, string name, DateOnly? month)
    {
        var path = Path.Combine(Path.GetTempPath(), $"jifen-dues-{Guid.CreateVersion7():N}{(Path.GetExtension(name) is ".xlsx" ? ".xlsx" : ".csv")}");
        try
        {
            File.WriteAllBytes(path, bytes);
            var read = Read(new InputFile(path), month);
            return read with { Problems = read.Problems.Select(problem => problem with { Source = name }).ToList() };
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Loaded<IReadOnlyList<DuesListRow>> RowsOf(TableFile table, DateOnly? month)
    {
        var columns = new Dictionary<Column, int>();
        for (var at = 0; at < table.Heads.Count; at++)
        {
            if (Heads.TryGetValue(Bare(table.Heads[at]), out var column))
            {
                columns.TryAdd(column, at);
            }
        }

        var problems = new ImportProblems(table.FileName);
        var missing = new List<string>();
        if (!columns.ContainsKey(Column.Number) && !columns.ContainsKey(Column.Name))
        {
            missing.Add("编号（或姓名）");
        }

        if (!columns.ContainsKey(Column.Month) && month is null)
        {
            missing.Add("月份");
        }

        missing.AddRange(new[] { (Column.Due, "应缴"), (Column.Paid, "实缴") }.Where(one => !columns.ContainsKey(one.Item1)).Select(one => one.Item2));
        if (missing.Count > 0)
        {
            problems.Error(CellPlace.WholeFile, $"表头缺少{string.Join("、", missing)}", $"加上这几列；现在的表头是：{string.Join("、", table.Heads)}");
            return new Loaded<IReadOnlyList<DuesListRow>>(null, problems.Listed());
        }

        var rows = new List<DuesListRow>();
        for (var at = 0; at < table.Rows.Count; at++)
        {
            var reading = new RowReading(table, at, columns, problems);
            if (reading.IsTotal)
            {
                continue;
            }

            var number = reading.Text(Column.Number);
            var name = reading.Text(Column.Name);
            if (number is null && name is null)
            {
                reading.Refuse(Column.Number, "没有写是谁", "写编号或姓名");
            }

            var read = new DuesListRow(
                reading.Text(Column.Place) ?? table.Place(at, -1),
                number,
                name,
                reading.Month(month),
                reading.Money(Column.Due, "应缴", isRequired: true),
                reading.Money(Column.Paid, "实缴", isRequired: false),
                reading.Day());
            rows.Add(read);
        }

        if (rows.Count == 0 && !problems.HasErrors)
        {
            problems.Error(CellPlace.WholeFile, "表里一行也没有", "表头下面一行写一个人、一个月");
        }

        return new Loaded<IReadOnlyList<DuesListRow>>(problems.HasErrors ? null : rows, problems.Listed());
    }

    /// <summary>应缴党费（元）* → 应缴党费</summary>
    private static string Bare(string head)
    {
        var bare = string.Concat(head.Where(c => !char.IsWhiteSpace(c) && c is not ('*' or '＊' or ':' or '：')));
        var bracket = bare.AsSpan().IndexOfAny('（', '(');
        return bracket > 0 ? bare[..bracket] : bare;
    }

    /// <summary>The cells of one row, with their places.</summary>
    private sealed class RowReading(TableFile table, int at, Dictionary<Column, int> columns, ImportProblems problems)
    {
        /// <summary>合计, as lists of a treasurer end.</summary>
        public bool IsTotal => (Text(Column.Number) ?? Text(Column.Name)) is "合计" or "总计" or "小计";

        public string? Text(Column column) => table.Rows[at].Text(columns.GetValueOrDefault(column, -1)) is { Length: > 0 } text ? text : null;

        public void Refuse(Column column, string cause, string remedy)
        {
            // A list has a number or a name or both: what is missing is missing in the column it has.
            var present = column == Column.Number && !columns.ContainsKey(column) ? Column.Name : column;
            var index = columns.GetValueOrDefault(present, -1);
            problems.Error(
                table.Sheet is { } sheet
                    ? CellPlace.OfCell(sheet, table.Rows[at].Line, Math.Max(0, index) + 1)
                    : new CellPlace(table.Rows[at].Line, index + 1, null),
                cause,
                remedy);
        }

        public DateOnly Month(DateOnly? otherwise)
        {
            var text = Text(Column.Month);
            if (text is null && otherwise is { } month)
            {
                return month;
            }

            var plain = Values.Plain(text ?? "");
            if (DateOnly.TryParseExact(plain, ["yyyy-M", "yyyy/M", "yyyy.M", "yyyy年M月", "yyyyMM"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var named))
            {
                return named;
            }

            if (Values.TryDate(plain, out var day))
            {
                return new DateOnly(day.Year, day.Month, 1);
            }

            Refuse(Column.Month, text is null ? "没有写月份" : $"月份“{Columns.Shortened(text)}”读不懂", "写成“2025-03”或“2025年3月”");
            return default;
        }

        public decimal Money(Column column, string name, bool isRequired)
        {
            var text = Text(column);
            if (text is null)
            {
                if (isRequired)
                {
                    Refuse(column, $"没有写{name}", "写元数，如 12.5；不用缴的写 0");
                }

                return 0;
            }

            if (Values.TryNumber(text.TrimEnd('元'), out var hundredths))
            {
                return hundredths / 100m;
            }

            Refuse(column, $"{name}“{Columns.Shortened(text)}”读不懂", "写元数，最多两位小数，如 12.5");
            return 0;
        }

        public DateOnly? Day()
        {
            var text = Text(Column.PaidOn);
            if (text is null)
            {
                return null;
            }

            if (Values.TryDate(text, out var day))
            {
                return day;
            }

            Refuse(Column.PaidOn, $"缴纳日期“{Columns.Shortened(text)}”读不懂", "写成“2025-03-12”；没有缴的留空");
            return null;
        }
    }
}
