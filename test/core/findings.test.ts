// Plays stories and writes down what the live diagnosis tells of them.
import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../source/core/diagnoses.ts';
import type { Diagnosis } from '../../source/core/event.ts';
import { explanationOf } from '../../source/core/findings/explanation.ts';
import { type Finding, usualMembership } from '../../source/core/findings/finding.ts';
import { Findings } from '../../source/core/findings.ts';
import { fold } from '../../source/core/fold.ts';
import { newState } from '../../source/core/state.ts';
import { causeText, diagnosisWords, remedyText } from '../../source/words/diagnosis.ts';
import { type DiagnosisScenario, diagnosisScenarios } from '../scenarios/diagnosis.ts';
import { play } from '../scenarios/play.ts';
import { group, lines, start } from '../scenarios/scenario.ts';

type Told = Finding & { after: number };

function tellAll(scenario: DiagnosisScenario): Told[] {
  const { name, story, until, heartbeat = 1000, asked = 4096, membership = usualMembership } = scenario;
  let now = start;
  const findings = new Findings({
    heartbeat,
    receiveBuffer: asked,
    membership,
    reportedAt: () => start + Math.max(0, ...(scenario.reported ?? []).filter((time) => start + time <= now)),
  });
  const told: Told[] = [];
  play({ name, story, until }, false, (state, time) => {
    now = time;
    // The engine asks once a second, five ticks of it.
    if ((time - start) % 1000 !== 0) return;
    for (const finding of findings.look(state, time)) {
      told.push({ ...finding, after: time - start });
      fold(state, { ...finding, text: '' });
    }
  });
  return told;
}

const lineOf = ({ after, id, status, code }: Told) => [String(after), id, status, code].join(' ');

describe.each(diagnosisScenarios)('$name', (scenario) => {
  const told = tellAll(scenario);

  test('is told when it begins, when it changes, and when it is over', () => {
    expect(told.map(lineOf)).toEqual(lines(scenario.told).map((line) => line.replace(/ +/g, ' ')));
  });

  test.each(['en', 'es'] as const)('has its words in %s, with every place filled', (lang) => {
    for (const finding of told) {
      const words: Record<string, { causes: Record<string, string> }> = diagnosisWords(lang).live;
      expect(words[finding.id]?.causes).toHaveProperty(finding.code);
      const texts = [causeText(lang, finding, ''), remedyText(lang, finding)];
      expect(texts[0]).not.toBe('');
      if (finding.status !== 'ok') expect(texts[1]).not.toBe('');
      expect(texts.join(' ')).not.toMatch(/[{}]/);
      expect(finding.group).toBe(group);
    }
  });
});

describe('a cause that was found by other means', () => {
  const around = {
    heartbeat: 0,
    receiveBuffer: 4096,
    membership: usualMembership,
    reportedAt: () => undefined,
  };
  const cause = {
    status: 'fail' as const,
    code: 'explained',
    facts: { check: 'iface.flags', because: 'down', interface: 'lo' },
    evidence: 'flags 0x8',
  };
  const quiet = () => {
    const state = newState();
    fold(state, { type: 'joined', at: start, group, interface: 'lo', address: '127.0.0.1', ttl: 1 });
    return { state, findings: new Findings(around) };
  };

  test('stands in place of the bare symptom as long as that lasts, and is told once', () => {
    const { state, findings } = quiet();
    expect(findings.look(state, start + 10_000)).toMatchObject([{ code: 'silent' }]);
    expect(findings.explain('live.silence', group, cause, start + 13_000)).toMatchObject({
      ...cause,
      id: 'live.silence',
      at: start + 13_000,
    });
    expect(findings.look(state, start + 14_000)).toEqual([]);
    expect(findings.look(state, start + 200_000)).toEqual([]);
    state.groups.get(group)!.heardAt = start + 200_500;
    expect(findings.look(state, start + 201_000)).toMatchObject([{ status: 'ok', code: 'heard' }]);
  });

  test('comes too late for what is over', () => {
    const { state, findings } = quiet();
    findings.look(state, start + 10_000);
    state.groups.get(group)!.heardAt = start + 11_000;
    findings.look(state, start + 11_000);
    expect(findings.explain('live.silence', group, cause, start + 13_000)).toBeUndefined();
  });

  test('is told with the sentence of the check', () => {
    const found = { id: 'live.silence', ...cause };
    expect(causeText('en', found, '')).toBe('Nothing is heard of others. lo is down.');
    expect(remedyText('en', found)).toBe('ip link set lo up');
    expect(causeText('es', found, '')).toMatch(/^No se oye nada de otros\. .*lo/);
  });
});

test('figures that change are told again after a minute, not at every look', () => {
  const story = `
    0+1000x130 ana beat 1 hears=me
    0+1000x130 me dropped 5`;
  const told = tellAll({ name: '', story, until: 129_000, told: '' });
  expect(told.map(({ after, facts }) => [after, facts.count])).toEqual([
    [0, 5],
    [60_000, 305],
    [120_000, 605],
  ]);
});

test('two groups are diagnosed apart', () => {
  const state = newState();
  const other = '239.255.0.2:50000';
  const join = { type: 'joined', at: start, interface: 'lo', address: '127.0.0.1', ttl: 1 } as const;
  fold(state, { ...join, group });
  fold(state, { ...join, group: other });
  state.groups.get(group)!.heardAt = start + 5000;
  const findings = new Findings({
    heartbeat: 1000,
    receiveBuffer: 4096,
    membership: usualMembership,
    reportedAt: () => undefined,
  });
  expect(findings.look(state, start + 10_000)).toMatchObject([{ group: other, code: 'silent' }]);
});

test('what is known is bounded, whatever a session says', () => {
  const state = newState();
  for (let n = 0; n < 3000; n++) {
    fold(state, { type: 'diagnosis', at: n, id: `x${n}`, status: 'fail', code: 'c', facts: {}, text: '' });
  }
  expect(state.diagnoses.size).toBe(1000);
  expect([...state.diagnoses.values()].at(-1)).toMatchObject({ id: 'x2999' });
});

test('the worst is told first, and what is over is no finding', () => {
  const state = newState();
  const say = (id: string, status: 'ok' | 'warn' | 'fail', at: number) =>
    fold(state, { type: 'diagnosis', at, id, status, code: 'c', facts: {}, text: '' });
  say('live.drops', 'warn', 1);
  say('live.silence', 'fail', 2);
  say('live.one-way', 'warn', 3);
  say('live.one-way', 'ok', 4);
  say('ttl', 'fail', 5);
  say('live.silence', 'fail', 6);
  expect(findingsOf([...state.diagnoses.values()])).toMatchObject([
    { id: 'live.silence', since: 2, at: 6 },
    { id: 'live.drops', since: 1 },
  ]);
});

describe('what the checks say about a finding', () => {
  const check = (id: string, status: Diagnosis['status'], code = 'c'): Diagnosis => ({
    type: 'diagnosis',
    at: start,
    group,
    id,
    status,
    code,
    facts: { interface: 'lan0' },
    text: '',
    evidence: 'as read',
  });
  const explained = (id: string, because: string, status: string) => ({
    status,
    code: 'explained',
    facts: { interface: 'lan0', check: id, because },
    evidence: `${id}: as read`,
  });

  test('the first that failed is behind a silence, whatever else deserves a look', () => {
    const found = [
      check('iface.choice', 'warn'),
      check('ttl', 'ok'),
      check('firewall.in', 'fail', 'rule'),
      check('rcvbuf', 'fail'),
    ];
    expect(explanationOf('live.silence', found)).toEqual(explained('firewall.in', 'rule', 'fail'));
  });

  test('a warning is, where it can be', () => {
    const found = [check('rcvbuf', 'warn'), check('ttl', 'warn'), check('iface.choice', 'warn', 'overlay')];
    expect(explanationOf('live.silence', found)).toEqual(explained('iface.choice', 'overlay', 'warn'));
  });

  test('that nothing was found is said too, with what could not be looked at', () => {
    const found = [check('rcvbuf', 'warn'), check('iface.flags', 'ok'), check('firewall.in', 'unknown')];
    expect(explanationOf('live.silence', found)).toEqual({
      status: 'warn',
      code: 'unexplained',
      facts: {},
      evidence: '3 checks, 0 failed, 1 to look at, 1 that could not be looked at',
    });
  });

  test('only what is about memberships explains that a switch forgot this host', () => {
    const other = check('firewall.ack', 'fail');
    expect(explanationOf('live.snooping', [other])).toBeUndefined();
    expect(explanationOf('live.snooping', [other, check('igmp.querier', 'warn', 'nobody')])).toEqual(
      explained('igmp.querier', 'nobody', 'warn'),
    );
  });
});
