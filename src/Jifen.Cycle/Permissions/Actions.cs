namespace Jifen.Cycle.Permissions;

/// <summary>Every action by its name. An endpoint, a step, a menu entry and a test name it from here; the table says the rest.</summary>
public static class Actions
{
    // 办法
    public static ActionRow SC1ReadScheme { get; } = ActionTable.Row("SC1");
    public static ActionRow SC2DraftScheme { get; } = ActionTable.Row("SC2");
    public static ActionRow SC3ProposeScheme { get; } = ActionTable.Row("SC3");
    public static ActionRow SC4ApproveScheme { get; } = ActionTable.Row("SC4");

    // 名册
    public static ActionRow RO1ReadRoster { get; } = ActionTable.Row("RO1");
    public static ActionRow RO2ChangeRoster { get; } = ActionTable.Row("RO2");
    public static ActionRow RO3ApplyForExemption { get; } = ActionTable.Row("RO3");
    public static ActionRow RO4ReadExemptionReason { get; } = ActionTable.Row("RO4");

    // 记录与申报
    public static ActionRow RC1EnterDailyRecord { get; } = ActionTable.Row("RC1");
    public static ActionRow RC2CorrectBeforeReview { get; } = ActionTable.Row("RC2");
    public static ActionRow RC3CorrectAfterReview { get; } = ActionTable.Row("RC3");
    public static ActionRow RC4CorrectAfterDecision { get; } = ActionTable.Row("RC4");
    public static ActionRow RC5ReadOwnPoints { get; } = ActionTable.Row("RC5");
    public static ActionRow RC6ReadOthersPoints { get; } = ActionTable.Row("RC6");
    public static ActionRow DE1DeclareOwnItem { get; } = ActionTable.Row("DE1");
    public static ActionRow DE2ReportOthersItem { get; } = ActionTable.Row("DE2");
    public static ActionRow DE3ReadOthersDeclarations { get; } = ActionTable.Row("DE3");
    public static ActionRow DE4SeeReporter { get; } = ActionTable.Row("DE4");
    public static ActionRow EV1AttachEvidence { get; } = ActionTable.Row("EV1");
    public static ActionRow EV2OpenOthersEvidence { get; } = ActionTable.Row("EV2");

    // 评定
    public static ActionRow PE1Review { get; } = ActionTable.Row("PE1");
    public static ActionRow PE2SignReview { get; } = ActionTable.Row("PE2");
    public static ActionRow PE3AnswerFeedback { get; } = ActionTable.Row("PE3");
    public static ActionRow PE4AnswerDefence { get; } = ActionTable.Row("PE4");
    public static ActionRow MT1RunMembersMeeting { get; } = ActionTable.Row("MT1");
    public static ActionRow MT2Vote { get; } = ActionTable.Row("MT2");
    public static ActionRow MT3ConfirmCount { get; } = ActionTable.Row("MT3");
    public static ActionRow MT4SeeRunningTally { get; } = ActionTable.Row("MT4");
    public static ActionRow MA1JudgeAsMasses { get; } = ActionTable.Row("MA1");
    public static ActionRow MA2ReadMassTotals { get; } = ActionTable.Row("MA2");
    public static ActionRow MA3SeeOpinionAuthor { get; } = ActionTable.Row("MA3");

    // 公示、异议、申诉
    public static ActionRow NO1PrepareNotice { get; } = ActionTable.Row("NO1");
    public static ActionRow NO2ReleaseNotice { get; } = ActionTable.Row("NO2");
    public static ActionRow NO3ReadNotice { get; } = ActionTable.Row("NO3");
    public static ActionRow NO4ReadPastNotice { get; } = ActionTable.Row("NO4");
    public static ActionRow OB1ObjectToOwnResult { get; } = ActionTable.Row("OB1");
    public static ActionRow OB2ObjectToOthersResult { get; } = ActionTable.Row("OB2");
    public static ActionRow OB3InvestigateObjection { get; } = ActionTable.Row("OB3");
    public static ActionRow OB4AnswerObjection { get; } = ActionTable.Row("OB4");
    public static ActionRow OB5LodgeAppeal { get; } = ActionTable.Row("OB5");
    public static ActionRow OB6AnswerAppeal { get; } = ActionTable.Row("OB6");
    public static ActionRow OB7SeeOpenCases { get; } = ActionTable.Row("OB7");

    // 结果
    public static ActionRow RS1ReadProposals { get; } = ActionTable.Row("RS1");
    public static ActionRow RS2ProposeOutcome { get; } = ActionTable.Row("RS2");
    public static ActionRow RS3ApproveOutcome { get; } = ActionTable.Row("RS3");
    public static ActionRow RS4FileResults { get; } = ActionTable.Row("RS4");
    public static ActionRow RS5ReadSeparateVolume { get; } = ActionTable.Row("RS5");

    // 证明与日志
    public static ActionRow LG1ReadOwnProof { get; } = ActionTable.Row("LG1");
    public static ActionRow LG2VerifyLedger { get; } = ActionTable.Row("LG2");
    public static ActionRow LG3CountersignCheckpoint { get; } = ActionTable.Row("LG3");
    public static ActionRow LG4AlterLedger { get; } = ActionTable.Row("LG4");
    public static ActionRow RL1SeeWhoLooked { get; } = ActionTable.Row("RL1");
    public static ActionRow RL2ReadAllLogs { get; } = ActionTable.Row("RL2");

    // 数据、账号、平台
    public static ActionRow EX1ExportOwnRecord { get; } = ActionTable.Row("EX1");
    public static ActionRow EX2PrintBranchForms { get; } = ActionTable.Row("EX2");
    public static ActionRow EX3ExportAcrossBranches { get; } = ActionTable.Row("EX3");
    public static ActionRow PD1AskAboutOwnData { get; } = ActionTable.Row("PD1");
    public static ActionRow PD2DecideOnPersonalData { get; } = ActionTable.Row("PD2");
    public static ActionRow PD3RevealIdentityNumber { get; } = ActionTable.Row("PD3");
    public static ActionRow AC1CreateAccount { get; } = ActionTable.Row("AC1");
    public static ActionRow AC2DisableAccount { get; } = ActionTable.Row("AC2");
    public static ActionRow AC3GrantBranchRole { get; } = ActionTable.Row("AC3");
    public static ActionRow AC4GrantRoleAbove { get; } = ActionTable.Row("AC4");
    public static ActionRow PL1BackUp { get; } = ActionTable.Row("PL1");
    public static ActionRow PL1Restore { get; } = ActionTable.Row("PL1/2");
    public static ActionRow PL2ChangeKeys { get; } = ActionTable.Row("PL2");
    public static ActionRow PL3SetCalendar { get; } = ActionTable.Row("PL3");
    public static ActionRow PL4BreakGlass { get; } = ActionTable.Row("PL4");

    // 考评期
    public static ActionRow RN1SeeRounds { get; } = ActionTable.Row("RN1");
    public static ActionRow RN2RunStep { get; } = ActionTable.Row("RN2");
    public static ActionRow RN3ReopenStep { get; } = ActionTable.Row("RN3");
    public static ActionRow RN4EndRecording { get; } = ActionTable.Row("RN4");
    public static ActionRow RS6SettleYear { get; } = ActionTable.Row("RS6");
    public static ActionRow RS7ChooseWithinQuota { get; } = ActionTable.Row("RS7");
    public static ActionRow RS8CarryOutMeasure { get; } = ActionTable.Row("RS8");
    public static ActionRow RS9RecordOwnCharge { get; } = ActionTable.Row("RS9");
    public static ActionRow GD1DecideGrades { get; } = ActionTable.Row("GD1");
    public static ActionRow MT5PutMotion { get; } = ActionTable.Row("MT5");
    public static ActionRow MA4RunEvaluation { get; } = ActionTable.Row("MA4");
    public static ActionRow MA5CastBallot { get; } = ActionTable.Row("MA5");
    public static ActionRow PG1WritePledge { get; } = ActionTable.Row("PG1");

    // 组织
    public static ActionRow OG1FoundOrganization { get; } = ActionTable.Row("OG1");
    public static ActionRow OG2SeeOrganizations { get; } = ActionTable.Row("OG2");
    public static ActionRow OG3ManagePartyGroups { get; } = ActionTable.Row("OG3");
    public static ActionRow IM1ImportRoster { get; } = ActionTable.Row("IM1");

    // 活动与学习
    public static ActionRow GA1PlanGathering { get; } = ActionTable.Row("GA1");
    public static ActionRow GA2AskForLeave { get; } = ActionTable.Row("GA2");
    public static ActionRow GA3DecideLeave { get; } = ActionTable.Row("GA3");
    public static ActionRow GA4CheckIn { get; } = ActionTable.Row("GA4");
    public static ActionRow GA5CallRoll { get; } = ActionTable.Row("GA5");
    public static ActionRow GA6FileMinutes { get; } = ActionTable.Row("GA6");
    public static ActionRow GA7SeeGatherings { get; } = ActionTable.Row("GA7");
    public static ActionRow GA8ShowCheckInCode { get; } = ActionTable.Row("GA8");
    public static ActionRow ST1PublishStudySchedule { get; } = ActionTable.Row("ST1");
    public static ActionRow ST2SeeWhoHeldStudy { get; } = ActionTable.Row("ST2");
    public static ActionRow ST3ReadStudySchedule { get; } = ActionTable.Row("ST3");
    public static ActionRow DU1EnterDues { get; } = ActionTable.Row("DU1");
    public static ActionRow TR1HandInThoughtReport { get; } = ActionTable.Row("TR1");
    public static ActionRow TR2ReceiveThoughtReport { get; } = ActionTable.Row("TR2");

    // 登录与页面
    public static ActionRow SI1SignIn { get; } = ActionTable.Row("SI1");
    public static ActionRow SI2UseOneTimeLink { get; } = ActionTable.Row("SI2");
    public static ActionRow SE1ChangeOwnSettings { get; } = ActionTable.Row("SE1");
    public static ActionRow HM1SeeStartPage { get; } = ActionTable.Row("HM1");
    public static ActionRow HL1ReadPublicPages { get; } = ActionTable.Row("HL1");
    public static ActionRow HL2ReadMetrics { get; } = ActionTable.Row("HL2");
    public static ActionRow DV1SeeComponents { get; } = ActionTable.Row("DV1");

    // 免予积分
    public static ActionRow RO5DecideExemption { get; } = ActionTable.Row("RO5");
    public static ActionRow RO6FileExemption { get; } = ActionTable.Row("RO6");
}
