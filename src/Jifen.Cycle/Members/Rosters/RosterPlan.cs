using System.Security.Cryptography;
using System.Text;

namespace Jifen.Cycle.Members.Rosters;

/// <summary>
/// What importing a roster would do, line by line. The same file again finds everybody by number, else by name within the branch, and
/// changes nothing. One error, and nothing at all is imported.
/// </summary>
public sealed class RosterPlan
{
    private RosterPlan(IReadOnlyList<LinePlan> lines, IReadOnlyList<string> notInFile)
    {
        Lines = lines;
        NotInFile = notInFile;
    }

    public IReadOnlyList<LinePlan> Lines { get; }

    /// <summary>On the roll of a branch the file speaks of, and not in the file: named, never touched.</summary>
    public IReadOnlyList<string> NotInFile { get; }

    public bool HasErrors => Lines.Any(line => line.Outcome == LineOutcome.Wrong);

    public int Count(LineOutcome outcome) => Lines.Count(line => line.Outcome == outcome);

    /// <summary>Same plan, same text: what is confirmed is what was seen.</summary>
    public string Fingerprint()
    {
        var text = new StringBuilder();
        foreach (var line in Lines)
        {
            text.Append(line.Line.Row).Append('|').Append(line.Line.Name).Append('|').Append(line.Line.Number).Append('|').Append(line.Outcome).Append('|').Append(line.BranchName);
            foreach (var change in line.Changes)
            {
                text.Append('|').Append(change.Field).Append(':').Append(change.Was).Append('>').Append(change.Becomes);
            }

            text.Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Everything that happens, the entries of one branch together.</summary>
    /// <returns>a refusal when a line is wrong</returns>
    public Ruling Decide()
    {
        if (HasErrors)
        {
            return new RosterHasErrors(Count(LineOutcome.Wrong));
        }

        // A transfer writes into two streams: what leaves comes before what arrives, branch by branch.
        var happenings = Lines.SelectMany(line => line.Happenings).ToList();
        return Ruling.Of([
            .. happenings.Where(one => one.Event is MemberLeft).OrderBy(one => one.Stream!.Value.Value),
            .. happenings.Where(one => one.Event is not MemberLeft).OrderBy(one => one.Stream!.Value.Value),
        ]);
    }

    /// <param name="lines">in the order of the file, as far as they could be read</param>
    /// <param name="unreadable">what could not be read, by row</param>
    /// <param name="branches">those the person may import into</param>
    /// <param name="known">everybody on their rolls, and whoever has a number of the file</param>
    /// <param name="register">makes the record of a new person</param>
    public static RosterPlan Of(
        IReadOnlyList<RosterLine> lines,
        ILookup<int, LineNote> unreadable,
        IReadOnlyList<RosterBranch> branches,
        IReadOnlyList<KnownPerson> known,
        RosterSettings settings,
        DateOnly today,
        Func<OrganizationId, string> nameOf,
        Func<string?, string, PersonName> register)
    {
        var people = new RosterPeople(known);
        var taken = new HashSet<PersonId>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new Dictionary<(string, OrganizationId), int>();
        var plans = new List<LinePlan>(lines.Count);
        var spoken = new HashSet<OrganizationId>();
        foreach (var line in lines)
        {
            var one = new LinePlanner(line, settings, today, nameOf, register);
            one.Notes.AddRange(unreadable[line.Row]);
            var branch = one.FindBranch(branches);
            if (branch is not null)
            {
                spoken.Add(branch.Roll.Branch);
                one.RefuseDoubles(numbers, names, branch.Roll.Branch);
                var person = one.FindPerson(people, branch);
                if (person is not null && !taken.Add(person.Person))
                {
                    one.Refuse(RosterField.Name, line.Name, "与前面的一行是同一个人", "一个人只写一行");
                }

                if (one.HasErrors)
                {
                    one.CheckWords(branch);
                }
                else
                {
                    one.Plan(person, branch, branches);
                }
            }

            plans.Add(one.Finished(branch));
        }

        var absent = known
            .Where(person => person is { Branch: { } at, Name: not null } && spoken.Contains(at) && !taken.Contains(person.Person))
            .Select(person => person.Name!)
            .ToList();
        return new RosterPlan(plans, absent);
    }
}

/// <summary>Finds who is meant: by number, else by name within the branch.</summary>
internal sealed class RosterPeople
{
    private readonly Dictionary<string, KnownPerson> _byNumber = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, OrganizationId Branch), List<KnownPerson>> _byName = [];

    public RosterPeople(IEnumerable<KnownPerson> known)
    {
        foreach (var person in known)
        {
            if (person.Number is { } number)
            {
                _byNumber[number] = person;
            }

            if (person is { Name: { } name, Branch: { } branch })
            {
                if (!_byName.TryGetValue((name, branch), out var same))
                {
                    _byName.Add((name, branch), same = []);
                }

                same.Add(person);
            }
        }
    }

    public KnownPerson? OfNumber(string number) => _byNumber.GetValueOrDefault(number);

    public IReadOnlyList<KnownPerson> OfName(string name, OrganizationId branch) => _byName.TryGetValue((name, branch), out var same) ? same : [];
}

public sealed record RosterHasErrors(int Lines) : Refusal($"名册里有 {Lines} 行有错，整份都没有导入。请改好文件后重新上传。");

/// <summary>Between preview and confirmation somebody changed the roll.</summary>
public sealed record RosterHasChanged() : Refusal("预览之后名册有了变化，没有导入。下面是按现在的名册重新算的预览，请再看一遍后确认。");

/// <summary>Nothing in the file is new.</summary>
public sealed record RosterChangesNothing() : Refusal("文件与名册一致，没有要导入的变化。");
