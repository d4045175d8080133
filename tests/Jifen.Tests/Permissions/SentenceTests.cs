using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Permissions;
using Jifen.Scoring.Facts;
using Xunit;

namespace Jifen.Tests.Permissions;

/// <summary>The table read aloud: recusal, the recorder's own points, the deputy, stages, the second person, other branches.</summary>
public sealed class SentenceTests
{
    [Fact]
    public void The_recorder_enters_what_others_did_as_recorder()
    {
        var verdict = Enter(Cast.Recorder, Cast.Plain.Person);

        Assert.True(verdict.IsAllowed);
        Assert.Equal(Role.Recorder, verdict.Role);
        Assert.Equal(Qualifiers.None, verdict.Qualifiers);
    }

    [Fact]
    public void The_recorder_does_not_enter_his_own_points()
    {
        var refusal = Enter(Cast.Recorder, Cast.Recorder.Person).Refusal;

        Assert.IsType<RecorderKeepsNotOwnPoints>(refusal);
        Assert.Equal("JSIT-7①", refusal.Clause);
        Assert.Contains("由书记或副书记登记", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_secretary_enters_the_recorders_points() => Assert.Equal(Role.Secretary, Enter(Cast.Secretary, Cast.Recorder.Person).Role);

    [Fact]
    public void So_does_the_deputy_as_the_clause_says() => Assert.Equal(Role.Secretary, Enter(Cast.Deputy, Cast.Recorder.Person).Role);

    [Fact]
    public void The_secretary_is_not_a_second_recorder() =>
        Assert.IsType<SecretaryKeepsRecordersOnly>(Enter(Cast.Secretary, Cast.Plain.Person).Refusal);

    [Fact]
    public void The_secretarys_points_are_entered_by_the_recorder_and_not_by_himself()
    {
        Assert.Equal(Role.Recorder, Enter(Cast.Recorder, Cast.Secretary.Person).Role);
        Assert.IsType<ConcernsYourself>(Enter(Cast.Secretary, Cast.Secretary.Person).Refusal);
        Assert.False(Enter(Cast.Deputy, Cast.Secretary.Person).IsAllowed);
    }

    [Fact]
    public void A_secretary_who_is_the_recorder_too_leaves_his_own_points_to_the_deputy()
    {
        var both = Cast.Secretary.With(Office.Recorder, Cast.First);
        var scope = Cast.FirstBranch with { Recorders = [both.Person] };
        var target = Target.About(both.Person, scope, Stage.Recording);

        Assert.IsType<RecorderKeepsNotOwnPoints>(Authority.Judge(Actions.RC1EnterDailyRecord, both, target).Refusal);
        Assert.Equal(Role.Secretary, Authority.Judge(Actions.RC1EnterDailyRecord, Cast.Deputy, target).Role);
        Assert.Equal(Role.Recorder, Authority.Judge(Actions.RC1EnterDailyRecord, both, Target.About(Cast.Plain.Person, scope, Stage.Recording)).Role);
    }

    [Fact]
    public void A_deputy_who_is_the_recorder_leaves_his_own_points_to_the_secretary()
    {
        var both = Cast.Deputy.With(Office.Recorder, Cast.First);
        var target = Target.About(both.Person, Cast.FirstBranch with { Recorders = [both.Person] }, Stage.Recording);

        Assert.False(Authority.Judge(Actions.RC1EnterDailyRecord, both, target).IsAllowed);
        Assert.True(Authority.Judge(Actions.RC1EnterDailyRecord, Cast.Secretary, target).IsAllowed);
    }

    [Fact]
    public void A_roll_call_goes_through_without_the_recorders_own_line()
    {
        var all = new[] { Cast.Plain.Person, Cast.Recorder.Person, Cast.Secretary.Person };
        var target = Target.Of(Cast.FirstBranch, Stage.Recording);

        var byRecorder = Authority.JudgeEach(Actions.GA5CallRoll, Cast.Recorder, target, all);
        var bySecretary = Authority.JudgeEach(Actions.GA5CallRoll, Cast.Secretary, target, all);

        Assert.True(byRecorder.IsAllowedForSome);
        Assert.Equal([Cast.Recorder.Person], byRecorder.Excluded.Select(one => one.Person));
        Assert.Equal([Cast.Recorder.Person], bySecretary.Allowed.Select(one => one.Person));
        Assert.False(Authority.JudgeEach(Actions.GA5CallRoll, Cast.Plain, target, all).IsAllowedForSome);
        Assert.False(Authority.JudgeEach(Actions.GA5CallRoll, Cast.Recorder, target, []).IsAllowedForSome);
    }

    [Fact]
    public void Nobody_decides_in_his_own_case_in_whatever_office()
    {
        var officer = Cast.Plain.With(Office.OrganizationOfficer, Cast.College);

        Assert.IsType<ConcernsYourself>(Authority.Judge(Actions.RC4CorrectAfterDecision, officer, Target.About(officer.Person, Cast.FirstBranch, Stage.Settled)).Refusal);
        Assert.True(Authority.Judge(Actions.RC4CorrectAfterDecision, officer, Target.About(Cast.Somebody, Cast.FirstBranch, Stage.Settled)).IsAllowed);
        Assert.IsType<ConcernsYourself>(Authority.Judge(Actions.AC3GrantBranchRole, Cast.Secretary, Target.About(Cast.Secretary.Person, Cast.FirstBranch)).Refusal);
        Assert.IsType<ConcernsYourself>(Authority.Judge(Actions.GA3DecideLeave, Cast.Secretary, Target.About(Cast.Secretary.Person, Cast.FirstBranch)).Refusal);
    }

    [Fact]
    public void A_second_post_does_not_open_what_recusal_closed()
    {
        var both = Cast.Recorder.With(Office.CommitteeMember, Cast.First);

        Assert.True(Authority.Judge(Actions.EX2PrintBranchForms, both, Target.About(Cast.Somebody, Cast.FirstBranch)).IsAllowed);
        Assert.False(Authority.Judge(Actions.EX2PrintBranchForms, both, Target.About(both.Person, Cast.FirstBranch)).IsAllowed);
    }

    [Fact]
    public void Of_two_posts_the_one_that_binds_less_counts()
    {
        var both = Cast.CommitteeMember.With(Office.OrganizationOfficer, Cast.College);
        var verdict = Authority.Judge(Actions.RS5ReadSeparateVolume, both, Target.About(Cast.Somebody, Cast.FirstBranch));

        Assert.Equal((Role.Committee, Qualifiers.None), (verdict.Role, verdict.Qualifiers));
    }

    [Fact]
    public void Office_holders_keep_a_members_rights_for_themselves_and_use_them_as_members()
    {
        foreach (var actor in new[] { Cast.Recorder, Cast.Evaluator, Cast.CommitteeMember, Cast.Secretary })
        {
            var own = Target.About(actor.Person, Cast.FirstBranch, Stage.Recording);

            Assert.Equal(Role.Member, Authority.Judge(Actions.DE1DeclareOwnItem, actor, own).Role);
            Assert.Equal(Role.Member, Authority.Judge(Actions.EV1AttachEvidence, actor, own).Role);
            Assert.Equal(Role.Member, Authority.Judge(Actions.RO4ReadExemptionReason, actor, own).Role);
            Assert.Equal(Role.Member, Authority.Judge(Actions.GA4CheckIn, actor, own).Role);
        }
    }

    [Fact]
    public void An_office_holder_is_no_teller() =>
        Assert.Equal(
            [true, false, false, false, false],
            new[] { Cast.Plain, Cast.Recorder, Cast.Evaluator, Cast.CommitteeMember, Cast.Secretary }
                .Select(actor => Authority.Judge(Actions.MT3ConfirmCount, actor, Target.Of(Cast.FirstBranch, Stage.Meeting)).IsAllowed));

    [Fact]
    public void The_deputy_is_one_of_the_committee_while_the_secretary_can_act() =>
        Assert.False(Authority.Judge(Actions.MT1RunMembersMeeting, Cast.Deputy, Target.Of(Cast.FirstBranch)).IsAllowed);

    [Fact]
    public void The_deputy_is_the_secretary_where_the_secretary_is_concerned()
    {
        Assert.Equal(Role.Secretary, Authority.Judge(Actions.PD3RevealIdentityNumber, Cast.Deputy, Target.About(Cast.Secretary.Person, Cast.FirstBranch)).Role);
        Assert.False(Authority.Judge(Actions.PD3RevealIdentityNumber, Cast.Deputy, Target.About(Cast.Plain.Person, Cast.FirstBranch)).IsAllowed);
    }

    [Fact]
    public void The_deputy_is_the_secretary_while_the_post_is_vacant_or_he_acts()
    {
        var acting = Cast.Deputy with { Posts = [Cast.PostOf(Office.DeputySecretary, Cast.First, isActing: true)] };

        Assert.True(Authority.Judge(Actions.MT1RunMembersMeeting, Cast.Deputy, Target.Of(Cast.FirstBranch with { Secretary = null })).IsAllowed);
        Assert.True(Authority.Judge(Actions.MT1RunMembersMeeting, acting, Target.Of(Cast.FirstBranch)).IsAllowed);
        Assert.False(Authority.Judge(Actions.MT1RunMembersMeeting, Cast.CommitteeMember, Target.Of(Cast.FirstBranch with { Secretary = null })).IsAllowed);
    }

    [Fact]
    public void The_deputys_own_case_goes_back_to_the_secretary()
    {
        var target = Target.About(Cast.Deputy.Person, Cast.FirstBranch, Stage.Reviewing);

        Assert.IsType<ConcernsYourself>(Authority.Judge(Actions.PE2SignReview, Cast.Deputy, target).Refusal);
        Assert.True(Authority.Judge(Actions.PE2SignReview, Cast.Secretary, target).IsAllowed);
    }

    [Fact]
    public void Stage_beats_role_and_says_which_way_is_open_now()
    {
        var refusal = Authority.Judge(Actions.RC1EnterDailyRecord, Cast.Recorder, Target.About(Cast.Plain.Person, Cast.FirstBranch, Stage.OnNotice)).Refusal;

        Assert.IsType<NotInThisStage>(refusal);
        Assert.Contains("现在是“公示异议”阶段", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("大会评定或报送后冲正、更正", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_that_was_not_said_is_no_stage() =>
        Assert.IsType<NotInThisStage>(Authority.Judge(Actions.RC1EnterDailyRecord, Cast.Recorder, Target.About(Cast.Plain.Person, Cast.FirstBranch)).Refusal);

    [Fact]
    public void What_was_not_said_is_never_taken_for_nobody()
    {
        Assert.IsType<ConcernNotSaid>(Authority.Judge(Actions.RC1EnterDailyRecord, Cast.Recorder, new Target(Cast.FirstBranch, Stage: Stage.Recording)).Refusal);
        Assert.IsType<ConcernNotSaid>(Authority.Judge(Actions.RC5ReadOwnPoints, Cast.Plain, new Target(Cast.FirstBranch)).Refusal);
        Assert.IsType<HandlersNotSaid>(Authority.Judge(Actions.SC4ApproveScheme, Cast.Officer, Target.Of(Cast.FirstBranch)).Refusal);
    }

    [Fact]
    public void A_probationary_member_has_no_vote_and_an_officer_from_outside_neither()
    {
        var target = Target.Of(Cast.FirstBranch, Stage.Meeting);
        var sent = Cast.Outsider(50, "派来的书记").With(Office.Secretary, Cast.First);

        Assert.True(Authority.Judge(Actions.MT2Vote, Cast.Plain, target).Needs(Qualifiers.VotingOnly));
        Assert.IsType<HasNoVote>(Authority.Judge(Actions.MT2Vote, Cast.Probationary, target).Refusal);
        Assert.IsType<HasNoVote>(Authority.Judge(Actions.MT2Vote, sent, target).Refusal);
        Assert.False(Authority.Judge(Actions.MT2Vote, Cast.Activist, target).IsAllowed);
    }

    [Fact]
    public void Being_concerned_does_not_take_away_the_plain_vote() =>
        Assert.True(Authority.Judge(Actions.MT2Vote, Cast.Plain, Target.About(Cast.Plain.Person, Cast.FirstBranch, Stage.Meeting)).IsAllowed);

    [Fact]
    public void Who_drafted_recorded_or_signed_it_does_not_judge_it()
    {
        var draft = Target.Of(Cast.FirstBranch) with { Handlers = [Cast.Officer.Person] };
        var objection = Target.About(Cast.Plain.Person, Cast.FirstBranch) with { Handlers = [Cast.CommitteeMember.Person, Cast.Recorder.Person] };

        Assert.IsType<HandledItBefore>(Authority.Judge(Actions.SC4ApproveScheme, Cast.Officer, draft).Refusal);
        Assert.True(Authority.Judge(Actions.SC4ApproveScheme, Cast.SecondOfficer, draft).IsAllowed);
        Assert.IsType<HandledItBefore>(Authority.Judge(Actions.OB3InvestigateObjection, Cast.CommitteeMember, objection).Refusal);
        Assert.True(Authority.Judge(Actions.OB3InvestigateObjection, Cast.Secretary, objection).IsAllowed);
    }

    [Fact]
    public void The_branch_complained_of_does_not_handle_the_appeal()
    {
        var officer = Cast.Plain.With(Office.OrganizationOfficer, Cast.College);
        var target = Target.About(Cast.Somebody, Cast.FirstBranch);

        Assert.IsType<OfTheBranchComplainedOf>(Authority.Judge(Actions.OB6AnswerAppeal, officer, target).Refusal);
        Assert.True(Authority.Judge(Actions.OB6AnswerAppeal, Cast.Officer, target).Needs(Qualifiers.NeedsSecond));
    }

    [Fact]
    public void The_second_person_is_another_one()
    {
        var target = Target.About(Cast.Plain.Person, Cast.FirstBranch, Stage.Reviewing);

        Assert.True(Authority.Judge(Actions.PE2SignReview, Cast.Secretary, target).Needs(Qualifiers.NeedsSecond));
        Assert.IsType<ConfirmedByTheSamePerson>(Authority.JudgeSecond(Actions.PE2SignReview, Cast.Secretary, target, Cast.Secretary.Person).Refusal);
        Assert.True(Authority.JudgeSecond(Actions.PE2SignReview, Cast.CommitteeMember, target, Cast.Secretary.Person).IsAllowed);
        Assert.False(Authority.JudgeSecond(Actions.PE2SignReview, Cast.Recorder, target, Cast.Secretary.Person).IsAllowed);
        Assert.False(Authority.JudgeSecond(Actions.PE2SignReview, Cast.CommitteeMember, target with { Stage = Stage.Decided }, Cast.Secretary.Person).IsAllowed);
    }

    [Fact]
    public void One_of_the_committee_confirms_what_only_a_secretary_may_do()
    {
        var target = Target.About(Cast.Plain.Person, Cast.FirstBranch, Stage.Settled);

        Assert.Equal(Role.Committee, Authority.JudgeSecond(Actions.RS4FileResults, Cast.CommitteeMember, target, Cast.Secretary.Person).Role);
        Assert.Equal(Role.Committee, Authority.JudgeSecond(Actions.RO2ChangeRoster, Cast.Deputy, target, Cast.Secretary.Person).Role);
        Assert.False(Authority.JudgeSecond(Actions.RO2ChangeRoster, Cast.Recorder, target, Cast.Secretary.Person).IsAllowed);
        Assert.IsType<ConcernsYourself>(
            Authority.JudgeSecond(Actions.RO2ChangeRoster, Cast.CommitteeMember, Target.About(Cast.CommitteeMember.Person, Cast.FirstBranch), Cast.Secretary.Person).Refusal);
    }

    [Fact]
    public void Roles_are_granted_with_somebody_from_outside_the_branch()
    {
        var target = Target.About(Cast.Plain.Person, Cast.FirstBranch);
        var officerOfTheBranch = Cast.Plain with { Person = Cast.Officer.Person, Posts = Cast.Officer.Posts };

        Assert.True(Authority.Judge(Actions.AC3GrantBranchRole, Cast.Secretary, target).Needs(Qualifiers.NeedsSecond | Qualifiers.SecondFromOutside));
        Assert.False(Authority.JudgeSecond(Actions.AC3GrantBranchRole, Cast.Deputy, target, Cast.Secretary.Person).IsAllowed);
        Assert.True(Authority.JudgeSecond(Actions.AC3GrantBranchRole, Cast.Officer, target, Cast.Secretary.Person).IsAllowed);
        Assert.IsType<SecondIsOfTheBranch>(Authority.JudgeSecond(Actions.AC3GrantBranchRole, officerOfTheBranch, target, Cast.Secretary.Person).Refusal);
        Assert.False(Authority.JudgeSecond(Actions.AC3GrantBranchRole, Cast.Administrator, target, Cast.Secretary.Person).IsAllowed);
        Assert.True(Authority.JudgeSecond(Actions.AC1CreateAccount, Cast.Administrator, target, Cast.Secretary.Person).IsAllowed);
    }

    [Fact]
    public void An_ended_post_is_worth_nothing_from_the_next_request()
    {
        var ended = Cast.Secretary with { Posts = [] };

        Assert.False(Authority.Judge(Actions.MT1RunMembersMeeting, ended, Target.Of(Cast.FirstBranch)).IsAllowed);
        Assert.Equal(Role.Member, Authority.Judge(Actions.RC6ReadOthersPoints, ended, Target.About(Cast.Somebody, Cast.FirstBranch)).Role);
    }

    [Fact]
    public void The_secretary_of_another_branch_is_nobody_here() =>
        Assert.IsType<NotYourOffice>(Authority.Judge(Actions.RC6ReadOthersPoints, Cast.Secretary, Target.About(Cast.Somebody, Cast.SecondBranch)).Refusal);

    [Fact]
    public void An_officer_reaches_what_is_below_and_not_what_is_beside()
    {
        Assert.True(Authority.Judge(Actions.EX2PrintBranchForms, Cast.Officer, Target.Of(Cast.SecondBranch)).IsAllowed);
        Assert.True(Authority.Judge(Actions.OG1FoundOrganization, Cast.Officer, Target.Of(Cast.WholeCollege)).IsAllowed);
        Assert.False(Authority.Judge(Actions.OG1FoundOrganization, Cast.SecondOfficer, Target.Of(Cast.WholeCollege)).IsAllowed);
        Assert.False(Authority.Judge(Actions.EX2PrintBranchForms, Cast.Officer, Target.Of(Cast.SecondBranch with { Above = [Cast.OtherCollege] })).IsAllowed);
    }

    [Fact]
    public void An_officer_of_the_superior_is_not_made_inside_a_branch() =>
        Assert.False(Authority.Judge(
            Actions.RS3ApproveOutcome,
            Cast.Plain.With(Office.OrganizationOfficer, Cast.First),
            Target.About(Cast.Somebody, Cast.FirstBranch, Stage.Settled)).IsAllowed);

    [Fact]
    public void A_secretary_of_the_college_is_secretary_there_and_not_in_its_branches()
    {
        var secretary = Cast.Outsider(51, "党委书记").With(Office.Secretary, Cast.College);

        Assert.Equal(Role.Secretary, Authority.Judge(Actions.ST1PublishStudySchedule, secretary, Target.Of(Cast.WholeCollege)).Role);
        Assert.False(Authority.Judge(Actions.MT1RunMembersMeeting, secretary, Target.Of(Cast.FirstBranch)).IsAllowed);
        Assert.IsType<OnlyAboveBranches>(Authority.Judge(Actions.ST1PublishStudySchedule, Cast.Secretary, Target.Of(Cast.FirstBranch)).Refusal);
    }

    [Fact]
    public void A_party_group_is_its_branch()
    {
        var group = Cast.FirstBranch with { Organization = Cast.GroupOfFirst, Kind = OrganizationKind.PartyGroup, Above = [Cast.First, Cast.Department, Cast.College] };

        Assert.True(Authority.Judge(Actions.GA1PlanGathering, Cast.Recorder, Target.Of(group)).IsAllowed);
        Assert.True(Authority.Judge(Actions.GA7SeeGatherings, Cast.Plain, Target.Of(group)).IsAllowed);
        Assert.False(Authority.Judge(Actions.GA1PlanGathering, Cast.Plain.With(Office.GroupLeader, Cast.GroupOfFirst), Target.Of(group)).IsAllowed);
    }

    [Fact]
    public void The_administrator_has_the_installation_without_its_content()
    {
        Assert.True(Authority.Judge(Actions.PL1BackUp, Cast.Administrator, Target.Of(Scope.Installation)).IsAllowed);
        Assert.False(Authority.Judge(Actions.PL1BackUp, Cast.Administrator, Target.Of(Scope.Installation)).Needs(Qualifiers.NeedsSecond));
        Assert.True(Authority.Judge(Actions.PL1Restore, Cast.Administrator, Target.Of(Scope.Installation)).Needs(Qualifiers.NeedsSecond));
        Assert.False(Authority.Judge(Actions.RC6ReadOthersPoints, Cast.Administrator, Target.About(Cast.Somebody, Cast.FirstBranch)).IsAllowed);
        Assert.True(Authority.Judge(Actions.LG2VerifyLedger, Cast.Administrator, Target.Of(Cast.FirstBranch)).Needs(Qualifiers.HashesOnly));
    }

    [Fact]
    public void Nobody_alters_the_ledger() => Assert.All(
        Cast.ByRole, actor => Assert.IsType<NobodyMay>(Authority.Judge(Actions.LG4AlterLedger, actor, Target.Of(Cast.FirstBranch)).Refusal));

    [Fact]
    public void Somebody_who_has_not_signed_in_is_told_to()
    {
        var refusal = Authority.Judge(Actions.RC6ReadOthersPoints, null, Target.About(Cast.Somebody, Cast.FirstBranch)).Refusal;

        Assert.EndsWith("请先登录。", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invited_beneficiary_testifies_without_an_account()
    {
        var target = Target.About(Cast.Somebody, Cast.FirstBranch);

        Assert.Equal(Role.MassRepresentative, Authority.Judge(Actions.DE2ReportOthersItem, null, target with { IsInvited = true }).Role);
        Assert.False(Authority.Judge(Actions.DE2ReportOthersItem, null, target).IsAllowed);
    }

    [Fact]
    public void A_one_time_link_is_the_only_way_to_the_first_account()
    {
        var target = Target.Of(Scope.Installation);

        Assert.Equal(Role.Public, Authority.Judge(Actions.SI2UseOneTimeLink, null, target with { IsInvited = true }).Role);
        Assert.IsType<NotInThisStage>(Authority.Judge(Actions.SI2UseOneTimeLink, null, target).Refusal);
    }

    [Fact]
    public void Everybody_signed_in_has_settings_and_a_start_page_of_his_own_even_without_a_post()
    {
        Assert.True(Authority.Judge(Actions.SE1ChangeOwnSettings, Cast.Stranger, Target.About(Cast.Stranger.Person, Scope.Installation)).IsAllowed);
        Assert.IsType<OnlyForOneself>(Authority.Judge(Actions.SE1ChangeOwnSettings, Cast.Stranger, Target.About(Cast.Plain.Person, Scope.Installation)).Refusal);
        Assert.False(Authority.Judge(Actions.HM1SeeStartPage, null, Target.Of(Scope.Installation)).IsAllowed);
    }

    [Fact]
    public void A_notice_is_public_only_where_it_was_opened_and_then_redacted()
    {
        var target = Target.Of(Cast.FirstBranch, Stage.OnNotice);

        Assert.IsType<NotOpenedToWeb>(Authority.Judge(Actions.NO3ReadNotice, null, target).Refusal);
        Assert.True(Authority.Judge(Actions.NO3ReadNotice, null, target with { IsOpenedToWeb = true }).Needs(Qualifiers.Redacted));
    }

    [Fact]
    public void An_account_stopped_during_an_open_vote_is_shown_to_the_tellers()
    {
        Assert.True(Authority.Judge(Actions.AC2DisableAccount, Cast.Administrator, Target.About(Cast.Somebody, Cast.FirstBranch, Stage.Meeting)).Needs(Qualifiers.ShownToTellers));
        Assert.False(Authority.Judge(Actions.AC2DisableAccount, Cast.Administrator, Target.About(Cast.Somebody, Cast.FirstBranch)).Needs(Qualifiers.ShownToTellers));
    }

    [Fact]
    public void Menus_offer_what_may_be_done_in_some_case()
    {
        Assert.True(Authority.MayEver(Actions.RC1EnterDailyRecord, Cast.Secretary, Cast.FirstBranch));
        Assert.True(Authority.MayEver(Actions.MT1RunMembersMeeting, Cast.Deputy, Cast.FirstBranch));
        Assert.False(Authority.MayEver(Actions.RC1EnterDailyRecord, Cast.Plain, Cast.FirstBranch));
        Assert.False(Authority.MayEver(Actions.MT2Vote, Cast.Probationary, Cast.FirstBranch));
        Assert.False(Authority.MayEver(Actions.ST1PublishStudySchedule, Cast.Secretary, Cast.FirstBranch));
        Assert.False(Authority.MayEver(Actions.SE1ChangeOwnSettings, null, Cast.FirstBranch));
        Assert.False(Authority.MayEver(Actions.LG4AlterLedger, Cast.Secretary, Cast.FirstBranch));
    }

    [Fact]
    public void A_refusal_names_who_may_do_it() => Assert.Equal(
        "“登记日常记录”由积分记录员（本人的事除外）、书记（只限记录员本人的积分）办理。您在这个组织没有这样的职务或身份；确需办理，请联系他们。",
        Enter(Cast.Plain, Cast.Somebody).Refusal!.Message);

    [Fact]
    public void An_activist_has_his_own_and_no_more()
    {
        Assert.Equal(Standing.Activist, Cast.Activist.Standing);
        Assert.Equal(Role.Applicant, Authority.Judge(Actions.RC5ReadOwnPoints, Cast.Activist, Target.About(Cast.Activist.Person, Cast.FirstBranch)).Role);
        Assert.IsType<OnlyForOneself>(Authority.Judge(Actions.RC5ReadOwnPoints, Cast.Activist, Target.About(Cast.Plain.Person, Cast.FirstBranch)).Refusal);
    }

    private static Verdict Enter(Actor actor, PersonId about) =>
        Authority.Judge(Actions.RC1EnterDailyRecord, actor, Target.About(about, Cast.FirstBranch, Stage.Recording));
}
