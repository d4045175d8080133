using System.CommandLine;
using Jifen.Store;

namespace Jifen.Cli.Usage;

/// <summary>Which database a verb works on: --data, --database and their environment variables.</summary>
internal sealed class StorageOptions(Session session)
{
    private readonly Option<string> _data = Typed.Text("--data", "目录", "数据目录，默认 data：自带的数据库、佐证材料、密钥都在里面");
    private readonly Option<string> _database = Typed.Text("--database", "连接串", "用已有的 PostgreSQL 服务器；不写就用自带的，放在数据目录里");

    /// <summary>For the help of a verb that takes these options.</summary>
    public static IReadOnlyList<(string Name, string Text)> Variables { get; } =
    [
        ("JIFEN_DATA", "同 --data"),
        ("JIFEN_DATABASE", "同 --database，如 Host=db;Database=jifen;Username=jifen_admin;Password=…"),
        ("JIFEN_MODE", "local（自带的数据库）或 server（已有的服务器）；写明了，连接串漏写或多写就不启动"),
        ("JIFEN_APP_DATABASE", "server 模式：数据库管理员建好的角色 jifen_app 的连接串；不设就由程序建角色，口令存在数据目录"),
        ("JIFEN_READER_DATABASE", "同上，只读的角色 jifen_reader；两个要设就都设"),
        ("JIFEN_POSTGRES_BIN", "local 模式：PostgreSQL 的 bin 目录；不设就自己找"),
        ("JIFEN_POSTGRES_USER", "local 模式：以 root 运行时，数据库交给哪个系统用户，默认 postgres"),
    ];

    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_database);
    }

    public DatabaseOptions Read(ParseResult parsed)
    {
        var folder = Path.GetFullPath(parsed.GetValue(_data) ?? Set("JIFEN_DATA") ?? "data");
        var database = parsed.GetValue(_database) ?? session.Variable("JIFEN_DATABASE");
        if (database is not null && string.IsNullOrWhiteSpace(database))
        {
            throw new RefusedException("连接串（--database 或 JIFEN_DATABASE）是空的，不知道用哪个数据库。改法：写上连接串；要用自带的数据库，就不要设 JIFEN_DATABASE");
        }

        return Mode(database) switch
        {
            DatabaseMode.Local => new LocalDatabaseOptions
            {
                DataFolder = folder,
                Binaries = Set("JIFEN_POSTGRES_BIN"),
                RunAs = Set("JIFEN_POSTGRES_USER") ?? "postgres",
            },
            DatabaseMode.Server => new ServerDatabaseOptions
            {
                DataFolder = folder,
                ConnectionString = database!,
                AppConnectionString = Set("JIFEN_APP_DATABASE"),
                ReaderConnectionString = Set("JIFEN_READER_DATABASE"),
            },
        };
    }

    private DatabaseMode Mode(string? database) => (Set("JIFEN_MODE"), database) switch
    {
        (null, null) or ("local", null) => DatabaseMode.Local,
        (null or "server", not null) => DatabaseMode.Server,
        ("local", not null) => throw new RefusedException("JIFEN_MODE=local，却写了连接串。改法：去掉 --database 和 JIFEN_DATABASE，或设 JIFEN_MODE=server"),
        ("server", null) => throw new RefusedException("JIFEN_MODE=server，却没有连接串。改法：写 --database 连接串，或设 JIFEN_DATABASE"),
        var (mode, _) => throw new RefusedException($"JIFEN_MODE 只能是 local 或 server，写的是“{mode}”。改法：改成其中一个，或不设"),
    };

    private string? Set(string name) => session.Variable(name) is { Length: > 0 } value ? value : null;
}
