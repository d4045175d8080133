using System.Data;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Dapper;
using Jifen.Store.Evidence;
using Jifen.Store.Ledgers;
using Npgsql;

namespace Jifen.Store.Backups;

/// <summary>
/// Writes everything an installation is into one file: the tables as of one moment, the kept files, the key file, the configuration. People
/// go on working meanwhile.
/// </summary>
public sealed class BackupWriter(Database database, string dataFolder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="target">made anew or not at all; readable by its owner alone</param>
    /// <param name="configuration">see <see cref="BackupManifest.Configuration"/></param>
    /// <exception cref="InstallationException">a kept file is missing: a backup without it would look complete</exception>
    public async Task<BackupManifest> WriteAsync(
        string target, string program, DateTimeOffset now, IReadOnlyDictionary<string, string> configuration, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
        var staging = Path.Combine(folder, $".jifen-backup-{Guid.CreateVersion7():N}");
        Directory.CreateDirectory(staging);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(staging, OwnerOnly | UnixFileMode.UserExecute);
        }

        try
        {
            await using var connection = await database.Owner.OpenConnectionAsync(cancel);
            await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            var tables = await TablesAsync(connection, staging, progress, cancel);
            var files = await FilesAsync(connection, cancel);
            var manifest = new BackupManifest(
                BackupManifest.Known,
                program,
                now,
                await connection.ExecuteScalarAsync<Guid>("select installation_id from installation"),
                (await connection.QueryAsync<string>("select name from schema_version order by number")).AsList(),
                tables,
                files.Count,
                (await connection.QueryAsync<StreamHead>(
                    """
                    select distinct on (stream_id) stream_id as stream, seq, encode(entry_hash, 'hex') as hash
                    from ledger_entry order by stream_id, seq desc
                    """)).AsList(),
                configuration);
            await moment.CommitAsync(cancel);
            var draft = Path.Combine(staging, "backup");
            await PackAsync(draft, staging, manifest, files, cancel);
            File.Move(draft, target, overwrite: true);
            FolderSync.Flush(folder);
            return manifest;
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<BackedUpTable>> TablesAsync(NpgsqlConnection connection, string staging, IProgress<double>? progress, CancellationToken cancel)
    {
        var written = new List<BackedUpTable>();
        var tables = await BackupTables.InOrderAsync(connection, cancel);
        foreach (var (name, columns) in tables)
        {
            var rows = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                $"select count(*) from {BackupTables.Quoted(name)}", commandTimeout: 0, cancellationToken: cancel));
            await using var file = File.Create(Path.Combine(staging, name));
            await using (var copy = await connection.BeginRawBinaryCopyAsync(
                $"copy (select {BackupTables.Columns(columns)} from {BackupTables.Quoted(name)}) to stdout (format binary)", cancel))
            {
                await copy.CopyToAsync(file, cancel);
            }

            file.Position = 0;
            written.Add(new BackedUpTable(name, columns, rows, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel))));
            progress?.Report((double)written.Count / tables.Count);
        }

        return written;
    }

    private async Task<IReadOnlyList<(string Name, string Path)>> FilesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var hashes = await connection.QueryAsync<byte[]>(new CommandDefinition("select distinct sha256 from evidence", cancellationToken: cancel));
        var files = hashes.Select(hash => (Name: Convert.ToHexStringLower(hash), Path: EvidencePath.Of(dataFolder, hash))).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        return files.Find(file => !File.Exists(file.Path)) is { Name: { } missing }
            ? throw new InstallationException($"佐证材料的文件 {missing} 不见了，没有备份", "./jifen verify 看少了哪些；从以前的备份里取回来，再备份")
            : files;
    }

    private async Task PackAsync(
        string draft, string staging, BackupManifest manifest, IReadOnlyList<(string Name, string Path)> files, CancellationToken cancel)
    {
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = OwnerOnly;
        }

        await using var file = new FileStream(draft, create);
        await using (var zip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        await using (var tar = new TarWriter(zip, TarEntryFormat.Pax))
        {
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.Name) { DataStream = new MemoryStream(manifest.ToJson()), Mode = OwnerOnly }, cancel);
            foreach (var table in manifest.Tables)
            {
                await AddAsync(tar, $"database/{table.Name}", Path.Combine(staging, table.Name), cancel);
            }

            foreach (var (name, path) in files)
            {
                await AddAsync(tar, $"evidence/{name}", path, cancel);
            }

            foreach (var name in BackupReader.OwnFiles.Where(name => File.Exists(Path.Combine(dataFolder, name))))
            {
                await AddAsync(tar, name, Path.Combine(dataFolder, name), cancel);
            }
        }

        file.Flush(flushToDisk: true);
    }

    private static async Task AddAsync(TarWriter tar, string name, string path, CancellationToken cancel)
    {
        await using var content = File.OpenRead(path);
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = OwnerOnly }, cancel);
    }
}
