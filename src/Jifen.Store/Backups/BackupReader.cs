using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Jifen.Store.Ledgers;
using Jifen.Store.Migrations;
using Npgsql;

namespace Jifen.Store.Backups;

/// <summary>Makes an installation out of a backup, in an empty data folder and an empty database; and reads it again to show that it holds.</summary>
public sealed partial class BackupReader(DatabaseOptions options)
{
    /// <summary>The settings of the private cluster that a person wrote: kept beside the new ones, not put in their place.</summary>
    private const string Settings = "postgres/data/postgresql.conf";

    /// <summary>Files of the data folder that are in a backup, beside tables and evidence.</summary>
    internal static readonly string[] OwnFiles = ["keys", Settings];

    /// <exception cref="InstallationException">no backup, altered, newer than the program, or the target is not empty</exception>
    public async Task<(BackupManifest Manifest, Verification Found)> RestoreAsync(string source, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        RequireEmptyFolder();
        var staging = Path.Combine(Path.GetTempPath(), $"jifen-restore-{Guid.CreateVersion7():N}");
        Directory.CreateDirectory(staging);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(staging, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        try
        {
            var manifest = await UnpackAsync(source, staging, cancel);
            return (manifest, await BuildAsync(manifest, ScriptsOf(manifest), staging, progress, cancel));
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private async Task<Verification> BuildAsync(
        BackupManifest manifest, List<MigrationScript> scripts, string staging, IProgress<double>? progress, CancellationToken cancel)
    {
        try
        {
            await using var database = await Database.OpenAsync(options, cancel);
            await RequireEmptyAsync(database, cancel);
            await new Migrator(database.Owner, scripts).ApplyAsync(cancel);
            await LoadAsync(database, manifest, staging, progress, cancel);
            PutFiles(staging);
            await database.MigrateAsync(cancel);
            var found = await new LedgerVerifier(database, options.DataFolder).RunAsync(withViews: true, null, cancel);
            return WithHeads(found, manifest);
        }
        catch when (options is LocalDatabaseOptions && Directory.Exists(options.DataFolder))
        {
            // It was empty: what is in it now was made here, and is half of something.
            Directory.Delete(options.DataFolder, recursive: true);
            throw;
        }
    }

    private void RequireEmptyFolder()
    {
        if (Directory.Exists(options.DataFolder) && Directory.EnumerateFileSystemEntries(options.DataFolder).Any())
        {
            throw new InstallationException($"数据目录“{options.DataFolder}”不是空的，没有恢复：恢复不会盖掉已有的数据", "用 --data 写一个空的目录；确是要换掉，先停下系统，把原来的目录改名");
        }
    }

    private static async Task RequireEmptyAsync(Database database, CancellationToken cancel)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(cancel);
        if (await connection.ExecuteScalarAsync<bool>("select to_regclass('public.schema_version') is not null"))
        {
            throw new InstallationException($"数据库 {database.Place} 里已经有积分册的表，没有恢复", "换一个空的数据库");
        }
    }

    private static List<MigrationScript> ScriptsOf(BackupManifest manifest)
    {
        var known = MigrationScript.Embedded().ToDictionary(script => script.Name, StringComparer.Ordinal);
        return manifest.Migrations.FirstOrDefault(name => !known.ContainsKey(name)) is { } newer
            ? throw new InstallationException($"备份是版本 {manifest.Program} 做的，比这个程序新（有迁移 {newer}），没有恢复", "用做备份的那个版本，或更新的版本")
            : manifest.Migrations.Select(name => known[name]).ToList();
    }

    // Everything is unpacked and held against its digest before anything is made of it.
    private static async Task<BackupManifest> UnpackAsync(string source, string staging, CancellationToken cancel)
    {
        BackupManifest? manifest = null;
        try
        {
            await using var file = File.OpenRead(source);
            await using var zip = new GZipStream(file, CompressionMode.Decompress);
            await using var tar = new TarReader(zip);
            while (await tar.GetNextEntryAsync(copyData: false, cancel) is { } entry)
            {
                if (manifest is null)
                {
                    manifest = await ManifestAsync(entry, cancel);
                    continue;
                }

                var path = Path.Combine(staging, NameOf(entry).Replace('/', Path.DirectorySeparatorChar));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await entry.ExtractToFileAsync(path, overwrite: false, cancel);
            }

            // To its very end: only there stands the checksum of all that was read.
            await zip.CopyToAsync(Stream.Null, cancel);
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException or EndOfStreamException || (broken is IOException and not (FileNotFoundException or DirectoryNotFoundException)))
        {
            throw Altered(source, broken);
        }

        foreach (var table in (manifest ?? throw Altered(source, null)).Tables)
        {
            await RequireDigestAsync(Path.Combine(staging, "database", table.Name), table.Sha256, source, cancel);
        }

        var files = FilesIn(staging);
        foreach (var path in files)
        {
            await RequireDigestAsync(path, Path.GetFileName(path), source, cancel);
        }

        return files.Count == manifest.Files ? manifest : throw Altered(source, null);
    }

    private static async Task<BackupManifest> ManifestAsync(TarEntry entry, CancellationToken cancel)
    {
        if (entry.Name != BackupManifest.Name || entry.DataStream is null)
        {
            throw new InvalidDataException("no manifest");
        }

        using var json = new MemoryStream();
        await entry.DataStream.CopyToAsync(json, cancel);
        var manifest = BackupManifest.Read(json.ToArray());
        return manifest.Format == BackupManifest.Known && manifest.Tables.All(table => Identifier().IsMatch(table.Name))
            ? manifest
            : throw new InstallationException($"不认识这种备份（格式 {manifest.Format}）", "用做备份的那个版本，或更新的版本");
    }

    // Only names a backup has: nothing is ever written elsewhere.
    private static string NameOf(TarEntry entry) =>
        entry.EntryType == TarEntryType.RegularFile && (OwnFiles.Contains(entry.Name) || Content().IsMatch(entry.Name))
            ? entry.Name
            : throw new InvalidDataException($"unexpected {entry.Name}");

    private static async Task RequireDigestAsync(string path, string sha256, string source, CancellationToken cancel)
    {
        if (!File.Exists(path))
        {
            throw Altered(source, null);
        }

        await using var file = File.OpenRead(path);
        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel)) != sha256)
        {
            throw Altered(source, null);
        }
    }

    private static InstallationException Altered(string source, Exception? inner) => new(
        $"“{source}”不是完整的备份：坏了、被改过，或没有写完。没有恢复", "换一份备份；从别处复制来的，再复制一次", inner);

    private static IReadOnlyList<string> FilesIn(string staging) =>
        Path.Combine(staging, "evidence") is var folder && Directory.Exists(folder) ? Directory.GetFiles(folder) : [];

    // One transaction: whatever goes wrong, the database is as empty as before. Rows come as they were, so triggers and policies, which judge
    // what is new, are off; constraints hold.
    private static async Task LoadAsync(Database database, BackupManifest manifest, string staging, IProgress<double>? progress, CancellationToken cancel)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var done = 0;
        foreach (var table in manifest.Tables)
        {
            var name = BackupTables.Quoted(table.Name);
            var isForced = await connection.ExecuteScalarAsync<bool>("select relforcerowsecurity from pg_class where oid = @name::regclass", new { name });
            await connection.ExecuteAsync($"alter table {name} disable trigger user, no force row level security; delete from {name}");
            await using (var file = File.OpenRead(Path.Combine(staging, "database", table.Name)))
            await using (var copy = await connection.BeginRawBinaryCopyAsync($"copy {name} ({BackupTables.Columns(table.Columns)}) from stdin (format binary)", cancel))
            {
                await file.CopyToAsync(copy, cancel);
            }

            await connection.ExecuteAsync($"alter table {name} enable trigger user{(isForced ? ", force row level security" : "")}");
            await SetSequencesAsync(connection, name, cancel);
            progress?.Report((double)++done / manifest.Tables.Count);
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    private static async Task SetSequencesAsync(NpgsqlConnection connection, string name, CancellationToken cancel)
    {
        var columns = await connection.QueryAsync<string>(new CommandDefinition(
            "select attname::text from pg_attribute where attrelid = @name::regclass and attidentity <> ''", new { name }, cancellationToken: cancel));
        foreach (var column in columns.AsList())
        {
            await connection.ExecuteAsync(new CommandDefinition(
                $"select setval(pg_get_serial_sequence(@name, @column), (select coalesce(max({BackupTables.Quoted(column)}), 0) + 1 from {name}), false)",
                new { name, column },
                commandTimeout: 0,
                cancellationToken: cancel));
        }
    }

    private void PutFiles(string staging)
    {
        foreach (var path in FilesIn(staging))
        {
            var target = EvidencePath.Of(options.DataFolder, Convert.FromHexString(Path.GetFileName(path)));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        if (Path.Combine(staging, "keys") is var keys && File.Exists(keys))
        {
            SecretFile.Write(Path.Combine(options.DataFolder, "keys"), File.ReadAllText(keys));
        }

        if (Path.Combine(staging, Settings) is var settings && File.Exists(settings))
        {
            File.Copy(settings, Path.Combine(options.DataFolder, "postgresql.conf.restored"));
        }
    }

    // A chain shows everything but a cut at its end: that the manifest shows.
    private static Verification WithHeads(Verification found, BackupManifest manifest) => found.Heads.ToHashSet().SetEquals(manifest.Heads)
        ? found
        : found with { Alterations = [.. found.Alterations, new Alteration("gap", null, null, "账的末条与备份时记下的不一样")] };

    [GeneratedRegex(@"^[a-z][a-z0-9_]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^(database/[a-z][a-z0-9_]*|evidence/[0-9a-f]{64})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Content();
}
