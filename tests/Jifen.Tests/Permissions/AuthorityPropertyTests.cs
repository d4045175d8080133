using FsCheck;
using FsCheck.Fluent;
using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Permissions;
using Jifen.Scoring.Facts;
using Jifen.Tests.Naive;
using Xunit;

namespace Jifen.Tests.Permissions;

/// <summary>What holds for every actor, action and target.</summary>
public sealed class AuthorityPropertyTests
{
    private static readonly Config Quick = Config.QuickThrowOnFailure.WithMaxTest(400);

    private static readonly OrganizationId[] Places = [Cast.College, Cast.Department, Cast.First, Cast.Second, Cast.GroupOfFirst, Cast.OtherCollege];

    [Fact]
    public void Without_a_post_nobody_is_more_than_public_applicant_or_member() => ForAll((dice, target) =>
    {
        var actor = SomeActor(dice) with { Posts = [] };

        Assert.All(ActionTable.Rows, action =>
        {
            var verdict = Authority.Judge(action, actor, target with { IsInvited = false });
            Assert.True(verdict.Role is null or Role.Public or Role.Applicant or Role.Member, $"{action} {verdict}");
        });
    });

    [Fact]
    public void One_post_more_takes_nothing_away_but_in_ones_own_case_and_from_tellers_and_the_branch_complained_of() => ForAll((dice, target) =>
    {
        var actor = SomeActor(dice);
        var more = actor.With(dice.Pick(Enum.GetValues<Office>()), dice.Pick(Places), dice.Chance(20));
        if (target.Concern.Person == actor.Person || target.IsInvited)
        {
            return;
        }

        Assert.All(ActionTable.Rows.Except([Actions.MT3ConfirmCount, Actions.OB6AnswerAppeal]), action =>
        {
            var (before, after) = (Authority.Judge(action, actor, target), Authority.Judge(action, more, target));
            Assert.True(!before.IsAllowed || after.IsAllowed, $"{action}: {before} {after}");
        });
    });

    [Fact]
    public void In_ones_own_case_a_cell_that_excludes_it_excludes_every_post() => ForAll((dice, target) =>
    {
        var actor = SomeActor(dice);
        var own = target with { Concern = Concern.Of(actor.Person) };

        Assert.All(ActionTable.Rows, action =>
        {
            var verdict = Authority.Judge(action, actor, own);
            if (verdict.IsAllowed && Capacity.Of(actor, own, action).Any(capacity => action[capacity.Role].Has(Marks.ExceptOwnCase | Marks.RecorderOnly) && !capacity.OwnCaseOnly))
            {
                Assert.True(action[verdict.Role!.Value].Has(Marks.OwnCase), $"{action} {verdict}");
            }
        });
    });

    [Fact]
    public void What_is_allowed_is_allowed_by_a_role_one_has_and_a_cell_that_is_not_empty() => ForAll((dice, target) =>
    {
        var actor = SomeActor(dice);

        Assert.All(ActionTable.Rows, action =>
        {
            var verdict = Authority.Judge(action, actor, target);
            Assert.Equal(verdict.IsAllowed, verdict.Role is not null);
            if (verdict.Role is { } role)
            {
                Assert.False(action[role].IsDenied);
                Assert.Contains(Capacity.Of(actor, target, action), capacity => capacity.Role == role);
                Assert.Equal(action[role].Has(Marks.SecondPerson), verdict.Needs(Qualifiers.NeedsSecond));
                Assert.Equal(action[role].Has(Marks.Reason), verdict.Needs(Qualifiers.NeedsReason));
            }
        });
    });

    [Fact]
    public void What_is_allowed_without_an_invitation_is_never_missing_from_the_menu() => ForAll((dice, target) =>
    {
        var actor = dice.Chance(10) ? null : SomeActor(dice);

        Assert.All(ActionTable.Rows, action => Assert.True(
            !Authority.Judge(action, actor, target with { IsInvited = false }).IsAllowed || Authority.MayEver(action, actor, target.Scope), $"{action}"));
    });

    [Fact]
    public void Nobody_confirms_himself_and_the_second_from_outside_is_not_of_the_branch() => ForAll((dice, target) =>
    {
        var (first, second) = (SomeActor(dice), SomeActor(dice));

        Assert.All(ActionTable.Rows, action =>
        {
            var verdict = Authority.JudgeSecond(action, second, target, first.Person);
            if (verdict.IsAllowed)
            {
                Assert.NotEqual(first.Person, second.Person);
                Assert.False(action.Has(RowRules.SecondFromOutside) && second.Branch == target.Scope.Home);
            }
        });
    });

    [Fact]
    public void An_action_the_table_does_not_know_is_refused() => Check.One(
        Quick,
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), id =>
        {
            var isKnown = id is not null && ActionTable.Rows.Any(row => row.Id == id);
            Assert.True(isKnown || Authority.Judge(id ?? "", Cast.Secretary, Target.Of(Cast.FirstBranch)).Refusal is NoSuchAction);
        }));

    private static void ForAll(Action<SeededDice, Target> check) => Check.One(
        Quick,
        Prop.ForAll(ArbMap.Default.ArbFor<uint>(), seed =>
        {
            var dice = new SeededDice(seed);
            check(dice, SomeTarget(dice));
        }));

    private static Actor SomeActor(SeededDice dice)
    {
        var actor = Cast.Member(dice.Range(11, 14), "某人") with
        {
            Branch = dice.Pick<OrganizationId?>(Cast.First, Cast.First, Cast.Second, null),
            Standing = dice.Pick<Standing?>(Standing.Full, Standing.Full, Standing.Probationary, Standing.Activist, null),
        };
        for (var post = dice.Range(0, 3); post > 0; post--)
        {
            actor = actor.With(dice.Pick(Enum.GetValues<Office>()), dice.Pick(Places), dice.Chance(20));
        }

        return actor;
    }

    private static Target SomeTarget(SeededDice dice)
    {
        var group = Cast.FirstBranch with { Organization = Cast.GroupOfFirst, Kind = OrganizationKind.PartyGroup, Above = [Cast.First, Cast.Department, Cast.College] };
        var scope = dice.Pick(Cast.FirstBranch, Cast.FirstBranch, Cast.SecondBranch, Cast.WholeCollege, group, Scope.Installation);
        var concern = dice.Pick(default, Concern.Nobody, Concern.Of(Cast.Recorder.Person), Concern.Of(Cast.Secretary.Person), Concern.Of(Cast.Somebody));
        return new Target(
            scope,
            concern,
            dice.Chance(15) ? null : dice.Pick(Enum.GetValues<Stage>()),
            dice.Pick<IReadOnlyCollection<PersonId>?>(null, [], [Cast.Secretary.Person]),
            dice.Chance(25),
            dice.Chance(25));
    }
}
