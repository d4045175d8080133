// jsit-2020 with its example refinement as GoRules decision graphs, in the two ways a practitioner would write it. Both read the raw facts
// of one member: { first, last, facts: [{ n, kind, day, quantity, level, content, points }] }; days are numbers, so that no date is parsed.

const inKinds = (...kinds) => kinds.length === 1 ? `#.kind == '${kinds[0]}'` : `#.kind in [${kinds.map(kind => `'${kind}'`).join(', ')}]`;

// 同一内容取最高: the best level among those of one content; of equals the first.
const beaten = 'some(honours as other, other.content == one.content and '
  + '(other.level > one.level or (other.level == one.level and other.n < one.n)))';
const commended = `sum(map(honours as one, ${beaten} ? 0 : one.level))`;

const clamped = (max, change) => `max([0, ${max} + ${change}])`;

function graph(nodes) {
  const all = [{ id: 'in', type: 'inputNode', name: 'in' }, ...nodes, { id: 'out', type: 'outputNode', name: 'out' }];
  return {
    nodes: all.map(node => ({ position: { x: 0, y: 0 }, ...node })),
    edges: all.slice(1).map((node, at) => ({ id: `e${at}`, type: 'edge', sourceId: all[at].id, targetId: node.id })),
  };
}

function expressions(id, fields, passThrough = true) {
  return {
    id,
    type: 'expressionNode',
    name: id,
    content: {
      expressions: Object.entries(fields).map(([key, value], at) => ({ id: `${id}${at}`, key, value })),
      passThrough, inputField: null, outputPath: null, executionMode: 'single',
    },
  };
}

const total = expressions('total', { base: 'base', bonus: 'bonus', deduction: 'deduction', total: 'max([0, base + bonus + deduction])' }, false);

// First narrowed to what scores at all, then one filter for each line of the document.
function byExpressions() {
  const times = (...kinds) => `sum(map(filter(scored, ${inKinds(...kinds)}), #.quantity))`;
  const missing = (required, kind) => `ceil(max([0, ${required} - ${times(kind)}]))`;
  const base = [
    `(some(scored, ${inKinds('grave-speech')}) ? 0 : `
      + `${clamped(12, `0 - 0.5 * ${missing(32, 'group-study')} - 5 * ${times('improper-speech')}`)})`,
    clamped(12, `0 - 2 * ${times('meeting-absent')}`),
    clamped(24, `0 - 2 * ${times('life-late', 'life-left-early', 'life-absent')}`),
    clamped(12, `0 - 2 * ${times('dues-late', 'dues-short')}`),
    clamped(4, `0 - ${missing(4, 'thought-report')}`),
    clamped(12, `0 - 0.5 * ${times('badge-missing')} - 2 * ${times('complaint')}`),
    clamped(12, `0 - ${times('leave-rule')} - 2 * ${times('disobey')} - 5 * ${times('eight-points')}`),
    '12',
  ];
  const chosen = `sum(map(filter(scored, ${inKinds('deduction-6')}), #.points * #.quantity))`;
  const idle = inKinds('meeting-present', 'life-present', 'dues-paid', 'contact', 'article-31', 'breach');
  return graph([
    expressions('counted', { scored: `filter(facts, #.day >= first and #.day <= last and not (${idle}))` }),
    expressions('named', { honours: `filter(scored, ${inKinds('commendation')})` }),
    expressions('sections', {
      base: base.join(' + '),
      bonus: `min([10, 2 * ${times('courage', 'emergency', 'help', 'proposal')} + ${commended}])`,
      deduction: `0 - 5 * ${times('deduction-1', 'deduction-2', 'deduction-3')} - 7 * ${times('deduction-4')} `
        + `- 10 * ${times('deduction-5')} - ${chosen}`,
    }),
    total,
  ]);
}

// The document's table as a decision table, run over every fact that counts; then one sum for each item.
function byDecisionTable() {
  const prices = [
    ['group-study', 'study', 'quantity'], ['improper-speech', 'speech', '-5 * quantity'], ['grave-speech', 'grave', '1'],
    ['meeting-absent', 'meetings', '-2 * quantity'], ['life-late', 'life', '-2 * quantity'], ['life-left-early', 'life', '-2 * quantity'],
    ['life-absent', 'life', '-2 * quantity'], ['dues-late', 'dues', '-2 * quantity'], ['dues-short', 'dues', '-2 * quantity'],
    ['thought-report', 'reports', 'quantity'], ['badge-missing', 'role', '-0.5 * quantity'], ['complaint', 'role', '-2 * quantity'],
    ['leave-rule', 'discipline', '-1 * quantity'], ['disobey', 'discipline', '-2 * quantity'], ['eight-points', 'discipline', '-5 * quantity'],
    ['courage', 'bonus', '2 * quantity'], ['emergency', 'bonus', '2 * quantity'], ['help', 'bonus', '2 * quantity'],
    ['proposal', 'bonus', '2 * quantity'], ['deduction-1', 'deduction', '-5 * quantity'], ['deduction-2', 'deduction', '-5 * quantity'],
    ['deduction-3', 'deduction', '-5 * quantity'], ['deduction-4', 'deduction', '-7 * quantity'], ['deduction-5', 'deduction', '-10 * quantity'],
    ['deduction-6', 'deduction', '0 - points * quantity'],
  ];
  const sum = item => `sum(map(filter(priced, #.item == '${item}'), #.points))`;
  const missing = (required, item) => `ceil(max([0, ${required} - ${sum(item)}]))`;
  return graph([
    expressions('counted', { counted: 'filter(facts, #.day >= first and #.day <= last)' }),
    {
      id: 'prices',
      type: 'decisionTableNode',
      name: 'prices',
      content: {
        hitPolicy: 'first',
        inputs: [{ id: 'kind', name: 'kind', field: 'kind' }],
        outputs: [{ id: 'item', name: 'item', field: 'item' }, { id: 'points', name: 'points', field: 'points' }],
        rules: [
          ...prices.map(([kind, item, points], at) => ({ _id: `r${at}`, kind: `'${kind}'`, item: `'${item}'`, points })),
          { _id: 'rest', kind: '', item: "'none'", points: '0' },
        ],
        passThrough: true, inputField: 'counted', outputPath: 'priced', executionMode: 'loop',
      },
    },
    expressions('named', { honours: `filter(counted, ${inKinds('commendation')})` }),
    expressions('sections', {
      base: [
        `(${sum('grave')} > 0 ? 0 : ${clamped(12, `0 - 0.5 * ${missing(32, 'study')} + ${sum('speech')}`)})`,
        clamped(12, sum('meetings')), clamped(24, sum('life')), clamped(12, sum('dues')),
        clamped(4, `0 - ${missing(4, 'reports')}`), clamped(12, sum('role')), clamped(12, sum('discipline')), '12',
      ].join(' + '),
      bonus: `min([10, ${sum('bonus')} + ${commended}])`,
      deduction: sum('deduction'),
    }),
    total,
  ]);
}

export const graphs = { expressions: byExpressions(), table: byDecisionTable() };
