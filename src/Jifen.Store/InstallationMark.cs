namespace Jifen.Store;

/// <summary>
/// What a data folder remembers of its database: the mode, and which database it is. A machine that comes up without its connection
/// string, or with that of another database, would otherwise go on with an empty one and nobody would notice.
/// </summary>
internal sealed class InstallationMark(string dataFolder, DatabaseMode mode)
{
    private readonly string _file = Path.Combine(dataFolder, "installation");

    private string Word => mode == DatabaseMode.Local ? "local" : "server";

    public void RequireMode()
    {
        if (Remembered() is { } mark && mark.Mode != Word)
        {
            throw new InstallationException(
                $"数据目录“{dataFolder}”上次用的是 {mark.Mode} 模式，这次是 {Word} 模式：继续下去会换成另一个数据库",
                mode == DatabaseMode.Local
                    ? $"写上 --database 或 JIFEN_DATABASE；确是要换，删去“{_file}”"
                    : $"去掉 --database 和 JIFEN_DATABASE；确是要换，删去“{_file}”");
        }
    }

    /// <summary>Refuses another database than last time; remembers this one.</summary>
    public void Require(Guid installation)
    {
        if (Remembered() is { } mark && mark.Installation != installation.ToString())
        {
            throw new InstallationException(
                $"数据目录“{dataFolder}”上次用的是数据库 {mark.Installation}，这次连到的是 {installation}",
                $"看看连接串、挂载的磁盘对不对；确是要换，删去“{_file}”");
        }

        SecretFile.ReadOrCreate(_file, () => $"{Word} {installation}\n");
    }

    private (string Mode, string Installation)? Remembered() =>
        File.Exists(_file) && File.ReadAllText(_file).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries) is [var was, var id] ? (was, id) : null;
}
