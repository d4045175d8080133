using System.Globalization;
using System.Text;
using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Members;
using Jifen.Cycle.Records;
using Jifen.Store.Ledgers;
using Xunit;

namespace Jifen.Tests.Ledgers;

/// <summary>The test vector of docs/ledger-format.md: bytes and hashes that never change, whatever becomes of the program.</summary>
public sealed class LedgerFormatTests
{
    private const string Stream = "01890000-0000-7000-8000-000000000001";

    // Written by hand from the document; the hashes by another program than this.
    private const string CanonicalText =
        """
        {"algorithm":1,"body":{"content":"“防汛”值守\u0009\"先进\" \\ 个人","evidence":[],"kind":"commendation","level":"市级","points":"1.5","quantity":"2","state":"counts"},"clause":"附2·加分 3","entry":"01890000-0000-7000-8000-000000000002","ground":"上级文件","happenedOn":"2026-06-28","kind":"fact-recorded","office":"recorder","operation":"01890000-0000-7000-8000-000000000003","person":"01890000-0000-7000-8000-000000000004","recordedAt":"2026-06-28T09:30:00.123450Z","recordedBy":"01890000-0000-7000-8000-000000000005","scheme":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff","secondBy":"01890000-0000-7000-8000-000000000006","seq":1,"sourceKey":"import F-1","stream":"01890000-0000-7000-8000-000000000001"}
        """;

    private const string FirstHash = "420a6418fc4c61adadc26053f37c17990f7e935c5980e11e180100fb4dd04286";
    private const string LeafHash = "5e9420e0a85fd3a7ea7d96892e9028d9e84a2b92d2c660efc5048651a89a7ddf";
    private const string EntryHash = "89ef4c32cde94de213c5b7b87463286b51b8291957e34b0e4b1cd2d58f31e303";

    private static readonly byte[] Nonce = Enumerable.Repeat((byte)7, 16).ToArray();

    [Fact]
    public void The_vector_is_written_as_it_always_was()
    {
        var entry = Vector();
        var leaf = entry.LeafHash(Nonce);

        Assert.Equal(CanonicalText, Encoding.UTF8.GetString(entry.CanonicalBytes()));
        Assert.Equal(LeafHash, Convert.ToHexStringLower(leaf));
        Assert.Equal(FirstHash, Convert.ToHexStringLower(LedgerEntry.Genesis(entry.Stream)));
        Assert.Equal(EntryHash, Convert.ToHexStringLower(LedgerEntry.Link(LedgerEntry.Genesis(entry.Stream), leaf)));
    }

    [Fact]
    public void A_second_reading_of_the_document_comes_to_the_vector()
    {
        var columns = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["stream"] = Stream,
            ["entry"] = Id(2),
            ["kind"] = "fact-recorded",
            ["person"] = Id(4),
            ["happenedOn"] = "2026-06-28",
            ["recordedAt"] = "2026-06-28T09:30:00.123450Z",
            ["recordedBy"] = Id(5),
            ["office"] = "recorder",
            ["secondBy"] = Id(6),
            ["operation"] = Id(3),
            ["ground"] = "上级文件",
            ["clause"] = "附2·加分 3",
            ["scheme"] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
            ["sourceKey"] = "import F-1",
            ["corrects"] = null,
        };
        // In another order than it is written: the reading puts it in order.
        var bytes = SecondReading.Bytes(
            columns, 1, """{"state":"counts","kind":"commendation","quantity":"2","points":"1.5","level":"市级","evidence":[],"content":"“防汛”值守\t\"先进\" \\ 个人"}""");
        var leaf = SecondReading.Leaf(Nonce, bytes);

        Assert.Equal(CanonicalText, Encoding.UTF8.GetString(bytes));
        Assert.Equal(LeafHash, Convert.ToHexStringLower(leaf));
        Assert.Equal(FirstHash, Convert.ToHexStringLower(SecondReading.First(Stream)));
        Assert.Equal(EntryHash, Convert.ToHexStringLower(SecondReading.Entry(SecondReading.First(Stream), leaf)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Both_readings_agree_on_chains_of_entries_of_any_content(int seed)
    {
        var random = new Random(seed);
        var (ours, theirs) = (LedgerEntry.Genesis(new OrganizationId(Guid.Parse(Stream, CultureInfo.InvariantCulture))), SecondReading.First(Stream));
        for (var seq = 1; seq <= 200; seq++)
        {
            var entry = Some(random, seq);
            var nonce = new byte[16];
            random.NextBytes(nonce);
            var bytes = SecondReading.Bytes(ColumnsOf(entry), entry.Seq, entry.Body);

            Assert.Equal(Encoding.UTF8.GetString(entry.CanonicalBytes()), Encoding.UTF8.GetString(bytes));
            (ours, theirs) = (LedgerEntry.Link(ours, entry.LeafHash(nonce)), SecondReading.Entry(theirs, SecondReading.Leaf(nonce, bytes)));
            Assert.Equal(ours, theirs);
        }
    }

    [Fact]
    public void The_document_quotes_the_vector()
    {
        var document = File.ReadAllText(Path.Combine(World.Root, "docs", "ledger-format.md"));

        Assert.Contains(CanonicalText, document, StringComparison.Ordinal);
        Assert.All([FirstHash, LeafHash, EntryHash], hash => Assert.Contains(hash, document, StringComparison.Ordinal));
    }

    private static LedgerEntry Vector() => new(
        new OrganizationId(Guid.Parse(Stream, CultureInfo.InvariantCulture)),
        1,
        new EntryId(Guid.Parse(Id(2), CultureInfo.InvariantCulture)),
        "fact-recorded",
        new PersonId(Guid.Parse(Id(4), CultureInfo.InvariantCulture)),
        new DateOnly(2026, 6, 28),
        new DateTimeOffset(2026, 6, 28, 17, 30, 0, 123, 450, TimeSpan.FromHours(8)),
        new PersonId(Guid.Parse(Id(5), CultureInfo.InvariantCulture)),
        "recorder",
        new PersonId(Guid.Parse(Id(6), CultureInfo.InvariantCulture)),
        new OperationId(Guid.Parse(Id(3), CultureInfo.InvariantCulture)),
        "上级文件",
        "附2·加分 3",
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        "import F-1",
        null,
        CanonicalJson.Of(new FactRecorded("commendation", 2.00m, "市级", "“防汛”值守\t\"先进\" \\ 个人", 1.50m, [], FactState.Counts)));

    private static LedgerEntry Some(Random random, long seq)
    {
        IEvent happened = random.Next(4) switch
        {
            0 => new FactRecorded("good-deed", random.Next(1, 900) / 100m, Text(random), Text(random), null, [new EvidenceId(Some(random))], FactState.Pending),
            1 => new AttendanceTaken(new GatheringId(Some(random)), [new AttendanceMark(new PersonId(Some(random)), Scoring.Schemes.Attendance.Late, Text(random))]),
            2 => new DuesRecorded(new DateOnly(2026, 1 + random.Next(12), 1), random.Next(10_000) / 100m, 0m, null),
            _ => new PersonRegistered(new PersonId(Some(random)), new string('a', 64)),
        };
        return new LedgerEntry(
            new OrganizationId(Guid.Parse(Stream, CultureInfo.InvariantCulture)),
            seq,
            new EntryId(Some(random)),
            EventKind.Of(happened),
            random.Next(3) == 0 ? null : new PersonId(Some(random)),
            new DateOnly(2020, 1, 1).AddDays(random.Next(4000)),
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMicroseconds(random.NextInt64(30_000_000_000_000)),
            new PersonId(Some(random)),
            "recorder",
            random.Next(2) == 0 ? null : new PersonId(Some(random)),
            new OperationId(Some(random)),
            random.Next(2) == 0 ? null : Text(random),
            random.Next(2) == 0 ? null : Text(random),
            null,
            random.Next(2) == 0 ? null : Text(random),
            random.Next(2) == 0 ? null : new EntryId(Some(random)),
            CanonicalJson.Of(happened));
    }

    private static Dictionary<string, string?> ColumnsOf(LedgerEntry entry) => new(StringComparer.Ordinal)
    {
        ["stream"] = entry.Stream.ToString(),
        ["entry"] = entry.Entry.ToString(),
        ["kind"] = entry.Kind,
        ["person"] = entry.Person?.ToString(),
        ["happenedOn"] = entry.HappenedOn.ToString("o", CultureInfo.InvariantCulture),
        ["recordedAt"] = entry.RecordedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture) + "Z",
        ["recordedBy"] = entry.RecordedBy.ToString(),
        ["office"] = entry.Office,
        ["secondBy"] = entry.SecondBy?.ToString(),
        ["operation"] = entry.Operation.ToString(),
        ["ground"] = entry.Ground,
        ["clause"] = entry.Clause,
        ["scheme"] = entry.Scheme,
        ["sourceKey"] = entry.SourceKey,
        ["corrects"] = entry.Corrects?.ToString(),
    };

    // What strings can hold: controls, quotes, signs beyond the basic plane, full-width, right-to-left, separators that JSON need not escape.
    private static string Text(Random random)
    {
        string[] pieces = ["支委会", "\"", "\\", "\n", "\u0001", "\u001f", "/", "<>&'", "\u2028", "😀", "𠮷", "é", "ع", "＋", " ", "\u007f"];
        return string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    private static Guid Some(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static string Id(int n) => $"01890000-0000-7000-8000-00000000000{n}";
}
