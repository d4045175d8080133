using System.Text.Json;
using Jifen.Cli;
using Jifen.Tests.Permissions;
using Xunit;

namespace Jifen.Tests.Cli;

public sealed class AuthzTests
{
    [Fact]
    public void The_table_is_printed_as_it_was_approved()
    {
        var run = CommandLine.Run("authz");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Golden.Matches("authz.txt", run.Out);
    }

    [Fact]
    public void Programs_read_every_role_of_every_action()
    {
        var run = CommandLine.Run("authz", "--json");
        var root = JsonDocument.Parse(run.Out).RootElement;

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(WrittenRow.Roles.Select(role => $"{role}"), root.GetProperty("roles").EnumerateArray().Select(role => role.GetProperty("id").GetString()));
        var written = WrittenTable.Permissions.Concat(WrittenTable.Additions).Select(row => $"{row.Id} {string.Join(' ', row.Cells)}");
        var printed = root.GetProperty("actions").EnumerateArray().Select(action =>
            $"{action.GetProperty("id").GetString()} {string.Join(' ', action.GetProperty("cells").EnumerateObject().Select(cell => cell.Value.GetString()))}");
        // Additions stand under the topic they belong to, not at the end.
        Assert.Equal(written.Order(StringComparer.Ordinal), printed.Order(StringComparer.Ordinal));
        Assert.Equal(
            WrittenTable.Judged.Select(row => row.Id).Order(StringComparer.Ordinal),
            root.GetProperty("actions").EnumerateArray().SelectMany(action => action.GetProperty("parts").EnumerateArray()).Select(part => part.GetString()).Order(StringComparer.Ordinal));
    }
}
