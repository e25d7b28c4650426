import { expect, test } from 'vitest';
import type { LocalInterface } from '../../source/net/interfaces.ts';
import { Watch } from '../../source/net/watch.ts';

const first: LocalInterface = { name: 'lan0', index: 5, family: 4, address: '10.0.0.1', zone: 'lan0' };

/** A host whose interface, memberships and drop counter the test moves by hand. */
function host() {
  const it = {
    now: first as LocalInterface | undefined,
    member: true as boolean | undefined,
    drops: 0 as number | undefined,
    canOpen: true,
    told: [] as string[],
    opened: [] as string[],
    dropped: 0,
  };
  let current = first;
  const watch = new Watch(
    {
      current: () => current,
      look: () => it.now,
      isMember: async () => it.member,
      drops: async () => it.drops,
      reopen: async (on) => {
        if (!it.canOpen) throw new Error('not yet');
        current = on;
        it.opened.push(on.address);
        if (it.member === false) it.member = true;
        if (it.drops !== undefined) it.drops = 0;
      },
      notice: ({ code, facts }) => it.told.push(facts.address ? `${code} ${facts.address}` : code),
      dropped: (count) => {
        it.dropped += count;
      },
    },
    { group: '239.1.1.1:5000', interface: 'lan0' },
  );
  const look = async (times = 1) => {
    for (let i = 0; i < times; i++) await watch.look();
  };
  return { it, watch, look };
}

test('nothing is said or opened while all is well', async () => {
  const { it, watch, look } = host();
  await look(20);
  expect([it.told, it.opened, watch.joined]).toEqual([[], [], true]);
});

test('down and up: said once each, and the sockets are kept where the kernel kept the membership', async () => {
  const { it, watch, look } = host();
  it.now = undefined;
  await look(3);
  expect([it.told, watch.joined]).toEqual([['interface-gone'], false]);
  it.now = first;
  await look(3);
  expect([it.told, it.opened, watch.joined]).toEqual([
    ['interface-gone', 'interface-back 10.0.0.1'],
    [],
    true,
  ]);
});

test.each([false, undefined])('down and up with membership %s: opened anew', async (member) => {
  const { it, look } = host();
  it.now = undefined;
  await look();
  it.member = member;
  it.now = first;
  await look();
  expect(it.opened).toEqual(['10.0.0.1']);
});

test('made anew between two looks: gone and back are both said', async () => {
  const { it, look } = host();
  it.now = { ...first, index: 9, address: '10.0.0.7' };
  await look(3);
  expect(it.told).toEqual(['interface-gone', 'interface-back 10.0.0.7']);
  expect(it.opened).toEqual(['10.0.0.7']);
});

test('another address on the same interface: moved there', async () => {
  const { it, look } = host();
  it.now = { ...first, address: '10.0.0.8' };
  await look(2);
  expect([it.told, it.opened]).toEqual([['interface-back 10.0.0.8'], ['10.0.0.8']]);
});

test('sockets that cannot be opened yet are tried again at every look', async () => {
  const { it, watch, look } = host();
  it.now = { ...first, index: 9 };
  it.canOpen = false;
  await look(3);
  expect([it.told, watch.joined]).toEqual([['interface-gone'], false]);
  it.canOpen = true;
  await look(2);
  expect([it.told, it.opened, watch.joined]).toEqual([
    ['interface-gone', 'interface-back 10.0.0.1'],
    ['10.0.0.1'],
    true,
  ]);
});

test('a lost membership is noticed within five looks, joined again and said', async () => {
  const { it, watch, look } = host();
  it.member = false;
  await look(5);
  expect([it.told, it.opened, watch.joined]).toEqual([
    ['membership-lost', 'membership-regained'],
    ['10.0.0.1'],
    true,
  ]);
});

test('a membership that cannot be had back yet', async () => {
  const { it, watch, look } = host();
  it.member = false;
  it.canOpen = false;
  await look(7);
  expect([it.told, watch.joined]).toEqual([['membership-lost'], false]);
  it.canOpen = true;
  await look(2);
  expect([it.told, watch.joined]).toEqual([['membership-lost', 'membership-regained'], true]);
});

test('drops are told as they grow, over the wrap of the counter and over new sockets', async () => {
  const { it, look } = host();
  it.drops = 3;
  await look();
  await look();
  expect(it.dropped).toBe(3);
  it.drops = 2 ** 32 - 1;
  await look();
  it.drops = 4;
  await look();
  expect(it.dropped).toBe(2 ** 32 + 4);
  it.drops = 10;
  it.now = { ...first, index: 9 };
  await look();
  expect(it.dropped).toBe(2 ** 32 + 10);
  it.drops = 1;
  await look();
  expect(it.dropped).toBe(2 ** 32 + 11);
});

test('where the kernel tells nothing, nothing is concluded', async () => {
  const { it, watch, look } = host();
  it.member = undefined;
  it.drops = undefined;
  await look(12);
  expect([it.told, it.dropped, watch.joined]).toEqual([[], 0, true]);
});
