using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Facts;

/// <summary>The members of one run in the order of the input, and who stands in which branch.</summary>
public sealed class Roster
{
    private readonly Lazy<Dictionary<string, int>> _byId;
    private readonly int[] _branchStart;
    private readonly int[] _byBranch;
    private readonly Days[] _enrolled;
    private readonly int[] _profileOf;
    private readonly List<Profile> _profiles = [];

    /// <exception cref="ArgumentException">two members have one id</exception>
    public Roster(IReadOnlyList<Member> members)
        : this(members, new Lazy<Dictionary<string, int>>(ById(members)))
    {
    }

    private Roster(IReadOnlyList<Member> members, Lazy<Dictionary<string, int>> byId)
    {
        Members = members;
        _byId = byId;
        var branches = new List<string>();
        var branchIndex = new Dictionary<string, int>(StringComparer.Ordinal);
        var branchOf = new int[members.Count];
        var profiles = new Dictionary<Member, int>(new SameWords());
        _enrolled = new Days[members.Count];
        _profileOf = new int[members.Count];
        Member? before = null;
        for (var i = 0; i < _enrolled.Length; i++)
        {
            var member = members[i];
            _enrolled[i] = member.Enrolled;
            _profileOf[i] = before is not null && AreAlike(member, before) ? _profileOf[i - 1] : ProfileIndex(member, profiles);
            // Neighbours mostly are of one branch.
            if (ReferenceEquals(member.Branch, before?.Branch))
            {
                branchOf[i] = branchOf[i - 1];
            }
            else
            {
                if (!branchIndex.TryGetValue(member.Branch, out var branch))
                {
                    branch = branches.Count;
                    branchIndex.Add(member.Branch, branch);
                    branches.Add(member.Branch);
                }

                branchOf[i] = branch;
            }

            before = member;
        }

        Branches = branches;
        _branchStart = new int[branches.Count + 1];
        foreach (var branch in branchOf)
        {
            _branchStart[branch + 1]++;
        }

        for (var b = 0; b < branches.Count; b++)
        {
            _branchStart[b + 1] += _branchStart[b];
        }

        _byBranch = new int[members.Count];
        var next = _branchStart.AsSpan(0, branches.Count).ToArray();
        for (var i = 0; i < branchOf.Length; i++)
        {
            _byBranch[next[branchOf[i]]++] = i;
        }
    }

    public IReadOnlyList<Member> Members { get; }

    public int Count => Members.Count;

    /// <summary>In the order in which the roster first names them.</summary>
    public IReadOnlyList<string> Branches { get; }

    /// <summary>Indices of the members of a branch, in the order of the input.</summary>
    public ReadOnlySpan<int> OfBranch(int branch) => _byBranch.AsSpan(_branchStart[branch].._branchStart[branch + 1]);

    /// <summary><see cref="Member.Enrolled"/></summary>
    public Days EnrolledOf(int member) => _enrolled[member];

    /// <summary>How many different profiles the members have.</summary>
    internal int ProfileCount => _profiles.Count;

    /// <summary>Members with one profile have one index, from 0.</summary>
    internal int ProfileIndexOf(int member) => _profileOf[member];

    internal Profile ProfileOf(int member) => _profiles[_profileOf[member]];

    /// <returns>the index of the member, or −1</returns>
    public int IndexOf(string id) => _byId.Value.TryGetValue(id, out var index) ? index : -1;

    /// <summary>For whoever knows that no two members have one id: they are put in order only when somebody asks for one by it.</summary>
    public static Roster OfDifferent(IReadOnlyList<Member> members) => new(members, new Lazy<Dictionary<string, int>>(() => ById(members)));

    // Neighbours mostly are, and whoever reads a roster keeps a word that repeats as one string.
    private static bool AreAlike(Member one, Member other) =>
        one.Standing == other.Standing && ReferenceEquals(one.Category, other.Category) && ReferenceEquals(one.Office, other.Office);

    private int ProfileIndex(Member member, Dictionary<Member, int> known)
    {
        if (!known.TryGetValue(member, out var index))
        {
            index = _profiles.Count;
            known.Add(member, index);
            _profiles.Add(Profile.Of(member));
        }

        return index;
    }

    private static Dictionary<string, int> ById(IReadOnlyList<Member> members)
    {
        var byId = new Dictionary<string, int>(members.Count, StringComparer.Ordinal);
        for (var i = 0; i < members.Count; i++)
        {
            if (!byId.TryAdd(members[i].Id, i))
            {
                throw new ArgumentException($"党员编号“{members[i].Id}”重复", nameof(members));
            }
        }

        return byId;
    }

    /// <summary>Members of one profile, as their words are written.</summary>
    private sealed class SameWords : IEqualityComparer<Member>
    {
        public bool Equals(Member? one, Member? other) =>
            one is not null && other is not null && one.Standing == other.Standing && one.Category == other.Category && one.Office == other.Office;

        public int GetHashCode(Member member) => HashCode.Combine(member.Category, member.Office) ^ (int)member.Standing;
    }
}
