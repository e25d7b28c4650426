import { expect, test } from 'vitest';
import { layoutOf, type Pane, panes } from '../../source/ui/layout.ts';

const view = { zoom: false, only: 'chat', player: false, files: 0 } as const;

test.each([
  [200, 50, 'wide', ['chat', 'peers', 'workers']],
  [120, 40, 'wide', ['chat', 'peers', 'workers']],
  [120, 20, 'wide', ['chat', 'peers', 'workers']],
  [119, 40, 'stacked', ['chat', 'peers', 'workers']],
  [100, 30, 'stacked', ['chat', 'peers', 'workers']],
  [80, 24, 'stacked', ['chat', 'peers', 'workers']],
  [80, 20, 'stacked', ['chat', 'peers', 'workers']],
  [79, 24, 'single', ['chat']],
  [80, 19, 'single', ['chat']],
  [200, 19, 'single', ['chat']],
  [40, 10, 'single', ['chat']],
  [39, 10, 'tiny', []],
  [40, 9, 'tiny', []],
  [1, 1, 'tiny', []],
])('%ix%i is %s', (columns, rows, kind, shown) => {
  const layout = layoutOf(columns, rows, view);
  expect(layout.kind).toBe(kind);
  expect(Object.keys(layout.panes)).toEqual(shown);
});

const views: [zoom: boolean, files: number, only: Pane][] = [false, true].flatMap((zoom) =>
  [0, 1, 3, 8, 500].flatMap((files) => panes.map((only): [boolean, number, Pane] => [zoom, files, only])),
);

test('the parts fill the terminal exactly and every pane has room, at any size', () => {
  for (const columns of [40, 79, 80, 119, 120, 121, 220]) {
    for (let rows = 10; rows <= 70; rows++) {
      for (const player of [false, true]) {
        for (const [zoom, files, only] of views) {
          const {
            header,
            tabs,
            footer,
            body,
            panes: shown,
            kind,
          } = layoutOf(columns, rows, { zoom, only, player, files });
          expect(header + tabs + footer + body.height).toBe(rows);
          const sizes = panes.flatMap((pane) => shown[pane] ?? []);
          for (const { width, height } of sizes) {
            expect(width).toBeGreaterThanOrEqual(40);
            expect(height).toBeGreaterThanOrEqual(4);
          }
          if (sizes.length === 1) expect(sizes[0]).toEqual(body);
          else if (kind === 'stacked')
            expect(sizes.reduce((sum, { height }) => sum + height, 0)).toBe(body.height);
          else {
            expect(shown.chat!.width + shown.peers!.width).toBe(columns);
            const right = [shown.peers!, shown.workers!, ...(shown.files ? [shown.files] : [])];
            expect(right.reduce((sum, { height }) => sum + height, 0)).toBe(body.height);
          }
        }
      }
    }
  }
});

test('zoom gives the focused pane all the room', () => {
  expect(layoutOf(120, 40, { ...view, zoom: true, only: 'workers' }).panes).toEqual({
    workers: { width: 120, height: 35 },
  });
});

test.each([
  [120, 40, 'chat', ['chat', 'peers', 'workers', 'files']],
  [120, 20, 'chat', ['chat', 'peers', 'workers', 'files']],
  [100, 30, 'chat', ['chat', 'peers', 'workers', 'files']],
  [80, 24, 'chat', ['chat', 'peers', 'files']],
  [80, 24, 'workers', ['chat', 'peers', 'workers']],
  [80, 24, 'files', ['chat', 'peers', 'files']],
  [79, 24, 'chat', ['chat']],
  [40, 10, 'files', ['files']],
] as const)('with transfers, %ix%i with the keys in %s shows %j', (columns, rows, only, shown) => {
  expect(Object.keys(layoutOf(columns, rows, { ...view, only, files: 5 }).panes)).toEqual(shown);
});

test('without transfers there is no pane of files, also where it had the keys', () => {
  expect(Object.keys(layoutOf(120, 40, { ...view, only: 'files' }).panes)).toEqual([
    'chat',
    'peers',
    'workers',
  ]);
  expect(Object.keys(layoutOf(60, 20, { ...view, only: 'files' }).panes)).toEqual(['chat']);
});
