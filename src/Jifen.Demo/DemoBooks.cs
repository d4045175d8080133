using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Store.Ledgers;

namespace Jifen.Demo;

/// <summary>Writes the books of one branch as its recorder would have: who came, who paid, who wrote, what else happened.</summary>
internal sealed class DemoBooks(DemoOrganization branch, IReadOnlyList<DemoPerson> people, PersonId officer)
{
    private readonly List<(EntryMaker Maker, Happening Happening)> _deeds = [];
    private readonly DemoPerson _secretary = Holder(people, Office.Secretary);
    private readonly DemoPerson _recorder = Holder(people, Office.Recorder);
    private DateTimeOffset _began;
    private int _operations;

    /// <summary>In the order in which they were written down.</summary>
    public IReadOnlyList<(EntryMaker Maker, Happening Happening)> Deeds => _deeds.OrderBy(deed => deed.Maker.At).ToList();

    public void Found(DateTimeOffset at)
    {
        _began = at;
        foreach (var person in people)
        {
            var on = person.JoinedOn;
            var written = Later(at, CivilTime.At(on, new TimeOnly(9, 0)));
            Write(officer, "organization-officer", written, new Happening(
                new PersonRegistered(person.Id, NameDigest.Of(person.Id, person.Name)), person.Id, SourceKey: $"person {person.Id}"));
            Write(officer, "organization-officer", written, new Happening(
                new MemberAdmitted(
                    on.DayOfYear == 1 ? Arrival.OnRoll : person.Standing == Standing.Full ? Arrival.TransferredIn : Arrival.Admitted,
                    person.Standing,
                    person.Category,
                    person.PartyGroup,
                    on.DayOfYear == 1 || person.Standing != Standing.Full ? null : "外单位转入"),
                person.Id,
                on));
            foreach (var office in person.Offices)
            {
                Write(officer, "organization-officer", written, new Happening(
                    new OfficeAssigned(new OfficeTermId(DemoId.Of($"term {person.Number} {office}")), office, null, false), person.Id, on));
            }
        }
    }

    public void Year(Scheme scheme, int year, DateOnly until)
    {
        foreach (var gathering in DemoCalendar.Of(branch, year, until))
        {
            Hold(gathering, until);
        }

        Dues(year, until);
        Reports(year, until);
        var facts = new DemoFacts(scheme);
        foreach (var person in people)
        {
            foreach (var (on, fact, ground) in facts.Of(person, year, person.JoinedOn, until, people.Count))
            {
                var (by, office) = KeeperOf(person);
                Write(by, office, CivilTime.At(on, new TimeOnly(17, 30)), new Happening(fact, person.Id, on, ground));
            }
        }
    }

    /// <summary>What waits: a study session of the day before yesterday still to be rolled, and the next gatherings, with leave asked for.</summary>
    public void Ahead(DateOnly today)
    {
        var past = CivilTime.At(today.AddDays(-2), new TimeOnly(14, 0));
        var study = new GatheringId(DemoId.Of($"to be rolled {branch.Key}"));
        Write(_secretary.Id, "secretary", past.AddDays(-3), new Happening(new GatheringPlanned(
            study, GatheringKind.GroupStudy, "集中学习：调查研究方法交流", past, past.AddHours(2), "图书馆三楼研讨室", 2m, null, _secretary.Name, null, 0)));
        Write(_secretary.Id, "secretary", past.AddDays(-3), new Happening(new GatheringCalled(study, people.Select(person => person.Id).ToList())));
        var next = today.AddDays(1 + (((int)DayOfWeek.Friday - (int)today.DayOfWeek + 6) % 7));
        (GatheringKind Kind, string Title, int Days, decimal? Hours)[] plans =
        [
            (GatheringKind.CommonPartyDay, "统一活动日：廉洁文化进校园", 0, 1.5m),
            (GatheringKind.MembersMeeting, "支部党员大会：第四季度积分评定", 12, null),
        ];
        foreach (var (kind, title, days, hours) in plans)
        {
            var starts = CivilTime.At(next.AddDays(days), new TimeOnly(14, 30));
            var id = new GatheringId(DemoId.Of($"ahead {branch.Key} {kind}"));
            var at = CivilTime.At(today.AddDays(-2), new TimeOnly(10, 0));
            Write(_secretary.Id, "secretary", at, new Happening(
                new GatheringPlanned(id, kind, title, starts, starts.AddHours(2), "党员活动室", hours, null, _secretary.Name, null, GatheringPlan.UsualLateAfterMinutes)));
            Write(_secretary.Id, "secretary", at, new Happening(new GatheringCalled(id, people.Select(person => person.Id).ToList())));
            foreach (var person in people.Skip(14).Take(2))
            {
                Write(person.Id, "member", CivilTime.At(today.AddDays(-1), new TimeOnly(20, 5)), new Happening(
                    new LeaveRequested(id, "当天带学生外出比赛，已与系里报备"), person.Id, today.AddDays(-1)));
            }
        }
    }

    private void Hold(DemoGathering gathering, DateOnly until)
    {
        var expected = people.Where(person => person.JoinedOn <= gathering.On && IsExpected(gathering.Kind, person)).ToList();
        var planned = Later(_began, gathering.StartsAt.AddDays(-4));
        Write(_secretary.Id, "secretary", planned, new Happening(new GatheringPlanned(
            gathering.Id, gathering.Kind, gathering.Title, gathering.StartsAt, gathering.EndsAt, gathering.Place, gathering.Hours, null, _secretary.Name, null,
            GatheringPlan.UsualLateAfterMinutes)));
        Write(_secretary.Id, "secretary", planned, new Happening(
            new GatheringCalled(gathering.Id, expected.Select(person => person.Id).ToList())));
        // The last one is still to be rolled: what the recorder finds on the start page.
        if (gathering.On > until.AddDays(-7))
        {
            return;
        }

        var random = new Random(DemoId.Seed($"{branch.Key} {gathering.Id}"));
        var marks = expected.Select(person => Mark(person, random)).ToList();
        var rolled = gathering.EndsAt.AddMinutes(12);
        Write(_recorder.Id, "recorder", rolled, new Happening(
            new AttendanceTaken(gathering.Id, marks.Where(mark => mark.Person != _recorder.Id).ToList()), On: gathering.On));
        Write(_secretary.Id, "secretary", rolled.AddMinutes(5), new Happening(
            new AttendanceTaken(gathering.Id, marks.Where(mark => mark.Person == _recorder.Id).ToList()), On: gathering.On));
        foreach (var mark in marks.Where(mark => mark.Attendance == Attendance.Absent && random.Next(3) == 0))
        {
            var madeUp = gathering.StartsAt.AddDays(9);
            if (CivilTime.DayOf(madeUp) <= until && mark.Person != _recorder.Id)
            {
                Write(_recorder.Id, "recorder", madeUp, new Happening(
                    new AttendanceMadeUp(gathering.Id, Attendance.Absent), mark.Person, CivilTime.DayOf(madeUp), "补学笔记，支委查看"));
            }
        }
    }

    private static bool IsExpected(GatheringKind kind, DemoPerson person) => kind switch
    {
        GatheringKind.CommitteeMeeting => person.Offices.Any(office => office is Office.Secretary or Office.DeputySecretary or Office.CommitteeMember),
        GatheringKind.MembersMeeting or GatheringKind.DecisionMeeting or GatheringKind.OrganizationalLifeMeeting => person.Standing != Standing.Activist,
        _ => true,
    };

    private static AttendanceMark Mark(DemoPerson person, Random random)
    {
        var care = person.Care;
        var draw = random.NextDouble();
        var slip = (1 - care) * 0.45;
        return draw switch
        {
            _ when draw < slip * 0.45 => new AttendanceMark(person.Id, Attendance.Absent, null),
            _ when draw < slip * 0.8 => new AttendanceMark(person.Id, Attendance.Late, null),
            _ when draw < slip => new AttendanceMark(person.Id, Attendance.LeftEarly, null),
            > 0.955 => new AttendanceMark(person.Id, Attendance.Excused, "公务出差，已批"),
            _ => new AttendanceMark(person.Id, Attendance.Present, null),
        };
    }

    private void Dues(int year, DateOnly until)
    {
        for (var month = 1; month <= 12; month++)
        {
            var first = new DateOnly(year, month, 1);
            var last = first.AddMonths(1).AddDays(-1);
            // A month is entered when it is over; the running one waits on the recorder's start page.
            if (last > until)
            {
                return;
            }

            foreach (var person in people.Where(person => person.JoinedOn <= last && person.Standing != Standing.Activist))
            {
                var random = new Random(DemoId.Seed($"dues {person.Number} {first:yyyyMM}"));
                var due = person.Branch.StudentShare > 0 ? 0.2m : 60m + (DemoId.Seed(person.Number) & 0x3F);
                var isLate = random.NextDouble() > 0.55 + (person.Care * 0.45);
                var paid = !isLate && random.Next(90) == 0 ? Math.Round(due / 2, 2) : due;
                var paidOn = isLate ? last.AddDays(3 + random.Next(10)) : first.AddDays(5 + random.Next(15));
                var (by, office) = KeeperOf(person);
                var known = paidOn <= until;
                Write(by, office, CivilTime.At(Earlier(until, last.AddDays(14)), new TimeOnly(16, 0)), new Happening(
                    new DuesRecorded(first, due, known ? paid : 0, known ? paidOn : null), person.Id, known ? paidOn : last, "党费收缴台账"));
            }
        }
    }

    private void Reports(int year, DateOnly until)
    {
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            foreach (var person in people)
            {
                var random = new Random(DemoId.Seed($"report {person.Number} {year} {quarter}"));
                var on = new DateOnly(year, (quarter * 3) - 1, 8).AddDays(random.Next(35));
                if (on > until || on < person.JoinedOn || random.NextDouble() > 0.35 + (person.Care * 0.65))
                {
                    continue;
                }

                var (by, office) = KeeperOf(person);
                Write(by, office, CivilTime.At(on, new TimeOnly(18, 10)), new Happening(
                    new ThoughtReportReceived($"{year}年第{quarter}季度思想汇报", null), person.Id, on, "书面稿，已存档"));
            }
        }

        foreach (var person in people.Where((_, i) => i % 6 == 0))
        {
            var random = new Random(DemoId.Seed($"outside {person.Number} {year}"));
            var on = new DateOnly(year, 5, 6).AddDays(random.Next(60));
            if (on <= until && on >= person.JoinedOn)
            {
                var (by, office) = KeeperOf(person);
                Write(by, office, CivilTime.At(on.AddDays(2), new TimeOnly(9, 30)), new Happening(
                    new OutsideStudyRecorded("党校短期培训", 4 + random.Next(5), null), person.Id, on, "结业证书复印件"));
            }
        }
    }

    /// <summary>The steps of a year that are over, as the minutes of the branch say.</summary>
    public void Rounds(YearPlan plan, DateOnly today, Func<PlannedStep, bool> isPlayed)
    {
        foreach (var (on, happening) in DemoRounds.Of(plan, today, isPlayed))
        {
            Write(_secretary.Id, "secretary", CivilTime.At(on, new TimeOnly(17, 30)), happening);
        }
    }

    // JSIT-7①: the recorder's own points are kept by the secretary.
    private (PersonId By, string Office) KeeperOf(DemoPerson person) =>
        person.Id == _recorder.Id ? (_secretary.Id, "secretary") : (_recorder.Id, "recorder");

    private void Write(PersonId by, string office, DateTimeOffset at, Happening happening) => _deeds.Add((
        new EntryMaker(by, office, new OperationId(DemoId.Of($"operation {branch.Key} {_operations++}")), at), happening));

    private static DemoPerson Holder(IReadOnlyList<DemoPerson> people, Office office) => people.First(person => person.Offices.Contains(office));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
