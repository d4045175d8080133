using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Integration.Cli;
using Jifen.Integration.LocalPostgres;
using Jifen.Integration.World;
using Jifen.Store;
using Xunit;

namespace Jifen.Integration.Backups;

/// <summary>From one machine to another by one file, with the commands as an administrator types them.</summary>
public sealed class BackupTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly byte[] Evidence = Encoding.UTF8.GetBytes("活动照片");

    private readonly ClusterPlace _old = new();
    private readonly ClusterPlace _new = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("jifen-backup-").FullName;

    private string OldData => Path.GetDirectoryName(_old.Folder)!;

    private string NewData => Path.GetDirectoryName(_new.Folder)!;

    private string File(string name) => Path.Combine(_folder, name);

    [Fact]
    public async Task What_is_restored_is_what_was_backed_up_and_goes_on_from_there()
    {
        var college = await FillAsync();
        await RunAsync(0, "backup", File("all.tar.gz"), "--data", OldData);
        await RunAsync(0, "export-canonical", File("before"), "--data", OldData);

        var said = await RunAsync(0, "restore", File("all.tar.gz"), "--data", NewData);
        await RunAsync(0, "export-canonical", File("after"), "--data", NewData);

        Assert.Contains("核过账，都对", said, StringComparison.Ordinal);
        Assert.Equal(await System.IO.File.ReadAllBytesAsync(File("before"), Cancel), await System.IO.File.ReadAllBytesAsync(File("after"), Cancel));
        Assert.Equal(await System.IO.File.ReadAllTextAsync(Path.Combine(OldData, "keys"), Cancel), await System.IO.File.ReadAllTextAsync(Path.Combine(NewData, "keys"), Cancel));
        Assert.Equal(Evidence, await System.IO.File.ReadAllBytesAsync(EvidencePath.Of(NewData, SHA256.HashData(Evidence)), Cancel));
        Assert.Contains("work_mem = '7MB'", await System.IO.File.ReadAllTextAsync(Path.Combine(NewData, "postgresql.conf.restored"), Cancel), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File("all.tar.gz")));
        await using (var was = await OpenAsync(OldData))
        await using (var now = await OpenAsync(NewData))
        {
            await was.MigrateAsync(Cancel);
            await now.MigrateAsync(Cancel);
            Assert.Equal(was.Installation, now.Installation);
            Assert.Equal(await ContentAsync(was), await ContentAsync(now));
            await College.EnterAsync(now, college.Branch, college.Member, new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7()), Office.Recorder, null, false));
        }

        await RunAsync(0, "verify", "--views", "--data", NewData);
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_left_alone()
    {
        await FillAsync();
        await RunAsync(0, "backup", File("all.tar.gz"), "--data", OldData);

        var said = await RunAsync(2, "restore", File("all.tar.gz"), "--data", OldData);

        Assert.Contains("不是空的", said, StringComparison.Ordinal);
        await RunAsync(0, "verify", "--data", OldData);
    }

    [Fact]
    public async Task A_backup_that_was_cut_or_altered_makes_nothing()
    {
        await FillAsync();
        await RunAsync(0, "backup", File("all.tar.gz"), "--data", OldData);
        var bytes = await System.IO.File.ReadAllBytesAsync(File("all.tar.gz"), Cancel);
        await System.IO.File.WriteAllBytesAsync(File("cut"), bytes[..(bytes.Length / 2)], Cancel);
        foreach (var tenth in (int[])[3, 5, 7, 9])
        {
            await System.IO.File.WriteAllBytesAsync(File($"altered-{tenth}"), AlteredAt(bytes, bytes.Length * tenth / 10), Cancel);
        }

        await System.IO.File.WriteAllBytesAsync(File("packed-again"), PackedAgain(bytes, "照片.jpg"u8, "照片.gif"u8), Cancel);
        await System.IO.File.WriteAllTextAsync(File("none"), "no backup", Cancel);

        foreach (var name in (string[])["cut", "altered-3", "altered-5", "altered-7", "altered-9", "packed-again", "none"])
        {
            Assert.Contains("不是完整的备份", await RunAsync(2, "restore", File(name), "--data", NewData), StringComparison.Ordinal);
            Assert.False(Directory.Exists(NewData));
        }
    }

    [Fact]
    public async Task A_backup_without_one_of_its_files_is_not_made()
    {
        await FillAsync();
        System.IO.File.Delete(EvidencePath.Of(OldData, SHA256.HashData(Evidence)));

        var said = await RunAsync(2, "backup", File("all.tar.gz"), "--data", OldData);

        Assert.Contains("不见了，没有备份", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    public void Dispose()
    {
        _old.Dispose();
        _new.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<College> FillAsync()
    {
        await using var database = await OpenAsync(OldData);
        await database.MigrateAsync(Cancel);
        var college = await College.FoundAsync(database);
        var path = EvidencePath.Of(OldData, SHA256.HashData(Evidence));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await System.IO.File.WriteAllBytesAsync(path, Evidence, Cancel);
        await System.IO.File.WriteAllTextAsync(Path.Combine(OldData, "keys"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Cancel);
        await System.IO.File.AppendAllTextAsync(Path.Combine(_old.Data, "postgresql.conf"), "work_mem = '7MB'\n", Cancel);
        await using var connection = await database.Owner.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync(
            "insert into evidence values (@id, @branch, @who, @hash, @size, 'image/jpeg', '照片.jpg', now())",
            new { id = Guid.CreateVersion7(), branch = college.Branch.Value, who = college.Recorder.Value, hash = SHA256.HashData(Evidence), size = Evidence.LongLength });
        await connection.ExecuteAsync(
            "insert into account (account_id, person_id, security_stamp, opened_at, link_granted_at) values (@id, @who, random_stamp(), now(), now())",
            new { id = Guid.CreateVersion7(), who = college.Member.Value });
        return college;
    }

    // Every row of every table, in any order.
    private static async Task<Dictionary<string, string>> ContentAsync(Database database)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(Cancel);
        var content = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in await connection.QueryAsync<string>("select tablename::text from pg_tables where schemaname = 'public' and tablename <> 'schema_version'"))
        {
            content[table] = await connection.ExecuteScalarAsync<string>($"select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {table} t") ?? "";
        }

        return content;
    }

    // With one bit turned, so that what is packed is another: a bit of which that is not true alters nothing.
    private static byte[] AlteredAt(byte[] bytes, int place)
    {
        var content = Unpacked(bytes);
        for (var bit = 0; ; bit++)
        {
            var other = bytes.ToArray();
            other[place + (bit / 8)] ^= (byte)(1 << (bit % 8));
            if (!content.AsSpan().SequenceEqual(Unpacked(other)))
            {
                return other;
            }
        }
    }

    // By somebody who knows how to pack: only the digests tell.
    private static byte[] PackedAgain(byte[] bytes, ReadOnlySpan<byte> was, ReadOnlySpan<byte> becomes)
    {
        var content = Unpacked(bytes)!;
        var place = content.AsSpan().IndexOf(was);
        Assert.True(place > 0);
        becomes.CopyTo(content.AsSpan(place));
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(content);
        }

        return packed.ToArray();
    }

    // null: it does not unpack.
    private static byte[]? Unpacked(byte[] bytes)
    {
        using var content = new MemoryStream();
        try
        {
            using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            zip.CopyTo(content);
            return content.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static Task<Database> OpenAsync(string folder) => Database.OpenAsync(new LocalDatabaseOptions { DataFolder = folder }, Cancel);

    private static async Task<string> RunAsync(int code, params string[] words)
    {
        using var jifen = JifenProcess.Run(words);
        var ended = await jifen.EndsAsync();
        Assert.True(ended == code, $"{string.Join(' ', words)} ended with {ended}:\n{jifen.Out}\n{jifen.Error}");
        return jifen.Error;
    }
}
