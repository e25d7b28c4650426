// Sharing and receiving as the engine does it, with a transfer's thread in its place that a test plays.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Received, Transfer } from '../../source/core/event.ts';
import { Fault } from '../../source/core/fault.ts';
import { fold } from '../../source/core/fold.ts';
import { offersOf } from '../../source/core/offers.ts';
import type { Offer } from '../../source/core/share.ts';
import { newState } from '../../source/core/state.ts';
import { type Announcer, Transfers, type TransfersOptions } from '../../source/engine/transfers.ts';
import { now } from '../../source/net/clock.ts';
import type { TransferOptions } from '../../source/transfer/options.ts';
import type { startTransfer } from '../../source/transfer/start.ts';

const group = '239.255.0.1:50000';
const key = 'ab'.repeat(32);
const announced = { control: 40_001, title: 'slides.pdf', files: 1, bytes: 1000, key };

/** A transfer that does what a test says. */
class Played {
  cancelled = false;
  moves: [string, number][] = [];
  begin!: (ready: typeof announced | undefined) => void;
  refuse!: (fault: Fault) => void;
  end!: () => void;
  tell: (event: Transfer) => void = () => {};
  readonly ready = new Promise<typeof announced | undefined>((resolve, reject) => {
    this.begin = resolve;
    this.refuse = reject;
  });
  readonly ended = new Promise<void>((resolve) => {
    this.end = resolve;
  });

  constructor(readonly options: TransferOptions) {
    this.ready.catch(() => {});
  }
  onEvent(listener: (event: Transfer) => void): void {
    this.tell = listener;
  }
  cancel(): void {
    this.cancelled = true;
    this.end();
  }
  moved(address: string, port: number): void {
    this.moves.push([address, port]);
  }
  event(part: Partial<Transfer> = {}): Transfer {
    const { share, role, name } = this.options;
    const about = { share, role, title: 'slides.pdf', files: 1, total: 1000, mode: 'multicast' as const };
    return { type: 'transfer', at: now(), phase: 'running', ...about, from: name, receivers: [], ...part };
  }
}

function open(over: Partial<TransfersOptions> = {}) {
  const state = newState();
  const played: Played[] = [];
  const events: Transfer[] = [];
  const said: Offer[] = [];
  const faults: unknown[] = [];
  const member: Announcer = {
    group: { name: group, group: { address: '239.255.0.1', port: 50_000, family: 4 }, ttl: 3 },
    settings: { group, interface: 'lo', address: '127.0.0.1', ttl: 3 },
    share: (offer) => void said.push(offer),
  };
  const start = (options: TransferOptions) => {
    const one = new Played(options);
    played.push(one);
    return one;
  };
  const transfers = new Transfers({
    name: 'ana',
    files: { out: '/out' },
    state,
    member: () => member,
    start: start as unknown as typeof startTransfer,
    event: (event) => {
      events.push(event);
      fold(state, event);
    },
    fault: (error) => void faults.push(error),
    ...over,
  });
  onTestFinished(() => transfers.close());
  /** Ben announces. */
  const hear = (offer: Partial<Offer> = {}, address = '10.0.0.2') => {
    const event: Received = {
      type: 'received',
      at: now(),
      group,
      address,
      port: 50_001,
      bytes: 200,
      kind: 'share',
      id: 'b'.repeat(16),
      name: 'ben',
      seq: 1,
      offer: { share: 'f1'.repeat(8), mode: 'multicast', ...announced, ...offer },
    };
    fold(state, event);
    transfers.heard(event);
  };
  return { state, played, events, said, faults, transfers, hear, offers: () => offersOf(state, now()) };
}

const options = { mode: 'multicast' } as const;

test('what is shared is announced at once, each second, and no more when it is over', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { transfers, played, said, events } = open();
  transfers.obey({ do: 'share', paths: ['~/slides.pdf'], options: { ...options, clients: 2, rate: 5e6 } });
  const [sender] = played;
  expect(sender!.options).toMatchObject({
    role: 'sender',
    paths: [join(homedir(), 'slides.pdf')],
    name: 'ana',
    ttl: 3,
    interface: 'lo',
    clients: 2,
    rate: 5e6,
  });
  expect(said).toEqual([]);
  sender!.begin(announced);
  await vi.waitFor(() => expect(said).toHaveLength(1));
  expect(said[0]).toEqual({ share: sender!.options.share, mode: 'multicast', clients: 2, ...announced });
  vi.advanceTimersByTime(3000);
  expect(said).toHaveLength(4);
  sender!.tell(sender!.event({ phase: 'done' }));
  vi.advanceTimersByTime(3000);
  expect(said).toHaveLength(4);
  expect(events.map(({ phase }) => phase)).toEqual(['done']);
});

test('files that cannot be shared end as a transfer that failed, with the reason', async () => {
  const { transfers, played, events, said } = open();
  transfers.obey({ do: 'share', paths: ['/nowhere/slides.pdf'], options });
  played[0]!.refuse(new Fault('nothing-to-share', { path: '/nowhere/slides.pdf' }));
  played[0]!.end();
  await vi.waitFor(() => expect(events).toHaveLength(1));
  expect(events[0]).toMatchObject({
    phase: 'failed',
    role: 'sender',
    title: 'slides.pdf',
    reason: { code: 'nothing-to-share', facts: { path: '/nowhere/slides.pdf' } },
  });
  expect(said).toEqual([]);
});

test('a thread that dies without a last word is a transfer that failed', async () => {
  const { transfers, played, events } = open();
  transfers.obey({ do: 'share', paths: ['/a'], options });
  played[0]!.tell(played[0]!.event({ phase: 'running', total: 77 }));
  played[0]!.end();
  await vi.waitFor(() => expect(events).toHaveLength(2));
  expect(events[1]).toMatchObject({ phase: 'failed', total: 77, reason: { code: 'engine-died' } });
});

test('an offer is accepted once, into the folder of the options or of the command', async () => {
  const { transfers, played, hear, offers } = open({ files: { out: '/out', maxSize: 5000 } });
  hear();
  hear({ share: 'f2'.repeat(8), key: 'cd'.repeat(32) });
  const [one, two] = offers();
  transfers.obey({ do: 'accept', share: one!.share });
  transfers.obey({ do: 'accept', share: one!.share });
  transfers.obey({ do: 'accept', share: two!.share, out: '/elsewhere' });
  expect(played.map(({ options }) => options)).toMatchObject([
    { role: 'receiver', address: '10.0.0.2', port: 40_001, out: '/out', maxSize: 5000, interface: 'lo' },
    { role: 'receiver', out: '/elsewhere' },
  ]);
  played[0]!.tell(played[0]!.event());
  expect(offers()).toEqual([two]);
  played[0]!.tell(played[0]!.event({ phase: 'failed', reason: { code: 'share-gone', facts: {} } }));
  expect(offers()).toEqual([one, two]);
});

test('what nobody offers, or what was declined, cannot be accepted', () => {
  const { transfers, hear, offers, played } = open();
  hear();
  const [{ share } = { share: '' }] = offers();
  transfers.obey({ do: 'decline', share });
  hear();
  expect(offers()).toEqual([]);
  expect(() => transfers.obey({ do: 'accept', share })).toThrow(
    expect.objectContaining({ code: 'no-such-offer' }),
  );
  expect(played).toEqual([]);
});

test('a link-local sender is found by way of its interface', () => {
  const { transfers, hear, played } = open();
  hear({}, 'fe80::2');
  transfers.obey({ do: 'accept', share: 'f1'.repeat(8) });
  expect(played[0]!.options).toMatchObject({ address: 'fe80::2%lo' });
});

test('a sender that was started again is followed, and its files are not offered anew', () => {
  const { transfers, hear, played, offers } = open();
  hear();
  transfers.obey({ do: 'accept', share: 'f1'.repeat(8) });
  hear({ share: 'f2'.repeat(8), control: 40_002 });
  hear({ share: 'f2'.repeat(8), control: 40_002 });
  expect(played[0]!.moves).toEqual([['10.0.0.2', 40_002]]);
  expect(offers().map(({ share }) => share)).not.toContain('f2'.repeat(8));
  // Somebody else who claims to have the same files is not who was asked.
  hear({ share: 'f3'.repeat(8), control: 40_003 }, '10.0.0.66');
  expect(played[0]!.moves).toHaveLength(1);
});

test('there are no more than eight at once', () => {
  const { transfers } = open();
  for (let i = 0; i < 8; i++) transfers.obey({ do: 'share', paths: ['/a'], options });
  expect(() => transfers.obey({ do: 'share', paths: ['/a'], options })).toThrow(
    expect.objectContaining({ code: 'too-many-transfers', facts: { limit: 8 } }),
  );
});

test('cancel ends one, closing ends all', async () => {
  const { transfers, played } = open();
  for (const path of ['/a', '/b', '/c']) transfers.obey({ do: 'share', paths: [path], options });
  transfers.obey({ do: 'cancel', share: played[1]!.options.share });
  transfers.obey({ do: 'cancel', share: 'unknown' });
  expect(played.map(({ cancelled }) => cancelled)).toEqual([false, true, false]);
  await transfers.close();
  expect(played.map(({ cancelled }) => cancelled)).toEqual([true, true, true]);
});

test('names of files cannot draw on the screen', () => {
  const { transfers, played, events } = open();
  transfers.obey({ do: 'share', paths: ['/a'], options });
  played[0]!.tell(played[0]!.event({ title: '\u001b[2Jx', path: '/tmp/\u001b[2Jx' }));
  expect(events[0]).toMatchObject({ title: '␛[2Jx', path: '/tmp/␛[2Jx' });
});

test('each transfer leaves a log', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'mcast-logs-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const { transfers, played, faults } = open({ files: { out: '/out', logs: join(dir, 'transfers') } });
  transfers.obey({ do: 'share', paths: ['/a'], options });
  const { share } = played[0]!.options;
  const receiver = {
    number: 1,
    name: '=ben, "the" receiver',
    address: '10.0.0.2',
    port: 4000,
    bytes: 1000,
    lost: 3,
    repaired: 3,
    drops: 0,
    rate: 0,
    seconds: 0.5,
    state: 'whole' as const,
  };
  played[0]!.tell(played[0]!.event({ phase: 'done', sent: 1040, receivers: [receiver] }));
  played[0]!.end();
  await transfers.close();
  const [file] = readdirSync(join(dir, 'transfers'));
  expect(file).toContain(`sender-${share}.csv`);
  const [head, row] = readFileSync(join(dir, 'transfers', file!), 'utf8').split('\r\n');
  expect(head).toMatch(/^ended,share,role,phase,title,/);
  expect(row).toContain(`,1040,1,"'=ben, ""the"" receiver",10.0.0.2,4000,1000,3,3,0,0.5,2000,true,`);
  expect(faults).toEqual([]);
});

test('a log that cannot be written is told, and hurts nothing', async () => {
  const { transfers, played, faults, events } = open({ files: { out: '/out', logs: '/dev/null/logs' } });
  transfers.obey({ do: 'share', paths: ['/a'], options });
  played[0]!.tell(played[0]!.event({ phase: 'done' }));
  await vi.waitFor(() => expect(faults).toMatchObject([{ code: 'not-writable' }]));
  expect(events).toHaveLength(1);
});
