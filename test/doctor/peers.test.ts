// Checks between this host and another node: what the two sides sent, counted and received, and what follows.
import { describe, expect, test } from 'vitest';
import type { Check, CheckId, Judgement } from '../../source/doctor/check.ts';
import { peerHeard } from '../../source/doctor/checks/peer-heard.ts';
import { peerReached } from '../../source/doctor/checks/peer-reached.ts';
import { peerSize } from '../../source/doctor/checks/peer-size.ts';
import { peerTwice } from '../../source/doctor/checks/peer-twice.ts';
import { peerUnicast } from '../../source/doctor/checks/peer-unicast.ts';
import { lanesOf, type What } from '../../source/doctor/lanes.ts';
import type { Answered, Node, Probed, Tried } from '../../source/doctor/probe.ts';
import type { Flow } from '../../source/doctor/tree.ts';
import { isMeant, parseWanted } from '../../source/doctor/wanted.ts';

type Row<Seen> = [string, Seen, Judgement['status'], string];

function table<Id extends CheckId, Seen>(check: Check<Id, Seen>, rows: Row<Seen>[]) {
  describe(check.id, () => {
    test.each(rows)('%s', (_, seen, status, because) => {
      expect(check.judge(seen)).toMatchObject({ status, because });
    });
  });
}

const address = '10.0.0.2';
const lanes = lanesOf(4, 1_500, { there: true, here: true });
const nothing = { inMulticast: 0, reversePath: 0, ignored: 0, bufferErrors: 0, inErrors: 0 };
const well: Flow = { sent: 10, got: 10, missing: 0, heard: 35, counted: { ...nothing, inMulticast: 35 } };
/** None of 10 short and 20 other ones came. */
const gone = (counted: Partial<typeof nothing> = {}): Flow => ({
  ...{ sent: 10, got: 0, missing: 30, heard: 5 },
  counted: { ...nothing, ...counted, inMulticast: (counted.inMulticast ?? 0) + 5 },
});

/** What became of probes: lanes where none arrived there, and where no echo came back. */
type Losses = { there?: What[]; back?: What[] };
function tried({ there = [], back = [] }: Losses): Tried[] {
  return lanes.map((lane) => {
    const sent = lane.from === 'group' ? 10 : 8;
    const arrived = there.includes(lane.what) ? 0 : sent;
    const echoed = lane.back === undefined ? 0 : arrived;
    return { ...lane, sent, arrived, echoed, returned: back.includes(lane.what) ? 0 : echoed };
  });
}
const answered = (losses: Losses = {}, over: Partial<Answered> = {}): Answered => ({
  ...{ there: well, here: well, twice: 0, tried: tried(losses), ttl: 1 },
  ...over,
});
const node: Node = {
  ...{ name: 'bob', address, heard: 9, missed: 0, small: 10, large: 10, answer: 'old' },
};
const bob = (losses: Losses = {}, over: Partial<Answered> = {}): Node => ({
  ...node,
  answer: answered(losses, over),
});

const probed = (...nodes: Node[]): Probed => ({ nodes, refused: false });
const heard = (nodes: Node[], wanted?: string) => ({
  ...{ probed: probed(...nodes), wanted, told: false, far: [] as string[] },
});
const mute = (here: Flow, ttl = 1): Node => ({ ...bob({}, { here, ttl }), heard: 0 });
table(peerHeard, [
  ['heard', heard([node]), 'ok', 'ok'],
  ['by its address', heard([node], address), 'ok', 'ok'],
  ['by its address and a port', heard([node], `${address}:50001`), 'ok', 'ok'],
  ['another one', heard([node], 'ana'), 'fail', 'silent'],
  ['nobody, and nobody is expected', heard([]), 'unknown', 'nobody'],
  ['one that is lost now and then', heard([{ ...node, missed: 1 }]), 'ok', 'ok'],
  ['many lost', heard([node, { ...node, missed: 4 }]), 'warn', 'lossy'],
  ['not joined', { ...heard([], 'bob'), probed: undefined }, 'unknown', 'not-opened'],
  ['its host refuses', { ...heard([], address), probed: { nodes: [], refused: true } }, 'fail', 'refused'],
  ['by unicast only, nothing counted', heard([mute(gone())]), 'fail', 'network'],
  ['by unicast only, counted', heard([mute(gone({ inMulticast: 30 }))]), 'fail', 'firewall'],
  ['by unicast only, filtered', heard([mute(gone({ reversePath: 30 }))]), 'fail', 'filter'],
  ['by unicast only, no room', heard([mute(gone({ inMulticast: 30, bufferErrors: 30 }))]), 'fail', 'buffer'],
  ['by unicast only, and it says nothing', heard([mute({ ...gone(), sent: 0 })]), 'fail', 'unsaid'],
  ['by unicast only, from afar', { ...heard([mute(gone())]), far: [address] }, 'fail', 'ttl'],
  ['by unicast only, from afar with TTL', { ...heard([mute(gone(), 8)]), far: [address] }, 'fail', 'routing'],
  ['not heard, as another check tells', { ...heard([], 'bob'), told: true }, 'unknown', 'told-elsewhere'],
  ['filtered, as another check tells', { ...heard([mute(gone())]), told: true }, 'unknown', 'told-elsewhere'],
]);

const reached = (nodes: Node[], ttl = 1, far: string[] = []) => ({ nodes, ttl, far });
const deaf = (there?: Flow): Node => ({
  ...{ ...(there ? bob({}, { there }) : node), small: 0, large: 0 },
});
const half: Flow = { sent: 10, got: 5, missing: 15, heard: 20, counted: { ...nothing, inMulticast: 20 } };
table(peerReached, [
  ['all', reached([node]), 'ok', 'ok'],
  ['all but one', reached([{ ...node, small: 9 }]), 'ok', 'ok'],
  ['none, of a version that tells no more', reached([node, deaf()]), 'fail', 'one-way'],
  ['half', reached([{ ...node, small: 5 }]), 'warn', 'lossy'],
  ['no report', reached([{ ...node, small: undefined }]), 'unknown', 'no-report'],
  ['none, and none was counted', reached([deaf(gone())]), 'fail', 'network'],
  ['none, and all were counted', reached([deaf(gone({ inMulticast: 30 }))]), 'fail', 'firewall'],
  ['none, all were filtered', reached([deaf(gone({ reversePath: 30 }))]), 'fail', 'filter'],
  ['none, nobody bound', reached([deaf(gone({ inMulticast: 30, ignored: 30 }))]), 'fail', 'nobody'],
  ['none, no kernel tells', reached([deaf({ ...gone(), counted: undefined })]), 'fail', 'one-way'],
  [
    'none, from afar, with the TTL of this network',
    reached([deaf(gone())], 1, [address]),
    'unknown',
    'told-elsewhere',
  ],
  ['none, from afar, with more', reached([deaf(gone())], 8, [address]), 'fail', 'routing'],
  ['half, and nobody counted them', reached([{ ...bob({}, { there: half }), small: 5 }]), 'warn', 'lossy'],
  [
    'half, for want of room',
    reached([
      {
        ...bob({}, { there: { ...half, counted: { ...nothing, inMulticast: 35, bufferErrors: 15 } } }),
        small: 5,
      },
    ]),
    'warn',
    'buffer',
  ],
]);

const sizes = (...nodes: Node[]) => ({ nodes });
table(peerSize, [
  ['all', sizes(node), 'ok', 'ok'],
  ['all, by unicast too', sizes(bob()), 'ok', 'ok'],
  ['no large ones', sizes({ ...node, large: 0 }), 'fail', 'large'],
  ['neither', sizes({ ...node, small: 0, large: 0 }), 'unknown', 'no-report'],
  ['no report on them', sizes({ ...node, large: undefined }), 'unknown', 'no-report'],
  ['none by unicast', sizes(bob({ there: ['unicast-long', 'frame', 'fragments'] })), 'fail', 'large'],
  ['none back', sizes(bob({ back: ['unicast-long', 'frame', 'fragments'] })), 'fail', 'large-back'],
  ['none back by multicast', sizes(bob({ back: ['group-long'] })), 'fail', 'large-back'],
  ['no whole frame there', sizes(bob({ there: ['frame', 'fragments'] })), 'warn', 'frame'],
  ['no whole frame back', sizes(bob({ back: ['frame'] })), 'warn', 'frame'],
  ['no fragments there', sizes(bob({ there: ['fragments'] })), 'warn', 'fragments'],
  ['no fragments back', sizes(bob({ back: ['fragments'] })), 'warn', 'fragments'],
  [
    'multicast does not work, unicast does',
    sizes({ ...bob({ there: ['short', 'medium', 'long'] }), small: 0, large: 0 }),
    'ok',
    'ok',
  ],
  [
    'no unicast at all is no matter of size',
    sizes(bob({ there: lanes.filter(({ from }) => from !== 'group').map(({ what }) => what) })),
    'ok',
    'ok',
  ],
]);

const byUnicast = lanes.filter(({ from }) => from !== 'group').map(({ what }) => what);
table(peerUnicast, [
  ['all', sizes(bob()), 'ok', 'ok'],
  ['a version that answers nothing', sizes(node), 'unknown', 'old-node'],
  ['one that should have answered', sizes({ ...node, answer: 'silent' }), 'unknown', 'no-report'],
  ['nobody', sizes(), 'unknown', 'nobody'],
  ['nothing gets there', sizes(bob({ there: byUnicast })), 'warn', 'there'],
  ['not to the port it speaks from', sizes(bob({ there: ['to-reply'] })), 'warn', 'replies'],
  [
    'to the port it speaks from alone',
    sizes(bob({ there: byUnicast.filter((what) => what !== 'to-reply') })),
    'warn',
    'door',
  ],
  [
    'between fixed ports alone',
    sizes(bob({ there: byUnicast.filter((what) => what !== 'fixed') })),
    'warn',
    'source',
  ],
  ['nothing comes back', sizes(bob({ back: byUnicast })), 'warn', 'back'],
  ['unasked replies are another check’s matter', sizes(bob({ back: ['unasked'] })), 'ok', 'ok'],
]);

table(peerTwice, [
  ['once', sizes(bob()), 'ok', 'ok'],
  ['one by chance', sizes(bob({}, { twice: 1 })), 'ok', 'ok'],
  ['each of them', sizes(bob({}, { twice: 30 })), 'warn', 'twice'],
  ['a version that does not tell', sizes(node), 'unknown', 'old-node'],
]);

describe('who is meant', () => {
  test.each([
    ['bob', undefined, undefined],
    ['bob:50001', undefined, undefined],
    ['10.0.0.2', '10.0.0.2', undefined],
    ['10.0.0.2:50001', '10.0.0.2', 50_001],
    ['10.0.0.2:0', undefined, undefined],
    ['10.0.0.2:70000', undefined, undefined],
    ['fd77::2', 'fd77::2', undefined],
    ['[fd77::2]:50001', 'fd77::2', 50_001],
    ['fe80::2%eth0', 'fe80::2%eth0', undefined],
    ['[fe80::2%eth0]:9', 'fe80::2%eth0', 9],
    ['', undefined, undefined],
  ])('%j', (text, at, port) => {
    expect(parseWanted(text)).toEqual({ text, address: at, port });
  });

  test.each([
    [{ name: 'bob', address: '10.0.0.2' }, 'bob', true],
    [{ name: 'bob', address: '10.0.0.2' }, '10.0.0.2:9', true],
    [{ name: 'bob', address: '10.0.0.2' }, '10.0.0.3', false],
    [{ name: 'bob', address: 'fe80::2%lan0' }, 'fe80::2', true],
    [{ name: '10.0.0.9', address: '10.0.0.2' }, '10.0.0.9', true],
  ])('%o by %s: %s', (one, text, meant) => {
    expect(isMeant(one, parseWanted(text))).toBe(meant);
  });
});

describe('sizes that are tried', () => {
  const bytesOf = (mtu: number | undefined, family: 4 | 6 = 4) =>
    lanesOf(family, mtu, { there: true, here: true })
      .filter(({ what }) => what === 'frame' || what === 'fragments')
      .map(({ bytes }) => bytes);

  test.each<[string, number | undefined, number[], 4 | 6]>([
    ['Ethernet', 1_500, [1_472, 1_772], 4],
    ['Ethernet, IPv6', 1_500, [1_452, 1_752], 6],
    ['ZeroTier', 2_800, [2_772, 3_072], 4],
    ['jumbo frames', 9_000, [8_972], 4],
    ['loopback', 65_536, [8_972], 4],
    ['a tunnel that carries our largest only', 1_228, [], 4],
    ['not known', undefined, [1_472, 1_772], 4],
  ])('%s', (_, mtu, bytes, family) => {
    expect(bytesOf(mtu, family)).toEqual(bytes);
  });

  test('no port asks and is answered unasked: that would look like a firewall that lets replies in', () => {
    const unasked = lanes.find(({ what }) => what === 'unasked')!;
    expect([unasked.from, unasked.back]).toEqual(['own', 'reply']);
    for (const lane of lanes) expect([lane.from, lane.to]).not.toEqual(['door', 'reply']);
  });

  test('where one has no fixed port there is nothing to compare with', () => {
    const whats = (there: boolean, here: boolean) =>
      lanesOf(4, 1_500, { there, here }).map(({ what }) => what);
    expect(whats(false, true)).not.toContain('to-reply');
    expect(whats(false, true)).not.toContain('fixed');
    expect(whats(true, false)).toContain('to-reply');
    expect(whats(true, false)).not.toContain('fixed');
  });
});
