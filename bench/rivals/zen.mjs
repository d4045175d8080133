// node zen.mjs SAMPLE.jsonl: GoRules ZEN over the raw facts of some members. On each line "expressions" or "table" of standard input it
// evaluates everyone once with that graph and answers { seconds, totals: [[base, bonus, deduction, total], …] }.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { ZenEngine } from '@gorules/zen-engine';
import { graphs } from './zen-graphs.mjs';

const inFlight = 256; // the engine evaluates on threads of its own: enough requests keep both cores busy
const members = readFileSync(process.argv[2], 'utf8').trim().split('\n').map(line => JSON.parse(line));
const engine = new ZenEngine();
const decisions = Object.fromEntries(Object.entries(graphs).map(([name, graph]) => [name, engine.createDecision(graph)]));

async function evaluateAll(decision) {
  const results = [];
  for (let first = 0; first < members.length; first += inFlight) {
    results.push(...await Promise.all(members.slice(first, first + inFlight).map(member => decision.evaluate(member))));
  }
  return results;
}

console.log(JSON.stringify({ ready: members.length }));
for await (const name of createInterface({ input: process.stdin })) {
  const started = process.hrtime.bigint();
  const results = await evaluateAll(decisions[name]);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const totals = results.map(({ result }) => [result.base, result.bonus, result.deduction, result.total]);
  console.log(JSON.stringify({ seconds, totals }));
}
