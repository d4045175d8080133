using Jifen.Web;
using Microsoft.AspNetCore.Antiforgery;
using Npgsql;
using Xunit;

namespace Jifen.Tests.Look;

/// <summary>Which faults mean "come again in a moment" and which are defects.</summary>
public sealed class DatabaseAwayTests
{
    public static TheoryData<Exception> Away { get; } =
    [
        new NpgsqlException("Failed to connect", new IOException("Broken pipe")),
        new PostgresException("terminating connection due to unexpected postmaster exit", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown),
        new PostgresException("the database system is starting up", "FATAL", "FATAL", PostgresErrorCodes.CannotConnectNow),
        new PostgresException("too many connections", "FATAL", "FATAL", PostgresErrorCodes.TooManyConnections),
        new AntiforgeryValidationException("the token could not be decrypted", new InvalidOperationException("no key ring", new NpgsqlException("Exception while reading from stream"))),
    ];

    [Theory]
    [MemberData(nameof(Away), DisableDiscoveryEnumeration = true)]
    public void The_database_is_away(Exception fault) => Assert.True(ErrorPages.IsDatabaseAway(fault));

    [Fact]
    public void A_defect_is_none() => Assert.All<Exception>(
        [
            new InvalidOperationException("a defect"),
            new PostgresException("syntax error", "ERROR", "ERROR", PostgresErrorCodes.SyntaxError),
            new AntiforgeryValidationException("the form carries no token"),
        ],
        fault => Assert.False(ErrorPages.IsDatabaseAway(fault)));
}
