// The pcapng files that are written: walked block by block here, and read by Wireshark's own tools where they are.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event } from '../../source/core/event.ts';
import { InOrder } from '../../source/report/in-order.ts';
import { PcapFile } from '../../source/report/pcap-file.ts';
import { group, header, startedAt } from '../session/events.ts';
import { joined, pcapOf, received, sent } from './datagrams.ts';
import { blocksOf, packetsOf } from './pcapng-blocks.ts';
import { capinfos, fields, fileOf, folder, noTshark } from './tshark.ts';

const six = '[ff15::4d43]:50000';
const joinedSix: Event = { ...joined, group: six, address: 'fd77::1%lan0', interface: 'lan1' } as Event;
const payload = fc.uint8Array({ maxLength: 400, size: 'max' });
const datagram = fc
  .record({
    payload,
    late: fc.nat({ max: 5000 }),
    way: fc.constantFrom('in', 'out', 'in6', 'out6', 'reply', 'reply6'),
  })
  .map(({ payload, late, way }) => {
    const n = late / 1000;
    const more = { group: six, address: 'fe80::2%lan0' };
    switch (way) {
      case 'in':
        return { bytes: payload, event: received(payload, n) };
      case 'in6':
        return { bytes: payload, event: received(payload, n, more) };
      case 'out':
        return { bytes: payload, event: sent(payload, n) };
      case 'out6':
        return { bytes: payload, event: sent(payload, n, { group: six }) };
      case 'reply':
        return { bytes: payload, event: received(payload, n, { unicast: true }) };
      default:
        return { bytes: payload, event: sent(payload, n, { group: six, to: '[fd77::9]:4000' }) };
    }
  });

test('packets come in order of time, to the microsecond, with their bytes', () => {
  fc.assert(
    fc.property(fc.array(datagram, { maxLength: 40 }), (datagrams) => {
      const { bytes, counts } = pcapOf([joinedSix, ...datagrams.map(({ event }) => event)]);
      const packets = packetsOf(bytes);
      expect(counts).toEqual({ packets: datagrams.length, short: 0, skipped: 0 });
      const wanted = datagrams
        .map(({ bytes, event }) => ({ at: event.at, payload: Buffer.from(bytes).toString('hex') }))
        .sort((a, b) => a.at - b.at)
        .map(({ at, payload }) => ({ micros: Math.round(at * 1000), payload }));
      expect(
        packets.map(({ micros, bytes }) => ({
          micros,
          payload: bytes.subarray(bytes[0]! >> 4 === 4 ? 28 : 48).toString('hex'),
        })),
      ).toEqual(wanted);
      for (const { captured, length } of packets) expect(captured).toBe(length);
    }),
  );
});

test('it says that it is an export, and who processed each packet', () => {
  const [section] = blocksOf(pcapOf([]).bytes);
  expect(section!.type).toBe(0x0a0d0d0a);
  expect(section!.body.toString()).toContain('this is an export, not a capture');
  const { bytes } = pcapOf([received(Buffer.from('x'), 1), sent(Buffer.from('y'), 2)]);
  expect(bytes.toString()).toContain('binary, processed by worker 2');
  expect(bytes.toString()).toContain('chat, sent by this node');
});

test('a payload that was not kept is left out, and the packet has its true length', () => {
  const { payload: _, ...bare } = received(Buffer.from('twelve bytes'), 1) as Event & { payload: string };
  const { bytes, counts } = pcapOf([bare as Event]);
  expect(packetsOf(bytes)).toMatchObject([{ captured: 28, length: 40 }]);
  expect(counts).toEqual({ packets: 1, short: 1, skipped: 0 });
});

test.each([{ address: 'nowhere' }, { group: 'nothing' }, { group: six }, { address: 'fd77::2' }])(
  'a datagram with $address $group in a session from anywhere makes no packet',
  (more) => {
    const { counts } = pcapOf([received(Buffer.from('x'), 1, more)]);
    expect(counts).toEqual({ packets: 0, short: 0, skipped: 1 });
  },
);

test('what is in any order comes out in order, and equals as they came', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 100 }), (times) => {
      const heap = new InOrder<{ at: number; n: number }>();
      for (const [n, at] of times.entries()) heap.add({ at, n });
      const early: object[] = [];
      for (let next = heap.take(10); next; next = heap.take(10)) early.push(next);
      const late: object[] = [];
      for (let next = heap.take(); next; next = heap.take()) late.push(next);
      const sorted = times.map((at, n) => ({ at, n })).sort((a, b) => a.at - b.at || a.n - b.n);
      expect(early).toEqual(sorted.filter(({ at }) => at < 10));
      expect(late).toEqual(sorted.filter(({ at }) => at >= 10));
    }),
  );
});

test('a session that names a new group and interface in every line does not make the file out of names', () => {
  const hostile = Array.from({ length: 3000 }, (_, n): Event[] => [
    // Half of them say each that the one group has moved.
    { ...joined, group: n % 2 ? group : `239.1.${n >> 8}.${n & 255}:5000`, interface: `if${n}` } as Event,
    received(Buffer.from('x'), n, { group: n % 2 ? group : `239.1.${n >> 8}.${n & 255}:5000` }),
  ]).flat();
  const { bytes, counts } = pcapOf(hostile);
  expect(counts.packets).toBe(3000);
  expect(packetsOf(bytes)).toHaveLength(3000);
  // Each is 1 block in front of its first packet, with the one for those that have no name of their own.
  expect(blocksOf(bytes).filter(({ type }) => type === 1).length).toBeLessThanOrEqual(1025);
});

describe('a file that grows', () => {
  const about = { version: '0.1.0', name: 'ana' };
  const open = (path: string, limitBytes = 1e9, told: unknown[] = []) =>
    PcapFile.open({ path, limitBytes, lang: 'en' }, header.groups, about, (fault) => told.push(fault));

  test('is a whole file at every moment, and the same as an export at the end', async () => {
    const path = join(folder(), 'live.pcapng');
    const file = await open(path);
    const events = [joined, received(Buffer.from('one'), 1), sent(Buffer.from('two'), 0)];
    file.add(events[0]!);
    file.add(events[1]!);
    await expect.poll(() => packetsOf(readFileSync(path)).length).toBe(1);
    // Its own clock is beyond that packet's time, so a late one comes after it.
    file.add(events[2]!);
    await file.close();
    expect(packetsOf(readFileSync(path))).toHaveLength(2);
  });

  test('stops at its limit, says so once, and stays whole', async () => {
    const path = join(folder(), 'live.pcapng');
    const told: unknown[] = [];
    const file = await open(path, 2000, told);
    for (let n = 0; n < 100; n++) file.add(received(Buffer.alloc(500), n));
    await expect.poll(() => told.length).toBe(1);
    for (let n = 0; n < 100; n++) file.add(received(Buffer.alloc(500), n));
    await file.close();
    expect(told).toMatchObject([{ code: 'pcap-stopped', facts: { path, reason: 'limit' } }]);
    expect(readFileSync(path).length).toBeLessThanOrEqual(2000);
    expect(blocksOf(readFileSync(path)).length).toBeGreaterThan(0);
  });

  test('cannot be where there is no folder', async () => {
    await expect(open(join(folder(), 'no/live.pcapng'))).rejects.toMatchObject({
      code: 'file-not-written',
      facts: { reason: 'ENOENT' },
    });
  });

  test.skipIf(process.platform !== 'linux')('tells of a full disk (needs /dev/full of Linux)', async () => {
    const told: unknown[] = [];
    const file = await open('/dev/full', 1e9, told);
    await expect.poll(() => told).toMatchObject([{ code: 'pcap-stopped', facts: { reason: 'ENOSPC' } }]);
    await file.close();
  });
});

describe.skipIf(noTshark)(`Wireshark's tools${noTshark ? ` (skipped: ${noTshark})` : ''}`, () => {
  test('read the same packets: times, addresses, ports, payloads, checksums, comments', () => {
    const datagrams = fc.sample(datagram, { numRuns: 300, seed: 3 }).filter(({ bytes }) => bytes.length > 0);
    const { bytes } = pcapOf([joinedSix, ...datagrams.map(({ event }) => event)]);
    const path = fileOf(bytes);
    const info = capinfos(path);
    expect(info).toMatch(/File type:.*pcapng/);
    expect(info).toMatch(new RegExp(`Number of packets:\\s+${datagrams.length}\\b`));
    expect(info).toMatch(/Strict time order:\s+True/);
    expect(info).toContain('this is an export');

    const rows = fields(path, ['frame.time_epoch', 'udp.payload', 'frame.comment', 'frame.interface_name']);
    const wanted = [...datagrams].sort((a, b) => a.event.at - b.event.at);
    expect(rows.map(([time, payload]) => [time, payload])).toEqual(
      wanted.map(({ event, bytes }) => [
        `${(Math.round(event.at * 1000) / 1e6).toFixed(6)}000`,
        Buffer.from(bytes).toString('hex'),
      ]),
    );
    expect(rows.map(([, , comment, device]) => [comment, device])).toEqual(
      wanted.map(({ event }) => [
        event.type === 'sent' ? 'chat, sent by this node' : 'binary, processed by worker 2',
        'group' in event && event.group === six ? 'lan1' : 'lan0',
      ]),
    );
    // 1 is good (ws_checksum.h); zero would be none.
    const check = ['-o', 'udp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];
    expect(fields(path, ['udp.checksum.status', 'udp.checksum'], 'udp.checksum.status != 1', check)).toEqual(
      [],
    );
    expect(fields(path, ['ip.checksum.status'], 'ip && ip.checksum.status != 1', check)).toEqual([]);
  });

  test('see who spoke to whom', () => {
    const events = [
      joinedSix,
      received(Buffer.from('a'), 1),
      sent(Buffer.from('b'), 2),
      received(Buffer.from('c'), 3, { unicast: true }),
      sent(Buffer.from('d'), 4, { to: '10.0.0.9:4000' }),
      received(Buffer.from('e'), 5, { group: six, address: 'fe80::2%lan0', ttl: 7 }),
    ];
    const names = [
      'ip.src',
      'ipv6.src',
      'udp.srcport',
      'ip.dst',
      'ipv6.dst',
      'udp.dstport',
      'ip.ttl',
      'ipv6.hlim',
    ];
    expect(fields(fileOf(pcapOf(events).bytes), names)).toEqual([
      ['10.0.0.2', '', '50123', '239.255.0.1', '', '50000', '1', ''],
      ['10.0.0.1', '', '40123', '239.255.0.1', '', '50000', '3', ''],
      ['10.0.0.2', '', '50123', '10.0.0.1', '', '40123', '64', ''],
      ['10.0.0.1', '', '40123', '10.0.0.9', '', '4000', '64', ''],
      ['', 'fe80::2', '50123', '', 'ff15::4d43', '50000', '', '7'],
    ]);
  });

  test('find nothing wrong with a long session at the edge of the clock', () => {
    const far = { ...received(Buffer.from('z'), 0), at: 8.64e15 } as Event;
    const { bytes } = pcapOf([
      { ...received(Buffer.from('a'), 0), at: 0 } as Event,
      received(Buffer.from('b'), 1),
      far,
    ]);
    expect(capinfos(fileOf(bytes))).toMatch(/Number of packets:\s+3\b/);
    expect(packetsOf(bytes).map(({ micros }) => micros)).toEqual([0, (startedAt + 1) * 1000, 8.64e18]);
    expect(group).toBe('239.255.0.1:50000');
  });
});
