import { expect, test } from 'vitest';
import { type ColumnId, chooseColumns, columns, sortPeers } from '../../source/ui/columns.ts';
import { peerOf } from './support/scenario.ts';

const ids = (width: number, wishes = {}, several = false) =>
  chooseColumns(width, wishes, several).map(({ column }) => column.id);

test.each([
  [31, ['state', 'name', 'seen', 'loss']],
  [64, ['state', 'name', 'address', 'seen', 'phi', 'loss', 'rtt']],
  [74, ['state', 'name', 'address', 'seen', 'phi', 'loss', 'rtt', 'jitter', 'received']],
])('%i columns show the most telling', (width, expected) => {
  expect(ids(width)).toEqual(expected);
});

test('a wide table shows all, the group only where there are several', () => {
  expect(ids(200)).toEqual(columns.map(({ id }) => id).filter((id) => id !== 'group'));
  expect(ids(200, {}, true)).toEqual(columns.map(({ id }) => id));
});

test('chosen columns come first, those put away never', () => {
  expect(ids(40, { up: true })).toContain('up');
  expect(ids(200, { phi: false })).not.toContain('phi');
  expect(ids(60, { group: true })).toContain('group');
});

test('the columns fill their room and never more', () => {
  for (let width = 10; width < 220; width++) {
    const chosen = chooseColumns(width, {}, width % 2 === 0);
    expect(chosen.reduce((sum, column) => sum + column.width + 1, -1)).toBeLessThanOrEqual(width);
  }
});

const rows = [
  peerOf('carla', { address: '10.0.0.10', state: 'dead', phi: 9, rtt: undefined, lossRatio: 0.5 }),
  peerOf('Beto', { address: '10.0.0.9', rtt: 3, lossRatio: 0.1 }),
  peerOf('ana', { address: '10.0.0.10', port: 9, state: 'suspect', phi: 4, rtt: 20, lossRatio: 0.1 }),
];

test.each<[ColumnId, string[]]>([
  ['name', ['ana', 'Beto', 'carla']],
  ['address', ['Beto', 'ana', 'carla']],
  ['state', ['carla', 'ana', 'Beto']],
  ['rtt', ['carla', 'Beto', 'ana']],
  ['loss', ['Beto', 'ana', 'carla']],
])('by %s', (column, names) => {
  expect(sortPeers(rows, { column, reverse: false }).map(({ name }) => name)).toEqual(names);
});

test('equal rows stay as they came, in either direction', () => {
  const equal = ['x', 'y', 'z'].map((name) => peerOf(name));
  for (const reverse of [false, true]) {
    expect(sortPeers(equal, { column: 'loss', reverse }).map(({ name }) => name)).toEqual(['x', 'y', 'z']);
  }
});
