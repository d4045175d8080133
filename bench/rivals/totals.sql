-- jsit-2020 with its example refinement over the tables people(member, first, last) and facts(member, kind, day, quantity, level, content,
-- points), all figures in hundredths: base, bonus, deduction and total of everyone who has a score sheet.
CREATE OR REPLACE TABLE totals AS
WITH counted AS (
  SELECT member, kind, quantity, level, content, points
  FROM facts JOIN people USING (member)
  WHERE kind NOT IN ('会议出席', '组织生活出席', '党费缴纳', '联系师生情况', '第三十一条情形', '违纪') AND day BETWEEN first AND last
),
sums AS (
  SELECT
    member,
    sum(quantity) FILTER (kind = '集中学习') AS study,
    sum(quantity) FILTER (kind = '违规言论') AS speech,
    sum(quantity) FILTER (kind = '严重违规言论') AS grave,
    sum(quantity) FILTER (kind = '会议缺席') AS meetings,
    sum(quantity) FILTER (kind IN ('组织生活迟到', '组织生活早退', '组织生活缺席')) AS life,
    sum(quantity) FILTER (kind IN ('党费未按时', '党费未足额')) AS dues,
    sum(quantity) FILTER (kind = '思想汇报') AS reports,
    sum(CASE kind WHEN '未佩戴标识' THEN quantity // 2 WHEN '投诉或履职不到位' THEN 2 * quantity END) AS role,
    sum(CASE kind WHEN '违反规章请销假' THEN quantity WHEN '不服从或不履职' THEN 2 * quantity
      WHEN '违反八项十项规定' THEN 5 * quantity END) AS discipline,
    sum(quantity) FILTER (kind IN ('弘扬正气', '突发事件突出', '联系帮扶', '意见建议')) AS gained,
    sum(CASE kind
      WHEN '减分情形1' THEN 5 * quantity WHEN '减分情形2' THEN 5 * quantity WHEN '减分情形3' THEN 5 * quantity
      WHEN '减分情形4' THEN 7 * quantity WHEN '减分情形5' THEN 10 * quantity
      WHEN '减分情形6' THEN points * quantity // 100 END) AS deducted
  FROM counted GROUP BY member
),
honours AS (
  SELECT member, 100 * sum(best) AS commended
  FROM (SELECT member, content, max(level) AS best FROM counted WHERE kind = '党内表彰' GROUP BY member, content)
  GROUP BY member
),
sections AS (
  SELECT
    people.member,
    CASE WHEN grave > 0 THEN 0
      ELSE greatest(0, 1200 - 50 * ((greatest(0, 3200 - coalesce(study, 0)) + 99) // 100) - 5 * coalesce(speech, 0)) END
      + greatest(0, 1200 - 2 * coalesce(meetings, 0))
      + greatest(0, 2400 - 2 * coalesce(life, 0))
      + greatest(0, 1200 - 2 * coalesce(dues, 0))
      + greatest(0, 400 - 100 * ((greatest(0, 400 - coalesce(reports, 0)) + 99) // 100))
      + greatest(0, 1200 - coalesce(role, 0))
      + greatest(0, 1200 - coalesce(discipline, 0))
      + 1200 AS base,
    least(1000, 2 * coalesce(gained, 0) + coalesce(commended, 0)) AS bonus,
    -coalesce(deducted, 0) AS deduction
  FROM people LEFT JOIN sums USING (member) LEFT JOIN honours USING (member)
  WHERE first <= last
)
SELECT member, base, bonus, deduction, greatest(0, base + bonus + deduction) AS total FROM sections;
