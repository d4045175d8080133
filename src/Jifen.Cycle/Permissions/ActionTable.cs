using System.Collections.Immutable;

namespace Jifen.Cycle.Permissions;

/// <summary>
/// The one table of actions: role × action, with the stages and rules that hold for a row. Menu, handler, test and document read it.
/// The cells are those of the authorization section of the design (signs: <see cref="Cell.Legend"/>); the last topics are pages it does
/// not name (docs/decisions/0006-action-table.md). Read once; a table that is not written right stops the program.
/// </summary>
/// <remarks>
/// during: the stages of the round in which anybody may. s: the stages of the cells marked s, of one role where a letter stands before it;
/// without stages only an invitation opens them. rules: <see cref="RowRules"/>. A name with ／ and a cell with / are two actions, PL1 and PL1/2.
/// </remarks>
public static class ActionTable
{
    private const string Text = """
        | id  | action                                     | P  | G  | A  | M  | R  | E  | C  | S  | O  | L  | D  | X   | during               | s                             | rules            | clause  |
        ## 办法
        | SC1 | 查看现行和历次办法                         | –  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●   |                      |                               |                  |         |
        | SC2 | 起草、细化办法                             | –  | –  | –  | –  | –  | ●  | ●  | ●  | ●  | ●  | –  | –   |                      |                               |                  | JSUL-1  |
        | SC3 | 提请大会讨论办法                           | –  | –  | –  | –  | –  | –  | –  | 2  | –  | –  | –  | –   |                      |                               |                  | JSUL-1  |
        | SC4 | 批准办法（不批自己起草的）                 | –  | –  | –  | –  | –  | –  | –  | –  | 2  | 2  | –  | –   |                      |                               | handlers outside | JSUL-1  |
        ## 名册
        | RO1 | 查看参加积分管理的名单和类别               | –  | r  | o  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | –   |                      |                               |                  |         |
        | RO2 | 增加、转接、改类别、终止                   | –  | –  | –  | –  | –  | –  | –  | 2  | 2  | –  | –  | –   |                      |                               | recuse           |         |
        | RO3 | 申请不参加积分管理                         | –  | –  | –  | o  | o  | o  | o  | o  | –  | –  | –  | –   |                      |                               |                  | JSIT-1  |
        | RO4 | 查看不参加的理由和证明                     | –  | –  | –  | o  | o  | o  | ▲  | ▲  | j  | –  | j  | –   |                      |                               |                  | JSIT-1  |
        ## 记录与申报
        | RC1 | 登记日常记录                               | –  | –  | –  | –  | ▲  | –  | –  | K  | –  | –  | –  | –   | recording..reviewing |                               | recuse           | JSIT-7① |
        | RC2 | 初评前冲正、更正                           | –  | –  | –  | –  | ▲  | –  | ▲  | K  | –  | –  | –  | –   | recording..reviewing |                               | recuse           | JSIT-7① |
        | RC3 | 初评后冲正、更正                           | –  | –  | –  | –  | –  | –  | ▲2 | ▲2 | –  | –  | –  | –   | reviewed..meeting    |                               | recuse           | JSIT-7③ |
        | RC4 | 大会评定或报送后冲正、更正                 | –  | –  | –  | –  | –  | –  | –  | ▲2 | 2  | –  | –  | –   | decided..filed       |                               | recuse outside   | JSIT-7④ |
        | RC5 | 看自己的记录、积分、名次、历史             | –  | –  | o  | o  | o  | o  | o  | o  | –  | –  | –  | –   |                      |                               |                  | YXNU-5  |
        | RC6 | 看他人的记录：项目、事实、条款、分值       | –  | s  | –  | ●  | ●  | ●  | ●  | ●  | j  | ●  | j  | –   |                      | mass-evaluation               |                  |         |
        | DE1 | 申报本人事项、评审前撤回                   | –  | –  | o  | o  | o  | o  | o  | o  | –  | –  | –  | –   | recording            |                               |                  | JSIT-7② |
        | DE2 | 报告他人事项、受惠作证                     | –  | s  | –  | ●  | ●  | ●  | ●  | ●  | –  | –  | –  | –   |                      | recording..reviewing          |                  | JSIT-7② |
        | DE3 | 评审前看他人的申报                         | –  | –  | –  | –  | –  | ▲  | ▲  | ▲  | j  | –  | j  | –   |                      |                               |                  | JSIT-7③ |
        | DE4 | 看是谁报告的                               | –  | –  | –  | –  | –  | –  | ▲  | ▲  | –  | –  | j  | –   |                      |                               |                  |         |
        | EV1 | 给本人事项、本人核实结论附佐证             | –  | s  | o  | o  | ▲  | ▲  | ▲  | ▲  | ●  | ●  | ●  | –   |                      | recording..mass-evaluation    |                  |         |
        | EV2 | 打开他人的佐证                             | –  | –  | –  | s  | s  | s▲ | ▲  | ▲  | j  | –  | j  | –   |                      | meeting, E reviewing..meeting |                  |         |
        ## 评定
        | PE1 | 核实、初评（考绩）、写结论                 | –  | –  | –  | –  | –  | ▲  | ▲  | ▲  | –  | –  | –  | –   | reviewing            |                               | recuse           | JSIT-7③ |
        | PE2 | 签署初评                                   | –  | –  | –  | –  | –  | ▲2 | ▲2 | ▲2 | –  | –  | –  | –   | reviewing            |                               | recuse           | JSIT-7③ |
        | PE3 | 逐人反馈：查看、申辩                       | –  | –  | o  | o  | o  | o  | o  | o  | –  | –  | –  | –   | reviewed..decided    |                               |                  | DIST-4③ |
        | PE4 | 听取、答复申辩                             | –  | –  | –  | –  | –  | ▲  | ▲  | ▲  | –  | –  | –  | –   | reviewed..decided    |                               | recuse           | DIST-4③ |
        | MT1 | 召集、开始、结束党员大会                   | –  | –  | –  | –  | –  | –  | –  | ●  | –  | –  | –  | –   |                      |                               |                  | JSIT-7④ |
        | MT2 | 签到表决：公开或无记名                     | –  | –  | –  | sV | sV | sV | sV | sV | –  | –  | –  | –   |                      | meeting                       |                  | JSIT-7④ |
        | MT3 | 监票：确认计票（两人，与事无关）           | –  | –  | –  | s2 | –  | –  | –  | –  | –  | –  | –  | –   |                      | meeting                       | recuse           | JSIT-7④ |
        | MT4 | 看未结束的计票、任何一张选票               | –  | –  | –  | –  | –  | –  | –  | –  | –  | –  | –  | –   |                      |                               |                  |         |
        | MA1 | 以群众代表身份评议                         | –  | s  | –  | –  | –  | –  | –  | –  | –  | –  | –  | –   |                      | mass-evaluation               |                  | JSUL-2  |
        | MA2 | 评议结束后看汇总                           | –  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | –   | meeting..filed       |                               |                  | JSUL-2  |
        | MA3 | 看哪条意见是谁写的                         | –  | –  | –  | –  | –  | –  | –  | –  | –  | –  | j  | –   |                      |                               |                  |         |
        ## 公示、异议、申诉
        | NO1 | 拟公示                                     | –  | –  | –  | –  | –  | –  | ●  | ●  | –  | –  | –  | –   |                      |                               |                  | JSIT-7⑤ |
        | NO2 | 审查（保密、准确、必要）并发布公示         | –  | –  | –  | –  | –  | –  | 2  | 2  | 2  | –  | –  | –   |                      |                               |                  | JSIT-7⑤ |
        | NO3 | 在公示期和范围内看公示                     | w  | r  | r  | r  | r  | r  | r  | r  | r  | r  | r  | –   | on-notice            |                               |                  | JSIT-7⑤ |
        | NO4 | 公示期后看公示                             | –  | –  | –  | o  | o  | o  | ●  | ●  | ●  | ●  | ●  | –   | settled..filed       |                               |                  |         |
        | OB1 | 对本人结果提异议                           | –  | –  | o  | o  | o  | o  | o  | o  | –  | –  | –  | –   | on-notice            |                               |                  | JSIT-7⑤ |
        | OB2 | 对他人结果或工作提异议                     | w  | s  | s  | ●  | ●  | ●  | ●  | ●  | –  | –  | –  | –   |                      | on-notice                     |                  | JSIT-7⑤ |
        | OB3 | 调查异议（记录、签署的人不调查）           | –  | –  | –  | –  | –  | –  | ▲  | ▲  | ▲  | ▲  | –  | –   |                      |                               | recuse handlers  | JSIT-7⑤ |
        | OB4 | 决定异议、答复、下次大会通报               | –  | –  | –  | –  | –  | –  | ▲2 | ▲2 | –  | –  | –  | –   |                      |                               | recuse           | JSIT-7⑤ |
        | OB5 | 越过支部向上级申诉                         | –  | o  | o  | o  | o  | o  | o  | o  | –  | –  | –  | –   |                      |                               |                  | JSIT-7⑤ |
        | OB6 | 处理、答复申诉                             | –  | –  | –  | –  | –  | –  | –  | –  | ▲2 | ▲2 | –  | –   |                      |                               | recuse apart     | JSIT-7⑤ |
        | OB7 | 看未结的事项和期限                         | –  | –  | o  | o  | o  | o  | ●  | ●  | ●  | ●  | ●  | –   |                      |                               |                  | JSIT-7⑤ |
        ## 结果
        | RS1 | 看算出的建议（总分、等次、人选）           | –  | –  | o  | o  | o  | ●  | ●  | ●  | ●  | ●  | j  | –   |                      |                               |                  |         |
        | RS2 | 提出结果运用                               | –  | –  | –  | –  | –  | –  | ▲  | ▲  | –  | ▲  | –  | –   | decided..filed       |                               | recuse           |         |
        | RS3 | 大会表决后批准结果运用                     | –  | –  | –  | –  | –  | –  | –  | –  | 2  | –  | –  | –   | settled..filed       |                               | recuse           |         |
        | RS4 | 报送上级；接收、退回                       | –  | –  | –  | –  | –  | –  | –  | 2  | ●  | –  | –  | –   | settled..filed       |                               |                  | JSIT-7⑥ |
        | RS5 | 看预警、谈话、处置材料（专卷）             | –  | –  | o  | o  | o  | o  | ●  | ●  | j  | –  | j  | –   |                      |                               |                  |         |
        ## 证明与日志
        | LG1 | 自己的回执和入账证明                       | –  | o  | o  | o  | o  | o  | o  | o  | –  | –  | –  | –   |                      |                               |                  |         |
        | LG2 | 核验支部及以下的账                         | –  | –  | –  | –  | –  | –  | ●  | ●  | ●  | ●  | ●  | h   |                      |                               |                  |         |
        | LG3 | 会签检查点（见证）                         | –  | –  | –  | –  | –  | –  | –  | –  | ●  | –  | ●  | –   |                      |                               |                  |         |
        | LG4 | 修改、删除已入账的内容、日志、已报送的版本 | –  | –  | –  | –  | –  | –  | –  | –  | –  | –  | –  | –   |                      |                               |                  |         |
        | RL1 | 谁看过我的信息                             | –  | o  | o  | o  | o  | o  | o  | o  | o  | o  | o  | –   |                      |                               |                  |         |
        | RL2 | 全部查看和操作日志                         | –  | –  | –  | –  | –  | –  | –  | –  | –  | –  | j  | –   |                      |                               |                  |         |
        ## 数据、账号、平台
        | EX1 | 导出本人记录                               | –  | –  | o  | o  | o  | o  | o  | o  | –  | –  | –  | –   |                      |                               |                  |         |
        | EX2 | 支部的表格（附件2至4、登记表）             | –  | –  | –  | –  | ▲  | ●  | ●  | ●  | ●  | ●  | j  | –   |                      |                               |                  |         |
        | EX3 | 跨支部导出                                 | –  | –  | –  | –  | –  | –  | –  | –  | 2  | 2  | j  | –   |                      |                               |                  |         |
        | PD1 | 要求复制、更正、删除本人信息               | –  | o  | o  | o  | o  | o  | o  | o  | o  | o  | o  | o   |                      |                               |                  |         |
        | PD2 | 决定上述要求；到期删除                     | –  | –  | –  | –  | –  | –  | –  | 2  | 2  | –  | –  | –   |                      |                               | recuse           |         |
        | PD3 | 显示身份证号、电话                         | –  | –  | –  | –  | –  | –  | –  | j  | j  | –  | j  | –   |                      |                               |                  |         |
        | AC1 | 开账号、与人绑定                           | –  | –  | –  | –  | –  | –  | –  | 2  | 2  | –  | –  | 2   |                      |                               | recuse outside   |         |
        | AC2 | 停用账号、结束登录（立即）                 | –  | o  | o  | o  | o  | o  | o  | 2  | 2  | o  | ●  | ●   |                      |                               | outside tellers  |         |
        | AC3 | 任免支部职务                               | –  | –  | –  | –  | –  | –  | –  | 2  | 2  | –  | –  | –   |                      |                               | recuse outside   |         |
        | AC4 | 任免组织员、领导小组、纪检、管理员         | –  | –  | –  | –  | –  | –  | –  | –  | 2  | –  | 2  | –   |                      |                               | recuse outside   |         |
        | PL1 | 备份、升级／恢复                           | –  | –  | –  | –  | –  | –  | –  | –  | –  | –  | –  | ●/2 |                      |                               |                  |         |
        | PL2 | 密钥、时钟、审计设置                       | –  | –  | –  | –  | –  | –  | –  | –  | –  | –  | 2  | 2   |                      |                               |                  |         |
        | PL3 | 节假日历、期限缺省值                       | –  | –  | –  | –  | –  | –  | –  | –  | ●  | –  | –  | –   |                      |                               |                  |         |
        | PL4 | 在应用之外动业务数据（紧急）               | –  | –  | –  | –  | –  | –  | –  | –  | –  | –  | 2  | 2   |                      |                               |                  |         |
        ## 考评期
        | RN1 | 看考评期走到哪一步                         | –  | –  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | –   |                      |                               |                  |         |
        | RN2 | 开始、办完考评期的环节                     | –  | –  | –  | –  | –  | ●  | ●  | ●  | –  | –  | –  | –   |                      |                               |                  |         |
        | RN3 | 重新开启已办完的环节                       | –  | –  | –  | –  | –  | –  | –  | 2  | 2  | –  | –  | –   |                      |                               | outside          |         |
        | RN4 | 办完由记录员办的记录环节                   | –  | –  | –  | –  | ●  | –  | ●  | ●  | –  | –  | –  | –   |                      |                               |                  |         |
        | RS6 | 汇总定分                                   | –  | –  | –  | –  | –  | –  | –  | 2  | –  | –  | –  | –   |                      |                               |                  | JSIT-7⑥ |
        | RS7 | 名额超出时记下大会的取舍                   | –  | –  | –  | –  | –  | –  | ▲2 | ▲2 | 2  | –  | –  | –   |                      |                               | recuse           | JSUL-5  |
        | RS8 | 落实帮教措施、登记转办                     | –  | –  | –  | –  | –  | –  | ▲  | ▲  | ▲  | –  | –  | –   |                      |                               | recuse           | JSIT-5  |
        | RS9 | 记由本人负责的措施做了什么                 | –  | –  | –  | o  | o  | o  | o  | o  | o  | o  | o  | –   |                      |                               |                  | JSIT-5  |
        | GD1 | 记下会议定的等次                           | –  | –  | –  | –  | –  | –  | ▲2 | ▲2 | 2  | –  | –  | –   |                      |                               | recuse           | YXNU-4  |
        | MT5 | 提出、撤回议题                             | –  | –  | –  | –  | –  | –  | ●  | ●  | –  | –  | –  | –   |                      |                               |                  | JSIT-7④ |
        | MA4 | 组织群众评议、民主测评：发票、收票         | –  | –  | –  | –  | –  | –  | ●  | ●  | –  | –  | –  | –   |                      |                               |                  | JSUL-2  |
        | MA5 | 凭一次性选票投票（不登录、不记名）         | s  | s  | s  | s  | s  | s  | s  | s  | s  | s  | s  | s   |                      |                               |                  | JSUL-2  |
        | PG1 | 写本人的承诺、自评                         | –  | –  | –  | o  | o  | o  | o  | o  | –  | –  | –  | –   |                      |                               |                  | JSUL-2  |
        ## 组织
        | OG1 | 设立、更名、调整党组织                     | –  | –  | –  | –  | –  | –  | –  | –  | ●  | –  | –  | –   |                      |                               |                  |         |
        | OG2 | 看组织树和任职                             | –  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●   |                      |                               |                  |         |
        | OG3 | 设立党小组、调整分组                       | –  | –  | –  | –  | –  | –  | –  | ●  | ●  | –  | –  | –   |                      |                               |                  |         |
        | IM1 | 导入名册                                   | –  | –  | –  | –  | –  | –  | –  | 2  | 2  | –  | –  | –   |                      |                               |                  |         |
        ## 活动与学习
        | GA1 | 安排、改期、取消活动                       | –  | –  | –  | –  | ●  | –  | ●  | ●  | –  | –  | –  | –   |                      |                               |                  |         |
        | GA2 | 请假                                       | –  | –  | o  | o  | o  | o  | o  | o  | –  | –  | –  | –   |                      |                               |                  |         |
        | GA3 | 批假                                       | –  | –  | –  | –  | –  | –  | ▲  | ▲  | –  | –  | –  | –   |                      |                               | recuse           |         |
        | GA4 | 扫码签到                                   | –  | –  | o  | o  | o  | o  | o  | o  | –  | –  | –  | –   |                      |                               |                  | JSIT-3  |
        | GA5 | 点名、补录出席                             | –  | –  | –  | –  | ▲  | –  | –  | K  | –  | –  | –  | –   | recording..reviewing |                               | recuse           | JSIT-7① |
        | GA6 | 记会议记录                                 | –  | –  | –  | –  | ●  | –  | ●  | ●  | –  | –  | –  | –   |                      |                               |                  |         |
        | GA7 | 看活动安排                                 | –  | –  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | –   |                      |                               |                  |         |
        | GA8 | 出示签到码                                 | –  | –  | –  | –  | ●  | –  | ●  | ●  | –  | –  | –  | –   |                      |                               |                  |         |
        | ST1 | 发布学习教育安排                           | –  | –  | –  | –  | –  | –  | –  | ●  | ●  | –  | –  | –   |                      |                               | above            | STUD    |
        | ST2 | 看哪些支部已开展                           | –  | –  | –  | –  | ●  | –  | ●  | ●  | ●  | ●  | ●  | –   |                      |                               |                  | STUD    |
        | ST3 | 看学习教育安排                             | –  | –  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | –   |                      |                               |                  | STUD    |
        | DU1 | 登记党费                                   | –  | –  | –  | –  | ▲  | –  | –  | K  | –  | –  | –  | –   | recording..reviewing |                               | recuse           | JSIT-7① |
        | TR1 | 交思想汇报                                 | –  | –  | o  | o  | o  | o  | o  | o  | –  | –  | –  | –   |                      |                               |                  | JSIT-3  |
        | TR2 | 收思想汇报                                 | –  | –  | –  | –  | ▲  | –  | –  | K  | –  | –  | –  | –   | recording..reviewing |                               | recuse           | JSIT-7① |
        ## 登录与页面
        | SI1 | 登录、退出                                 | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●   |                      |                               |                  |         |
        | SI2 | 用一次性链接（首位组织员、重设密码）       | s  | s  | s  | s  | s  | s  | s  | s  | s  | s  | s  | s   |                      |                               |                  |         |
        | SE1 | 本人设置、密码、登录的设备                 | o  | o  | o  | o  | o  | o  | o  | o  | o  | o  | o  | o   |                      |                               |                  |         |
        | HM1 | 本人的首页                                 | o  | o  | o  | o  | o  | o  | o  | o  | o  | o  | o  | o   |                      |                               |                  |         |
        | HL1 | 帮助和公开页面                             | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●  | ●   |                      |                               |                  |         |
        | HL2 | 运行指标                                   | w  | –  | –  | –  | –  | –  | –  | –  | –  | –  | ●  | ●   |                      |                               |                  |         |
        | DV1 | 开发用的组件页                             | –  | –  | –  | –  | –  | –  | –  | –  | –  | –  | –  | ●   |                      |                               |                  |         |
        ## 免予积分
        | RO5 | 审核免予申请、登记大会表决                 | –  | –  | –  | –  | –  | –  | ▲  | ▲  | –  | –  | –  | –   |                      |                               | recuse           | JSIT-1  |
        | RO6 | 免予积分备案                               | –  | –  | –  | –  | –  | –  | –  | –  | ●  | –  | –  | –   |                      |                               | recuse           | DIST-1  |
        """;

    private const int FirstCell = 2;

    private static readonly int RoleCount = RoleText.All.Length;

    /// <summary>In the order of the table.</summary>
    public static ImmutableArray<ActionRow> Rows { get; } = Read(Text);

    private static readonly ImmutableDictionary<string, ActionRow> ById = Rows.ToImmutableDictionary(row => row.Id, StringComparer.Ordinal);

    /// <summary>null: there is no such action, and nobody may do it.</summary>
    public static ActionRow? Find(string id) => ById.GetValueOrDefault(id);

    internal static ActionRow Row(string id) => ById[id];

    /// <exception cref="FormatException">the table is not written right</exception>
    internal static ImmutableArray<ActionRow> Read(string text)
    {
        var rows = new List<ActionRow>();
        var topic = "";
        var hasHead = false;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                topic = line[3..];
            }
            else if (hasHead)
            {
                rows.AddRange(RowsOf(ColumnsOf(line), topic));
            }
            else
            {
                CheckHead(ColumnsOf(line));
                hasHead = true;
            }
        }

        Demand(rows.Select(row => row.Id).Distinct(StringComparer.Ordinal).Count() == rows.Count, "an id stands twice");
        return [.. rows];
    }

    private static string[] ColumnsOf(string line)
    {
        Demand(line.StartsWith('|') && line.EndsWith('|'), $"not a row: {line}");
        var columns = line[1..^1].Split('|', StringSplitOptions.TrimEntries);
        Demand(columns.Length == FirstCell + RoleCount + 4, $"{columns.Length} columns: {line}");
        return columns;
    }

    private static void CheckHead(string[] columns) => Demand(
        columns[FirstCell..(FirstCell + RoleCount)].SequenceEqual(RoleText.All.Select(role => $"{role.Letter()}")),
        "the columns are not the roles in their order");

    private static IEnumerable<ActionRow> RowsOf(string[] columns, string topic)
    {
        var (line, name) = (columns[0], columns[1]);
        Demand(topic.Length > 0 && name.Length > 0 && IsId(line), $"{line}: id, name or topic");
        var cells = columns[FirstCell..(FirstCell + RoleCount)];
        var parts = cells.Any(cell => cell.Contains('/', StringComparison.Ordinal)) ? 2 : 1;
        var names = name.Split('／');
        Demand(names.Length == parts, $"{line}: as many parts in the name as in its cells");
        for (var part = 0; part < parts; part++)
        {
            yield return RowOf(
                part == 0 ? line : $"{line}/{part + 1}",
                line,
                names[part],
                topic,
                [.. cells.Select(cell => Cell.Parse(cell.Split('/') is { Length: 2 } both ? both[part] : cell))],
                columns[(FirstCell + RoleCount)..]);
        }
    }

    private static bool IsId(string line) =>
        line.Length == 3 && char.IsAsciiLetterUpper(line[0]) && char.IsAsciiLetterUpper(line[1]) && char.IsAsciiDigit(line[2]);

    private static ActionRow RowOf(string id, string line, string name, string topic, ImmutableArray<Cell> cells, string[] rest)
    {
        var stages = StagesOf(id, rest[1], cells);
        var rules = RulesOf(id, rest[2]);
        Demand(
            !rules.HasFlag(RowRules.SecondFromOutside) || cells.Any(cell => cell.Has(Marks.SecondPerson)),
            $"{id}: a second person from outside, and no cell asks for one");
        Demand(!rules.HasFlag(RowRules.SecretaryAboveBranches) || !cells[(int)Role.Secretary].IsDenied, $"{id}: above, and no secretary");
        return new ActionRow(
            id, line, name, topic, cells, rest[0].Length == 0 ? null : SpanOf(id, rest[0]), stages, rules, rest[3].Length == 0 ? null : rest[3]);
    }

    /// <summary>meeting, E reviewing..meeting</summary>
    private static ImmutableDictionary<Role, StageSpan> StagesOf(string id, string text, ImmutableArray<Cell> cells)
    {
        var marked = RoleText.All.Where(role => cells[(int)role].Has(Marks.InStage)).ToList();
        var stages = ImmutableDictionary<Role, StageSpan>.Empty;
        foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (entry.Length > 2 && entry[1] == ' ')
            {
                var role = RoleText.OfLetter(entry[0]) ?? throw new FormatException($"Table of actions: {id}: no role {entry[0]}");
                Demand(marked.Contains(role), $"{id}: a stage for {entry[0]}, whose cell has no s");
                stages = stages.SetItem(role, SpanOf(id, entry[2..]));
            }
            else
            {
                Demand(marked.Count > 0 && stages.IsEmpty, $"{id}: stages of all cells stand first, and there is a cell with s");
                stages = stages.AddRange(marked.Select(role => KeyValuePair.Create(role, SpanOf(id, entry))));
            }
        }

        Demand(stages.IsEmpty || stages.Count == marked.Count, $"{id}: a cell with s has no stage");
        return stages;
    }

    private static StageSpan SpanOf(string id, string text)
    {
        var ends = text.Split("..");
        var (first, last) = (StageText.OfKey(ends[0]), StageText.OfKey(ends[^1]));
        Demand(ends.Length <= 2 && first is not null && last is not null && first <= last, $"{id}: {text} is no stage");
        return new StageSpan(first!.Value, last!.Value);
    }

    private static RowRules RulesOf(string id, string text)
    {
        var rules = RowRules.None;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            rules |= word switch
            {
                "recuse" => RowRules.Recuse,
                "handlers" => RowRules.NotHandlers,
                "apart" => RowRules.NotOfTheBranch,
                "outside" => RowRules.SecondFromOutside,
                "above" => RowRules.SecretaryAboveBranches,
                "tellers" => RowRules.ShownToTellers,
                _ => throw new FormatException($"Table of actions: {id}: no rule {word}"),
            };
        }

        return rules;
    }

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException($"Table of actions: {otherwise}");
        }
    }
}
