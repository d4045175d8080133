namespace Jifen.Documents.Imports.Facts;

/// <summary>Columns of the table of facts, as places in <see cref="FactColumn.All"/>.</summary>
internal static class FactColumn
{
    public const int Id = 0;
    public const int Member = 1;
    public const int Date = 2;
    public const int Fact = 3;
    public const int Quantity = 4;
    public const int Level = 5;
    public const int Content = 6;
    public const int Amount = 7;
    public const int State = 8;

    public static readonly ColumnName[] All =
    [
        new("编号", "id", IsRequired: true),
        new("党员", "member", IsRequired: true),
        new("日期", "date", IsRequired: true),
        new("事实", "fact", IsRequired: true),
        new("数量", "quantity"),
        new("级别", "level"),
        new("内容", "content"),
        new("分值", "points"),
        new("状态", "state"),
    ];
}
