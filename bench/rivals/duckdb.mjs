// node duckdb.mjs MEMBERS.csv FACTS.csv YEAR THREADS: DuckDB on tables of its own in memory, loaded from the same files. On each line of
// standard input it works out totals.sql once and answers { seconds }; "write FILE" writes the totals for comparison.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';

const [members, facts, year, threads] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const totals = readFileSync(new URL('totals.sql', import.meta.url), 'utf8');

await connection.run(`
  CREATE TABLE people AS
    SELECT (row_number() OVER ())::INTEGER - 1 AS member, 编号 AS id,
      CASE WHEN 免予 IS NOT NULL THEN DATE '9999-01-01' ELSE greatest(coalesce(参加自, DATE '${year}-01-01'), DATE '${year}-01-01') END AS first,
      least(coalesce(参加至, DATE '${year}-12-31'), DATE '${year}-12-31') AS last
    FROM read_csv('${members}', types = { '参加自': 'DATE', '参加至': 'DATE', '免予': 'VARCHAR' });
  CREATE TEMP TABLE rows AS
    SELECT * FROM read_csv('${facts}', types = { '日期': 'DATE', '数量': 'DECIMAL(9,2)', '级别': 'VARCHAR', '分值': 'DECIMAL(9,2)', '状态': 'VARCHAR' });
  CREATE TYPE kinds AS ENUM (SELECT DISTINCT 事实 FROM rows);
  CREATE TABLE facts AS
    SELECT people.member, 事实::kinds AS kind, 日期 AS day, (coalesce(数量, 1) * 100)::INTEGER AS quantity,
      (CASE 级别 WHEN '学校' THEN 1 WHEN '无锡市' THEN 2 WHEN '无锡市以上' THEN 3 ELSE 0 END)::TINYINT AS level, 内容 AS content,
      (分值 * 100)::INTEGER AS points
    FROM rows JOIN people ON people.id = rows.党员
    WHERE 状态 IS NULL OR 状态 = '确认'
    ORDER BY people.member;
  DROP TABLE rows;`);
console.log(JSON.stringify({ ready: true }));

for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith('write ')) {
    await connection.run(`COPY (SELECT * FROM totals ORDER BY member) TO '${line.slice(6)}' (HEADER false)`);
    console.log(JSON.stringify({ written: true }));
    continue;
  }
  const started = process.hrtime.bigint();
  await connection.run(totals);
  console.log(JSON.stringify({ seconds: Number(process.hrtime.bigint() - started) / 1e9 }));
}
