using Jifen.Scoring;
using Jifen.Scoring.Facts;

namespace Jifen.Cycle.Members.Rosters;

/// <summary>Works out one line: whom it means, what would change, what is wrong with it. Every change goes through the step that makes it by hand.</summary>
internal sealed class LinePlanner(
    RosterLine line, RosterSettings settings, DateOnly today, Func<OrganizationId, string> nameOf, Func<string?, string, PersonName> register)
{
    private readonly List<LineChange> _changes = [];
    private readonly List<Happening> _happenings = [];
    private LineOutcome _outcome = LineOutcome.Unchanged;
    private PersonId? _person;

    public List<LineNote> Notes { get; } = [];

    public bool HasErrors => Notes.Exists(note => note.IsError);

    public void Refuse(RosterField field, string? value, string cause, string remedy) => Notes.Add(new LineNote(line.Row, field, value ?? "", cause, remedy));

    public RosterBranch? FindBranch(IReadOnlyList<RosterBranch> branches)
    {
        if (settings.Only is { } only)
        {
            var own = branches.First(branch => branch.Roll.Branch == only);
            if (line.Branch is { } written && written != own.ShortName && written != own.Roll.Name)
            {
                Refuse(RosterField.Branch, written, $"这次只导入“{own.Roll.Name}”", "删去别的支部的行，或者由上级组织员导入整个学院的名册");
            }

            return own;
        }

        if (line.Branch is null)
        {
            Refuse(RosterField.Branch, "", "没有写支部", "导入多个支部时，每行写上支部的全称或简称");
            return null;
        }

        var found = branches.Where(branch => branch.ShortName == line.Branch || branch.Roll.Name == line.Branch).ToList();
        if (found.Count == 1)
        {
            return found[0];
        }

        Refuse(
            RosterField.Branch,
            line.Branch,
            found.Count == 0 ? "没有这个支部，或者不归您管" : "有几个支部都叫这个名字",
            found.Count == 0 ? Spelling.Suggest(line.Branch, [.. branches.Select(branch => branch.ShortName)], "支部有") : "写支部的全称");
        return null;
    }

    public void RefuseDoubles(Dictionary<string, int> numbers, Dictionary<(string, OrganizationId), int> names, OrganizationId branch)
    {
        if (line.Number is { } number)
        {
            if (!numbers.TryAdd(number, line.Row))
            {
                Refuse(RosterField.Number, number, "这个编号前面已经有一行", "一个人只写一行；确是两个人的，换一个编号");
            }
        }
        else if (!names.TryAdd((line.Name, branch), line.Row) && line.Name.Length > 0)
        {
            Refuse(RosterField.Name, line.Name, "同一支部里这个姓名前面已经有一行，又都没有编号", "同名的两个人，各写上编号");
        }
    }

    public KnownPerson? FindPerson(RosterPeople people, RosterBranch branch)
    {
        if (line.Number is { } number && people.OfNumber(number) is { } byNumber)
        {
            if (byNumber.Name is null && !byNumber.IsSameName)
            {
                Refuse(RosterField.Number, number, "这个编号已经属于另一个人", "核对编号；确属同一人而姓名有误的，由其所在支部先更正姓名");
            }

            return byNumber;
        }

        var same = people.OfName(line.Name, branch.Roll.Branch);
        var candidates = line.Number is null ? same : [.. same.Where(person => person.Number is null)];
        switch (candidates)
        {
            case [var only]:
                Warn(RosterField.Name, line.Name, line.Number is null ? "没有编号，按姓名认作名册上的同一人" : "名册上的同名者还没有编号，认作同一人并补上编号", "不是同一人的，写上不同的编号");
                return only;
            case { Count: > 1 }:
                Refuse(RosterField.Name, line.Name, $"名册上有 {candidates.Count} 个同名的人，分不清是谁", "写上编号");
                return null;
            default:
                if (same.Count > 0)
                {
                    Warn(RosterField.Name, line.Name, "名册上有同名而编号不同的人，作为另一个人新增", "是同一人的，改成名册上的编号");
                }

                return null;
        }
    }

    public void Plan(KnownPerson? person, RosterBranch branch, IReadOnlyList<RosterBranch> branches)
    {
        _person = person?.Person;
        if (person is null)
        {
            PlanNew(branch);
        }
        else if (person.Branch is null)
        {
            PlanReturn(person, branch);
        }
        else if (person.Branch != branch.Roll.Branch)
        {
            PlanMove(person, branch, branches);
        }
        else
        {
            PlanChanges(person, branch, settings.AsOf);
        }
    }

    /// <summary>For a line that is wrong already: what else would be, so that it is mended in one go.</summary>
    public void CheckWords(RosterBranch branch)
    {
        CheckCategory(branch);
        if (branch.Roll.ObjectionToGroup(line.PartyGroup) is { } group)
        {
            Refuse(RosterField.PartyGroup, line.PartyGroup, group.Message, "改好这一格");
        }
    }

    public LinePlan Finished(RosterBranch? branch) =>
        new(line, HasErrors ? LineOutcome.Wrong : _outcome, _person, branch?.Roll.Name, _changes, Notes) { Happenings = HasErrors ? [] : _happenings };

    private void Warn(RosterField field, string? value, string cause, string remedy) =>
        Notes.Add(new LineNote(line.Row, field, value ?? "", cause, remedy, IsError: false));

    private void PlanNew(RosterBranch branch)
    {
        _outcome = LineOutcome.New;
        var name = register(line.Number, line.Name);
        Admit(name.Person, name, MemberHistory.Nothing(name.Person), branch);
    }

    private void PlanReturn(KnownPerson person, RosterBranch branch)
    {
        _outcome = LineOutcome.Returns;
        Rename(person, branch);
        Admit(person.Person, null, person.History ?? MemberHistory.Nothing(person.Person), branch);
    }

    private void Admit(PersonId person, PersonName? registers, MemberHistory history, RosterBranch branch)
    {
        if (line.Standing is not { } standing)
        {
            Refuse(RosterField.Standing, "", "新增的人没有写身份", $"写{string.Join("、", Enum.GetValues<Standing>().Select(Member.StandingName))}之一");
            return;
        }

        CheckCategory(branch);
        var from = settings.Arrived == Arrival.TransferredIn ? "见导入的名册" : null;
        Take(
            new AdmitMember(person, registers, settings.Arrived, standing, line.Category, line.PartyGroup, from, line.ArrivedOn ?? settings.AsOf, settings.Ground)
                .Decide(history, branch.Roll, today, nameOf));
    }

    private void PlanMove(KnownPerson person, RosterBranch branch, IReadOnlyList<RosterBranch> branches)
    {
        var from = branches.FirstOrDefault(one => one.Roll.Branch == person.Branch);
        if (from is null || person.History is null)
        {
            Refuse(RosterField.Number, line.Number, $"此人现在“{nameOf(person.Branch!.Value)}”的名册上", "请上级组织员先办理组织关系转接");
            return;
        }

        _outcome = LineOutcome.Changed;
        _changes.Add(new LineChange(RosterField.Branch, from.ShortName, branch.ShortName));
        var on = line.ArrivedOn ?? settings.AsOf;
        var moved = new TransferMember(person.Person, from.Roll.Branch, line.PartyGroup, on, settings.Ground).Decide(person.History, from.Roll, branch.Roll, today);
        Take(moved);
        if (!moved.IsRefused)
        {
            var there = new Stay(branch.Roll.Branch, on, null, Arrival.TransferredIn, null);
            PlanChanges(person with { Branch = branch.Roll.Branch, History = person.History with { Stays = [there] } }, branch, on, withGroup: false);
        }
    }

    private void PlanChanges(KnownPerson person, RosterBranch branch, DateOnly on, bool withGroup = true)
    {
        var history = person.History!;
        Rename(person, branch);
        if (line.Standing is { } standing && history.ValueOn(Aspect.Standing, on) is var was && was != Words.Of(standing))
        {
            _changes.Add(new LineChange(
                RosterField.Standing, was is null ? null : Member.StandingName(Words.Known<Standing>(was)), Member.StandingName(standing)));
            Take(new ChangeStanding(person.Person, standing, on, settings.Ground).Decide(history, branch.Roll, today));
        }

        if (line.Category is { } category && history.ValueOn(Aspect.Category, on) is var previous && previous != category)
        {
            _changes.Add(new LineChange(RosterField.Category, previous, category));
            Take(new ChangeCategory(person.Person, category, on, settings.Ground, branch.Categories).Decide(history, branch.Roll, today));
        }

        if (withGroup && line.PartyGroup is { } group && history.ValueOn(Aspect.PartyGroup, on) is var other && other != group)
        {
            _changes.Add(new LineChange(RosterField.PartyGroup, other, group));
            Take(new ChangePartyGroup(person.Person, group, on).Decide(history, branch.Roll, today));
        }

        if (_changes.Count > 0)
        {
            _outcome = LineOutcome.Changed;
        }
    }

    private void Rename(KnownPerson person, RosterBranch branch)
    {
        var number = line.Number ?? person.Number;
        if (person.Name is null || (line.Name == person.Name && number == person.Number))
        {
            return;
        }

        if (line.Name != person.Name)
        {
            _changes.Add(new LineChange(RosterField.Name, person.Name, line.Name));
            Warn(RosterField.Name, line.Name, $"编号相同而姓名不同，会把“{person.Name}”更正为“{line.Name}”", "不是同一人的，换一个编号");
        }

        if (number != person.Number)
        {
            _changes.Add(new LineChange(RosterField.Number, person.Number, number));
        }

        var name = register(number, line.Name) with { Person = person.Person };
        if (name.Objection() is { } objection)
        {
            Refuse(RosterField.Number, number, objection.Message, "改好这一格");
            return;
        }

        // Somebody who comes back is on no roll yet: the name is put right with the arrival.
        _happenings.Add(new Happening(
            new PersonRenamed(person.Person, name.Digest), person.Person, today, settings.Ground, Stream: branch.Roll.Branch, Names: name));
    }

    private void CheckCategory(RosterBranch branch)
    {
        if (line.Category is { } category && branch.Categories.Count > 0 && !branch.Categories.Contains(category))
        {
            Refuse(RosterField.Category, category, "现行办法没有这个类别", Spelling.Suggest(category, branch.Categories, "写这些之一"));
        }
    }

    private void Take(Ruling ruling)
    {
        if (ruling.Refusal is not { } refusal)
        {
            _happenings.AddRange(ruling.Happenings);
            return;
        }

        var (field, value) = refusal switch
        {
            NoSuchGroup => (RosterField.PartyGroup, line.PartyGroup),
            NoSuchCategory => (RosterField.Category, line.Category),
            StandingDoesNotFollow => (RosterField.Standing, line.Standing is { } standing ? Member.StandingName(standing) : null),
            NameIsMissing or NameIsTooLong => (RosterField.Name, line.Name),
            IdentityNumberIsNotKept => (RosterField.Number, line.Number),
            _ => (RosterField.ArrivedOn, (line.ArrivedOn ?? settings.AsOf).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        };
        Refuse(field, value, refusal.Message, "改好这一格");
    }
}
