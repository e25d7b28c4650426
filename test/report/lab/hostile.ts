// A run in which every name, text, title and file of others tries to be markup, and one with names of all lengths.
import type { Event } from '../../../source/core/event.ts';
import { safeText } from '../../../source/core/safe-text.ts';
import { seeded } from '../../../source/net/memory-network.ts';
import { type LabRun, labRunOf } from '../../../source/report/lab/run.ts';
import { readEvent } from '../../../source/session/check.ts';
import { group, header, startedAt } from '../../session/events.ts';
import { sessionOf, simulate } from './simulation.ts';

export const hostileTexts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'onmouseover='alert(1)",
  '</title></style></svg><svg onload=alert(1)>',
  ']]><script>alert(1)</script>',
  '&lt;b&gt; &amp; &#60;i&#62;',
  '{b|{c}} {n} {node} $& $1 $$',
  '[x](javascript:alert(1)) ![y](http://evil.example/z.png)',
  '`code` **bold** _it_ ~~s~~ | a | b |',
  'http://evil.example www.evil.example a@evil.example',
  '# heading - list > quote 1. one',
  '\u202egnp.exe\u0000\u001b[31m',
  'W'.repeat(64),
  'مرحبا שלום 漢字 👩‍👩‍👧‍👦',
] as const;

/** The nth run has that text in every place where others have a say. */
export function hostileRun(text: string): LabRun {
  const nodes = [
    { name: text, offset: 0 },
    { name: `${text} 2`, offset: 5 },
  ];
  const sessions = simulate({ nodes, beats: 8, random: seeded(9), loss: 0.2 });
  const share = {
    share: 'f'.repeat(16),
    phase: 'done',
    title: text,
    files: 1,
    total: 1000,
    mode: 'multicast',
  } as const;
  const receiver = {
    number: 1,
    name: `${text} 2`,
    address: text,
    port: 1,
    bytes: 1000,
    lost: 3,
    repaired: 3,
    drops: 0,
    rate: 1,
    seconds: 2,
    state: 'whole',
  } as const;
  const at = startedAt + 3000;
  const more: Event[] = [
    { type: 'joined', at, group: `${text}:1`, interface: text, address: text, ttl: 1 },
    { type: 'transfer', at, role: 'sender', from: text, receivers: [receiver], ...share },
    { type: 'warning', at, code: text, facts: { name: text }, text },
    { type: 'warning', at, code: 'kernel-drops', facts: { group: text, count: text }, text },
    {
      type: 'diagnosis',
      at,
      id: text,
      status: 'fail',
      code: text,
      facts: { name: text },
      text,
      remedy: text,
    },
    { type: 'task', at, worker: 1, items: 3, wait: 1, run: 5 },
    { type: 'task', at: at + 2, worker: 2, items: 12, wait: 1, run: 5 },
    {
      type: 'received',
      at,
      group,
      address: text,
      port: 1,
      bytes: 9,
      kind: 'chat',
      text,
      id: text,
      name: text,
      seq: 1,
      sentAt: at,
    },
  ];
  const read = sessions.map(({ header: head, events }) => {
    // As from a file, where names are made safe to draw.
    const all = [...events, ...more].flatMap((event) => readEvent(JSON.stringify(event)) ?? []);
    return sessionOf(all, { ...head, name: safeText(head.name, 64), groups: header.groups });
  });
  const bench = { bench: 'workers', version: 1, machine: text, rows: [benchRow(1), benchRow(4)] } as const;
  const doctor = {
    verdict: 'fail' as const,
    checks: [{ id: text, status: 'fail' as const, evidence: text, cause: text, remedy: text }],
  };
  return labRunOf(
    read.map(({ figures }) => figures),
    { bench: { ...bench, rows: [...bench.rows] }, doctor },
  );
}

const some = { p50: 1, p95: 2, p99: 3, max: 4 };
const benchRow = (workers: number) => ({
  workers,
  burst: 1000,
  work: 1,
  dropped: 0,
  shed: 0,
  throughput: 900 * workers,
  wait: some,
  latency: some,
  overlap: workers,
});
