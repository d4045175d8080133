using Microsoft.Extensions.Logging;

namespace Jifen.Store;

/// <summary>Where the database is. Named by whoever starts the product, never guessed.</summary>
public enum DatabaseMode
{
    /// <summary>A PostgreSQL of the product's own, in its data folder.</summary>
    Local,

    /// <summary>A server somebody else runs.</summary>
    Server,
}

/// <summary>What both modes need.</summary>
public abstract record DatabaseOptions
{
    public abstract DatabaseMode Mode { get; }

    /// <summary>数据目录: the private cluster, the passwords of the roles, and which database this is.</summary>
    public required string DataFolder { get; init; }

    /// <summary>false only in tests: settings under which a crash loses what was acknowledged are then accepted.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Connections of the running system at most. The private cluster allows 60 in all.</summary>
    public int AppConnections { get; init; } = 40;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public ILoggerFactory? Logs { get; init; }
}

/// <summary>A private cluster in the data folder; see <see cref="LocalPostgres.LocalCluster"/>.</summary>
public sealed record LocalDatabaseOptions : DatabaseOptions
{
    public override DatabaseMode Mode => DatabaseMode.Local;

    /// <summary>Where initdb, pg_ctl and postgres lie; null: where packages put them.</summary>
    public string? Binaries { get; init; }

    /// <summary>The system user the server runs as when this process is root.</summary>
    public string RunAs { get; init; } = "postgres";

    public string Name { get; init; } = "jifen";
}

/// <summary>An existing server.</summary>
public sealed record ServerDatabaseOptions : DatabaseOptions
{
    public override DatabaseMode Mode => DatabaseMode.Server;

    /// <summary>A login that may create roles, or that is a member of jifen_owner where somebody prepared the roles.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>jifen_app's own, where somebody prepared the roles; null: the product makes the role and keeps its password in the data folder.</summary>
    public string? AppConnectionString { get; init; }

    /// <summary>jifen_reader's own; given together with the one of the app, or not at all.</summary>
    public string? ReaderConnectionString { get; init; }
}
