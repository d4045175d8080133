namespace Jifen.Tests.Schemes;

public sealed partial class EditorSchemaTests
{
    // A scheme, a refinement and a case file that use every block; «…» stands in each mapping and names its schema.
    private const string Scheme = """
        办法: { 编号: whole, 名称: 某支部办法, 印发: 2025-01-03 «scheme#/properties/办法» }
        语言版本: 1
        文件版本: 1
        适用周期: { 自: 2025, 至: 至今 «scheme#/properties/适用周期» }
        周期: 自然年
        考评期: 季度
        学期起: [01-01, 08-01]
        年度合成: { 方式: 平均, 依据: 一 «scheme#/properties/年度合成» }
        记分单位: 0.5
        用语: 以上以下含本数
        类别: [甲, 乙]
        任职: [组长]
        条款: { 一: 基础积分 }
        事实:
          迟到: { 编号: late, 记: 次, 谁记: 记录员, 每期: 月, 带: [内容], 多人: 各计 «scheme#/$defs/factKind» }
          表彰: { 编号: praise, 记: 次, 谁记: 申报, 带: [级别], 级别: [校级, 市级] }
          评分: { 编号: mark, 记: 次, 谁记: 群众, 带: [分值], 范围: 0~100 }
          应到: { 编号: due, 记: 人, 谁记: 记录员 }
          学习: { 编号: study, 记: 学时, 谁记: 记录员 }
          谈话: { 编号: talk, 记: 次, 谁记: 上级, 不记分: 只作提示 }
          到会: { 编号: present, 记: 次, 谁记: 记录员, 不记分: 出席记录 }
        登记:
        - { 活动: [党员大会], 到会: 到会, 迟到: [到会], 早退: 到会, 缺席: 不记, 请假: 不记, 补课: 不记, 学时: 学习, 依据: 一, 解释: J1 «scheme#/$defs/attendanceRow» }
        - { 活动: 集中学习, 出席: 不记, 学时: 学习, 依据: 一 «scheme#/$defs/hoursRow» }
        - { 党费: { 按时: 到会, 未按时: [到会, 迟到], 未足额: 迟到, 补缴: 不记 «scheme#/$defs/dues» }, 依据: 一 «scheme#/$defs/duesRow» }
        - { 思想汇报: 到会, 依据: 一 «scheme#/$defs/thoughtReportRow» }
        - { 在外学习: 学习, 依据: 一 «scheme#/$defs/outsideStudyRow» }
        部分:
        - 编号: base
          名称: 基础积分
          依据: 一
          起分: 零分
          封顶: { 甲: 60, 乙: 50 }
          限额: { 每: 年, 至多: 90 «scheme#/$defs/limit» }
          不兼得: [ { 记分: [基1, 基3], 同一: 党员, 依据: 一 «scheme#/$defs/exclusiveRules» } ]
          项目:
          - 编号: meetings
            名称: 组织生活
            封顶: 支部定
            保底: -10
            记分:
            - { 编号: 基1, 每次: 迟到, 扣: 2, 依据: 一, 限额: [ { 每: 月, 次: 1 «scheme#/$defs/timesLimit» } ],
                倍数: [ { 自: 03-01, 至: 05-31, 倍: 2 «scheme#/$defs/multiplier» } ],
                再犯: { 内: 月, 倍: 2 «scheme#/$defs/repeat» }, 整改: { 事实: 迟到, 退还: 50% «scheme#/$defs/repair» } }
            - { 编号: 基2, 按级别: 表彰, 加: { 校级: 1, 市级: 2 }, 依据: 一 }
            - { 编号: 基3, 分段: 学习, 表: [ { 值: 3以上, 加: 2 «scheme#/$defs/bandRow» } ], 依据: 一 }
            - { 编号: 基4, 逐段: 学习, 零头: 舍去, 兼计: 是, 表: [ { 每满: 3, 加: 2 «scheme#/$defs/marginalRow» } ], 依据: 一 }
            - { 编号: 基5, 比率: 学习, 占: 应到, 兼计: 是, 表: [ { 值: 95%以上, 加: 2 «scheme#/$defs/rateRow» } ], 依据: 一 }
            - { 编号: 基6, 排位: 学习, 表: [ { 名次: 前10%, 加: 2 «scheme#/$defs/placingRow» } ], 依据: 一 }
            - { 编号: 基7, 合评: [ { 事实: 评分, 占: 100%, 有效: { 应参加: 应到, 达: 80% «scheme#/$defs/assessor/properties/有效» } «scheme#/$defs/assessor» } ], 缺项: 不计, 依据: 一 }
            - { 编号: 基8, 不足: 学习, 应达: 支部定, 每少: 1, 扣: 支部定, 兼计: 是, 依据: 一 }
            «scheme#/$defs/item»
          «scheme#/$defs/section»
        - { 编号: open, 名称: 余分, 依据: 一, 起分: { 上年总分: 25%, 首年: 40 «scheme#/$defs/start/anyOf/2» }, 封顶: 支部定, 项目: 支部定 }
        总分:
        - { 加: 基础积分 «scheme#/$defs/totalStep/oneOf/0» }
        - { 减: 余分 «scheme#/$defs/totalStep/oneOf/1» }
        - { 封顶: { 分: 100, 依据: 一 «scheme#/$defs/totalCap» } «scheme#/$defs/totalStep/oneOf/2» }
        - { 保底: { 分: -10, 依据: 一 «scheme#/$defs/totalFloor» } «scheme#/$defs/totalStep/oneOf/3» }
        - { 限额: { 每: 年, 至多: 90, 解释: J1 «scheme#/$defs/totalLimit» } «scheme#/$defs/totalStep/oneOf/4» }
        - { 否决: { 事实: 谈话, 总分: 0, 依据: 一 «scheme#/$defs/veto» } «scheme#/$defs/totalStep/oneOf/5» }
        等次:
        - { 等次: 优秀, 总分: 20以上, 条件: { 排名: 靠前 «scheme#/$defs/gradeCondition» }, 依据: 一 «scheme#/$defs/gradeRow» }
        - { 等次: 良好, 总分: 20以上, 依据: 一 }
        - { 等次: 合格, 总分: 低于20, 依据: 一 }
        不评等次: { 身份: [入党积极分子] «scheme#/$defs/ungraded» }
        定档: [ { 编号: 档1, 累计: 谈话, 满: 2, 至多: 合格, 依据: 一 «scheme#/$defs/gradeLimit» } ]
        定义:
          排名: { 范围: 支部 «scheme#/$defs/definitions/properties/排名» }
          排名靠前: { 范围: 支部, 前: 10%, 取整: 舍去, 至少: 1, 并列: 计入, 依据: 一 «scheme#/$defs/definitions/properties/排名靠前» }
          排名靠后: { 范围: 支部, 末: 10%, 取整: 舍去, 至少: 1, 并列: 计入, 依据: 一 «scheme#/$defs/definitions/properties/排名靠后» }
          «scheme#/$defs/definitions»
        结果运用:
        - { 编号: 用1, 条件: { 总分: 20以上 «scheme#/$defs/condition» }, 结果: 表扬, 效力: 优先, 依据: 一,
            名额: { 不超过: 5%, 范围: 支部, 取整: 进一, 超出: 停 «scheme#/$defs/quota» } «scheme#/$defs/outcome» }
        提示: [ { 编号: 提1, 连续: 6, 单位: 月, 无: [迟到], 提示: 谈话, 依据: 一 «scheme#/$defs/hint» } ]
        转办: [ { 事实: 谈话, 转: 上级, 依据: 一 «scheme#/$defs/referral» } ]
        累计账户: { 编号: running, 名称: 滚存, 上年: 100%, 依据: 一 «scheme#/$defs/runningAccount» }
        流程:
        - { 步骤: 评定, 每: 季度, 谁: 党员大会, 天: 5天, 期限: 12-10, 依据: 一, 另: { 记录员本人: 书记 «scheme#/$defs/cycleStep/properties/另» },
            异议: { 向: 支部, 答复: 5天, 提出: 3天, 申诉答复: 20个工作日 «scheme#/$defs/cycleStep/properties/异议» } «scheme#/$defs/cycleStep» }
        免予: { 情形: [ { 种类: 外出, 名称: 长期在外, 依据: 一 «scheme#/$defs/exemptions/properties/情形/items» } ], 手续: [支委会审核, 公示], 公示: 5个工作日, 依据: 一, 解释: J1 «scheme#/$defs/exemptions» }
        解释:
        - { 编号: J1, 类: 空白, 问题: 某处, 采用: 2, 理由: 就低, 状态: 暂行, 说法: [ { 依据: 一, 值: 2 «scheme#/$defs/reading/properties/说法/items» } ] «scheme#/$defs/reading» }
        «scheme#»
        """;

    private const string Refinement = """
        细则: { 编号: branch-1, 名称: 某细则, 细化: whole, 通过: { 会议: 大会, 日期: 2025-01-10 «refinement#/properties/细则/properties/通过» } «refinement#/properties/细则» }
        语言版本: 1
        文件版本: 1
        填:
        - { 记分: 基8, 扣: 0.5, 应达: 32, 依据: 细1 «refinement#/$defs/ruleFilling» }
        - { 部分: open, 封顶: 9, 项目: [], 依据: 细1 «refinement#/$defs/sectionFilling» }
        - { 项目: meetings, 依据: 细1, 封顶: 9 «refinement#/$defs/itemFilling» }
        «refinement#»
        """;

    private const string Cases = """
        办法: whole
        算例:
        - 名称: 一例
          党员: { 身份: 正式党员 «cases#/$defs/member» }
          同支部: { 100: 9, -5.5: 1 }
          上年: { 总分: 65 «cases#/$defs/lastYear» }
          事实: [ { 迟到: 2025-07-31, 数量: 2, 内容: 甲 }, { 学习: 25.5 }, { 表彰: 4次 }, { 谈话 } ]
          应得: { 基础积分: 94.5, 运用: [], 各行: { 基1: -2 } }
          «cases#/$defs/case»
        «cases#/oneOf/0»
        """;
}
