namespace Jifen.Store.LocalPostgres;

/// <summary>How a private cluster is opened.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>Everything of the cluster lies below it; made when it does not exist.</summary>
    public required string Folder { get; init; }

    /// <summary>Where initdb, pg_ctl and postgres lie; null: looked for where packages put them.</summary>
    public string? Binaries { get; init; }

    /// <summary>The system user the server runs as when this process is root: PostgreSQL refuses to run as root.</summary>
    public string RunAs { get; init; } = "postgres";

    /// <summary>false only in tests: a crash of the machine may then lose everything.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Whether the server is stopped when the last process that uses it was killed without a chance to stop it.</summary>
    public bool Guard { get; init; } = true;

    /// <summary>Settings of PostgreSQL beside those the product needs; win over them.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
