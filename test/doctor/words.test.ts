import { expect, test } from 'vitest';
import type { CheckId, Judgement } from '../../source/doctor/check.ts';
import { verdictOf, worded } from '../../source/doctor/examine.ts';
import { checks } from '../../source/doctor/registry.ts';
import { doctorWords } from '../../source/words/doctor.ts';
import { langs } from '../../source/words/lang.ts';

const ids = Object.keys(doctorWords('en').checks) as CheckId[];

test('every check that has words is in the registry, once', () => {
  expect(checks.map(({ id }) => id).sort()).toEqual([...ids].sort());
});

test.each(ids)(
  '%s: each remedy belongs to a cause, and both languages have the same places to fill',
  (id) => {
    const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    const [en, es] = langs.map((lang) => doctorWords(lang).checks[id]) as Record<
      'causes' | 'remedies',
      Record<string, string>
    >[];
    expect(Object.keys(en!.causes)).toEqual(expect.arrayContaining(Object.keys(en!.remedies)));
    for (const part of ['causes', 'remedies'] as const) {
      for (const [name, text] of Object.entries(en![part]))
        expect(places(es![part][name]!)).toEqual(places(text));
    }
  },
);

test('what could not be looked at says how to look by hand, on each system', () => {
  const judgement: Judgement = { status: 'unknown', because: 'needs-root', evidence: '' };
  const on = (platform: NodeJS.Platform) =>
    worded('mtu', 'https://x', judgement, { lang: 'en', platform, interface: 'eth7' }).remedy;
  expect([on('linux'), on('darwin'), on('win32')]).toEqual([
    'ip link show eth7',
    'networksetup -getMTU eth7',
    'netsh interface ipv4 show subinterfaces',
  ]);
});

test.each([
  [['ok', 'unknown'], 'ok'],
  [['ok', 'warn', 'unknown'], 'warn'],
  [['warn', 'fail'], 'fail'],
] as const)('%j is %s', (statuses, verdict) => {
  expect(verdictOf(statuses.map((status) => ({ status })))).toBe(verdict);
});
