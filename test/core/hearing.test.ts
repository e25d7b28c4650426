import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expected, firstHeard, reportOn, reportOrder } from '../../source/core/hearing.ts';
import { hear, newPeer, type OwnDatagram, type Peer } from '../../source/core/peer.ts';

function datagram(seq: number, at: number, id = 1): OwnDatagram {
  return {
    type: 'received',
    at,
    group: '239.255.0.1:50000',
    address: '10.0.0.1',
    port: 4000,
    bytes: 100,
    kind: 'chat',
    id: id.toString(16).padStart(16, '0'),
    name: 'ana',
    seq,
    sentAt: at - 3,
  };
}

/** A peer of which these numbers came, 10 ms apart. */
function peerHeard(seqs: number[], id = 1): Peer {
  const peer = newPeer(datagram(seqs[0]!, 0, id));
  seqs.forEach((seq, i) => {
    hear(peer, datagram(seq, i * 10, id), i === 0, 1);
  });
  return peer;
}

test('a report echoes the newest datagram and how long it was held', () => {
  const report = reportOn(peerHeard([1, 2, 4, 3, 4]), 100);
  // Number 4 came at 20; the late 3 and the second 4 do not count as newest.
  expect(report).toMatchObject({ seq: 4, got: 4, lost: 0, duplicates: 1, at: 17, held: 80 });
});

test('a report spans the numbers from the first heard to the newest, also after a leap', () => {
  const seqs = fc.array(fc.oneof(fc.nat(50), fc.nat(100_000)), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(seqs, (seqs) => {
      const peer = peerHeard(seqs);
      const report = reportOn(peer, 1000);
      expect(firstHeard(report)).toBe(peer.track.base);
      expect(expected(report)).toBe(peer.track.max - peer.track.base + 1);
      expect(report.held).toBeGreaterThanOrEqual(0);
    }),
  );
});

const groupOf = (losses: boolean[]): Peer[] =>
  losses.map((loses, i) => peerHeard(loses ? [1, 3 + (i % 5)] : [1, 2], i + 1));

test('whatever fits, every peer is reported on within as many turns as there are peers', () => {
  const losses = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(losses, fc.integer({ min: 1, max: 12 }), fc.nat(1000), (losses, fits, from) => {
      const peers = groupOf(losses);
      const told = new Set<Peer>();
      const turns = Math.ceil(peers.length / Math.ceil(fits / 2));
      for (let turn = from; turn < from + turns; turn++) {
        const order = reportOrder(peers, turn, fits);
        expect(new Set(order)).toEqual(new Set(peers));
        for (const peer of order.slice(0, fits)) told.add(peer);
      }
      expect(told.size).toBe(peers.length);
    }),
  );
});

test('the half that hears worst comes first in every turn', () => {
  const peers = groupOf([false, false, true, false, true, false, false, false]);
  for (let turn = 0; turn < 20; turn++) {
    const order = reportOrder(peers, turn, 4);
    expect(new Set(order.slice(0, 2))).toEqual(new Set([peers[2], peers[4]]));
  }
});
