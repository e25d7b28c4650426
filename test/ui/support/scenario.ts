// Snapshots made by hand, for the screen to show: a quiet start, a busy classroom, a replay.
import type { ActivityLine, ChatLine, Diagnosed, PeerRow, Snapshot } from '../../../source/core/snapshot.ts';

/** 10:20:30.456 local time, so that the frames are the same in every time zone. */
export const noon = new Date(2026, 10, 20, 10, 20, 30, 456).getTime();
export const group = '239.255.0.1:50000';
export const otherGroup = '224.1.1.1:10000';

export function snapshotOf(part: Partial<Snapshot> = {}): Snapshot {
  return {
    now: noon,
    fresh: false,
    self: { id: '9f2c61d07ab34e15', name: 'ana', version: '0.1.0' },
    startedAt: noon - 754_000,
    groups: [groupOf(group)],
    recording: { path: '/home/ana/.local/share/mcast-tui/sessions/1.json', bytes: 1_234_567, events: 4321 },
    totals: {
      received: 12_345,
      bytes: 2_400_000,
      sent: 761,
      sentBytes: 90_000,
      kinds: { chat: 40, heartbeat: 12_000, ack: 12, bye: 1, share: 0, text: 3, binary: 2, malformed: 0 },
      malformed: {},
      looped: 761,
      lost: 31,
      duplicates: 4,
      reordered: 2,
      kernelDrops: 0,
      shed: { queue: 0, peers: 0, acks: 0, screen: 0, record: 0 },
      tasks: 9000,
      failedItems: 0,
    },
    rates: { received: 124, bytes: 24_800, sent: 1 },
    rateHistory: Array.from({ length: 60 }, (_, i) => 60 + Math.round(60 * Math.sin(i / 5))),
    peerCount: { alive: 0, suspect: 0, dead: 0, gone: 0 },
    peers: [],
    removed: [],
    chat: [],
    deliveries: [],
    activity: [],
    workers: [],
    offers: [],
    transfers: [],
    queued: 0,
    isolatedSince: undefined,
    heardAt: noon - 400,
    lag: 3,
    ...part,
  };
}

export const groupOf = (name: string): Snapshot['groups'][number] => ({
  group: name,
  interface: 'eth1',
  address: '10.0.0.5',
  ttl: 1,
  joined: true,
  receiveBuffer: 4_194_304,
  kernelDrops: 0,
});

export function peerOf(name: string, part: Partial<PeerRow> = {}): PeerRow {
  const id = [...name]
    .reduce((sum, char) => sum * 31 + char.codePointAt(0)!, 7)
    .toString(16)
    .padStart(16, '0')
    .slice(-16);
  return {
    key: `${id} ${part.group ?? group}`,
    group,
    id,
    name,
    address: '10.0.0.6',
    port: 41_234,
    state: 'alive',
    since: noon - 600_000,
    firstAt: noon - 600_000,
    lastAt: noon - 400,
    phi: 0.1,
    received: 612,
    bytes: 99_000,
    lost: 0,
    lossRatio: 0,
    duplicates: 0,
    reordered: 0,
    jumps: 0,
    jitter: 0.42,
    rtt: 1.37,
    restarts: 0,
    seq: 612,
    ttl: 1,
    every: 1000,
    up: 612_000,
    ...part,
  };
}

let chatNumber = 0;
export const chatOf = (from: string, text: string, part: Partial<ChatLine> = {}): ChatLine => ({
  n: part.n ?? chatNumber++,
  at: noon - 5000,
  group,
  from,
  own: false,
  kind: 'chat',
  text,
  ...part,
});

export const activityOf = (n: number, part: Partial<ActivityLine> = {}): ActivityLine => ({
  n,
  at: noon - 3000 + n * 7,
  worker: 1 + (n % 3),
  items: 1 + ((n * 17) % 64),
  wait: 0.05 + (n % 7) * 0.3,
  run: 0.2 + (n % 5) * 0.45,
  failed: false,
  overlapped: n % 3,
  ...part,
});

/** Five peers of which one is silent and one left, what they said, and what three workers did. */
export function classroom(): Snapshot {
  return snapshotOf({
    fresh: true,
    peerCount: { alive: 3, suspect: 1, dead: 0, gone: 1 },
    peers: [
      peerOf('beto'),
      peerOf('carla', {
        address: '10.0.0.7',
        lost: 31,
        lossRatio: 0.048,
        jitter: 12.3,
        rtt: 24.9,
        duplicates: 4,
      }),
      peerOf('diego', {
        address: '10.0.0.18',
        state: 'suspect',
        phi: 4.2,
        lastAt: noon - 4600,
        reordered: 2,
      }),
      peerOf('elena', { address: '10.0.0.9', state: 'gone', lastAt: noon - 60_000, rtt: undefined }),
      peerOf('fran', { address: '10.0.0.10', restarts: 1, up: 30_000, received: 30 }),
    ],
    chat: [
      chatOf('', '', {
        n: 0,
        kind: 'notice',
        code: 'peer-joined',
        facts: { name: 'beto', address: '10.0.0.6' },
      }),
      chatOf('beto', 'hello, is everyone here?', { n: 1 }),
      chatOf('ana', 'yes, I see beto and carla', { n: 2, own: true, seq: 12 }),
      chatOf(
        'carla',
        'the capture is running: udp.port==50000 shows every datagram of the group, also our heartbeats',
        { n: 3 },
      ),
      chatOf('10.0.0.20:51000', 'very important data', { n: 4, kind: 'text' }),
      chatOf('10.0.0.21:40000', 'deadbeef00ff', { n: 5, kind: 'binary', bytes: 612 }),
      chatOf('', '', {
        n: 6,
        kind: 'notice',
        code: 'peer-suspect-silence',
        facts: { name: 'diego', address: '10.0.0.18' },
      }),
    ],
    deliveries: [{ n: 2, delivered: 2, of: 3, acks: 0 }],
    activity: Array.from({ length: 40 }, (_, n) => activityOf(n)),
    workers: [
      { worker: 1, tasks: 3000, items: 4000, busy: 0.74 },
      { worker: 2, tasks: 3000, items: 4200, busy: 0.31 },
      { worker: 3, tasks: 3000, items: 4100, busy: 0.02 },
    ],
    queued: 3,
  });
}

export const playing = (
  part: Partial<NonNullable<Snapshot['player']>> = {},
): NonNullable<Snapshot['player']> => ({
  position: 83_000,
  length: 300_000,
  speed: 2,
  playing: true,
  atEnd: false,
  ...part,
});

/** What a doctor found, some of it bad. */
export function checksOf(group: string): Diagnosed[] {
  const found = (id: string, status: Diagnosed['status'], code: string, part: Partial<Diagnosed> = {}) => ({
    at: noon - 3000,
    since: noon - 3000,
    group,
    id,
    status,
    code,
    facts: {},
    text: 'English',
    ...part,
  });
  return [
    found('iface.flags', 'ok', 'ok', { facts: { interface: 'eth1' } }),
    found('firewall.in', 'fail', 'rule', {
      facts: { by: 'inet lab in', group: '239.255.0.1', port: 50_000 },
      evidence: 'inet lab in: udp dport 50000 drop',
      link: 'https://wiki.nftables.org/wiki-nftables/index.php/Main_Page',
    }),
    found('rcvbuf', 'warn', 'small', {
      facts: { granted: 65_536, asked: 4_194_304 },
      evidence: 'asked 4194304, granted 65536',
    }),
    found('igmp.querier', 'unknown', 'elsewhere', { remedy: 'tcpdump -ni eth1 igmp or icmp6' }),
    found('ttl', 'ok', 'ok'),
  ];
}
