using System.Reflection;
using Jifen.Cycle.Permissions;
using Xunit;

namespace Jifen.Tests.Permissions;

/// <summary>The table in the code is the table that was approved, sign for sign.</summary>
public sealed class TableTests
{
    private const string Head = "| id | action | P | G | A | M | R | E | C | S | O | L | D | X | during | s | rules | clause |";

    [Fact]
    public void Every_cell_of_the_design_stands_in_the_code_in_its_order() => Assert.Equal(Lines(WrittenTable.Permissions), InTheCode(WrittenTable.Permissions));

    // Several people add to the additions at once: in which order they stand says nothing.
    [Fact]
    public void Every_cell_of_the_additions_stands_in_the_code() =>
        Assert.Equal(Lines(WrittenTable.Additions).Order(StringComparer.Ordinal), InTheCode(WrittenTable.Additions).Order(StringComparer.Ordinal));

    [Fact]
    public void The_code_has_no_row_that_nobody_approved() => Assert.Equal(
        WrittenTable.Judged.Select(row => row.Id).Order(StringComparer.Ordinal), ActionTable.Rows.Select(row => row.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_action_has_one_constant_named_after_it()
    {
        var constants = typeof(Actions).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => (property.Name, Row: (ActionRow)property.GetValue(null)!))
            .ToList();

        Assert.Equal(ActionTable.Rows, constants.Select(constant => constant.Row));
        Assert.All(constants, constant => Assert.StartsWith(constant.Row.Line, constant.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_of_the_table_can_be_changed() => Assert.All(
        typeof(ActionTable).Assembly.GetExportedTypes().Where(type => type.Namespace == typeof(ActionTable).Namespace),
        type => Assert.DoesNotContain(type.GetProperties(), property => property.SetMethod is { } setter
            && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))));

    [Theory]
    [InlineData("–"), InlineData("●"), InlineData("o"), InlineData("▲"), InlineData("K"), InlineData("r"), InlineData("2"), InlineData("j"), InlineData("s")]
    [InlineData("w"), InlineData("h"), InlineData("sV"), InlineData("s2"), InlineData("s▲"), InlineData("▲2")]
    public void A_cell_is_printed_as_it_is_written(string text) => Assert.Equal(text, Cell.Parse(text).ToString());

    [Theory]
    [InlineData(""), InlineData("x"), InlineData("2▲"), InlineData("▲▲"), InlineData("o▲"), InlineData("●o"), InlineData("-"), InlineData("–2"), InlineData("● ")]
    public void What_is_not_a_cell_is_not_read(string text) => Assert.Throws<FormatException>(() => Cell.Parse(text));

    [Fact]
    public void A_table_written_right_is_read()
    {
        var row = Assert.Single(ActionTable.Read($"{Head}\n## 组织\n{Line("AB1", "做事", "s", "recording", "meeting", "recuse")}"));

        Assert.Equal("AB1", row.Id);
        Assert.Equal(new StageSpan(Stage.Recording, Stage.Recording), row.During);
        Assert.Equal(new StageSpan(Stage.Meeting, Stage.Meeting), row.StageOf(Role.Public));
    }

    [Theory]
    [InlineData("ab1", "做事", "●", "", "", "")]
    [InlineData("AB1", "", "●", "", "", "")]
    [InlineData("AB1", "做事", "●", "sometime", "", "")]
    [InlineData("AB1", "做事", "●", "meeting..recording", "", "")]
    [InlineData("AB1", "做事", "●", "", "meeting", "")]
    [InlineData("AB1", "做事", "s", "", "Q meeting", "")]
    [InlineData("AB1", "做事", "s", "", "G meeting", "")]
    [InlineData("AB1", "做事", "●", "", "", "whatever")]
    [InlineData("AB1", "做事", "●", "", "", "outside")]
    [InlineData("AB1", "做事", "●", "", "", "above")]
    [InlineData("AB1", "做事", "●/2", "", "", "")]
    [InlineData("AB1", "做事／做完", "●", "", "", "")]
    public void A_table_written_wrong_stops_the_program(string id, string name, string cell, string during, string s, string rules) =>
        Assert.Throws<FormatException>(() => ActionTable.Read($"{Head}\n## 组织\n{Line(id, name, cell, during, s, rules)}"));

    [Fact]
    public void So_does_a_row_without_a_topic_a_column_or_an_id_of_its_own()
    {
        var line = Line("AB1", "做事", "●", "", "", "");

        Assert.Throws<FormatException>(() => ActionTable.Read($"{Head}\n{line}"));
        Assert.Throws<FormatException>(() => ActionTable.Read($"{Head}\n## 组织\n{line}{line}"));
        Assert.Throws<FormatException>(() => ActionTable.Read($"{Head}\n## 组织\n{line}\n{line}"));
        Assert.Throws<FormatException>(() => ActionTable.Read($"{Head.Replace("| P | G |", "| G | P |", StringComparison.Ordinal)}\n## 组织\n{line}"));
    }

    private static string Line(string id, string name, string cell, string during, string s, string rules) =>
        $"| {id} | {name} | {cell} |{string.Concat(Enumerable.Repeat(" – |", 11))} {during} | {s} | {rules} | |";

    private static IEnumerable<string> Lines(IReadOnlyList<WrittenRow> written) => written.Select(row => $"{row.Id} {string.Join(' ', row.Cells)}");

    private static IEnumerable<string> InTheCode(IReadOnlyList<WrittenRow> written)
    {
        var ids = written.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        return ActionTable.Rows.GroupBy(row => row.Line, StringComparer.Ordinal)
            .Where(parts => ids.Contains(parts.Key))
            .Select(parts => $"{parts.Key} {string.Join(' ', RoleText.All.Select(role => string.Join('/', parts.Select(part => part[role].ToString()).Distinct(StringComparer.Ordinal))))}");
    }
}
