import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts, FaultCode } from '../../source/core/fault.ts';
import { faultText, isFaultCode } from '../../source/words/faults.ts';
import { faultsEn } from '../../source/words/faults-en.ts';

const codes = Object.keys(faultsEn) as FaultCode[];

/** code, facts, what the English sentence must hold, what the Spanish one must hold. */
const scenarios: [FaultCode, Facts, RegExp, RegExp][] = [
  ['usage', { problem: 'unknown-flag', flag: '--grup' }, /no flag --grup/, /No existe la opción --grup/],
  [
    'not-a-number',
    { name: '--ttl', value: 'x', min: 0, max: 255, whole: 1 },
    /--ttl .*whole number from 0 to 255/,
    /entero entre 0 y 255/,
  ],
  [
    'no-such-interface',
    { interface: 'zt0', available: 'lo (127.0.0.1)' },
    /zt0.*lo \(127\.0\.0\.1\).*--interface/,
    /zt0.*--interface/,
  ],
  [
    'interface-without-family',
    { interface: 'eth1', family: 'IPv4', state: 'down' },
    /ip link set eth1 up/,
    /ip link set eth1 up/,
  ],
  [
    'port-busy',
    { port: 5004, pid: 77, program: 'python3' },
    /python3 \(process 77\)/,
    /python3 \(proceso 77\)/,
  ],
  ['port-busy', { port: 5004 }, /5004 is held by another program/, /5004 lo ocupa otro programa/],
  [
    'no-route',
    { group: '239.1.1.1:5000', interface: 'eth0', family: 'IPv4', code: 'ENETUNREACH' },
    /ip route add 224\.0\.0\.0\/4 dev eth0/,
    /ip route add 224\.0\.0\.0\/4 dev eth0/,
  ],
  [
    'no-route',
    { group: '[ff15::1]:5000', interface: 'lo', family: 'IPv6', code: 'ENETUNREACH' },
    /ip -6 route add local ff00::\/8 dev lo/,
    /ip -6 route add local ff00::\/8 dev lo/,
  ],
  ['join-limit', { limit: 20 }, /20.*igmp_max_memberships=100/, /20.*igmp_max_memberships=100/],
  [
    'small-receive-buffer',
    { asked: 4_194_304, granted: 212_992 },
    /208 KiB of the 4 MiB.*sysctl -w net\.core\.rmem_max=8388608/,
    /208 KiB.*4 MiB.*rmem_max=8388608/,
  ],
  ['small-receive-buffer', { asked: 16_777_216, granted: 212_992 }, /rmem_max=16777216/, /rmem_max=16777216/],
  [
    'send-failed',
    { to: '10.0.0.2:5', code: 'EPERM' },
    /firewall.*10\.0\.0\.2:5/,
    /cortafuegos.*10\.0\.0\.2:5/,
  ],
  ['no-such-session', { session: '' }, /no session yet/, /Todavía no hay sesiones/],
  ['session-damaged', { path: '/x', reason: 'not-a-file' }, /\/x is not a file/, /\/x no es un fichero/],
];

test.each(scenarios)('%s with %j', (code, facts, en, es) => {
  expect(faultText('en', { code, facts })).toMatch(en);
  expect(faultText('es', { code, facts })).toMatch(es);
});

test.each(codes)('%s reads as a sentence in both languages, even without facts', (code) => {
  for (const facts of [
    {},
    { interface: 'eth0', family: 'IPv6', group: '[ff15::1]:5', code: 'E', limit: 5 },
  ]) {
    const en = faultText('en', { code, facts });
    const es = faultText('es', { code, facts });
    expect(es).not.toBe(en);
    for (const text of [en, es]) {
      expect(text).toMatch(/^["\p{Lu}?].{10,}$/u);
      expect(text).not.toMatch(/undefined|NaN|\[object|\{\w+\}/);
    }
  }
});

test('facts from outside never reach the terminal as control characters', () => {
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.string({ unit: 'binary' }), (code, evil) => {
      const names = [
        'group',
        'interface',
        'path',
        'problem',
        'state',
        'code',
        'reason',
        'available',
        'program',
        'name',
      ];
      const facts = Object.fromEntries(names.map((name) => [name, evil]));
      expect(faultText('en', { code, facts })).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    }),
  );
});

test('codes from a file are told from other words', () => {
  expect(isFaultCode('port-busy')).toBe(true);
  expect(isFaultCode('constructor')).toBe(false);
  expect(isFaultCode('from-the-future')).toBe(false);
});
