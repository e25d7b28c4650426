import { expect, test } from 'vitest';
import { layoutOf, panes } from '../../source/ui/layout.ts';

const view = { zoom: false, only: 'chat', player: false } as const;

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

test('the parts fill the terminal exactly and every pane has room, at any size', () => {
  for (let columns = 40; columns <= 220; columns += 3) {
    for (let rows = 10; rows <= 70; rows++) {
      for (const player of [false, true]) {
        for (const zoom of [false, true]) {
          const {
            header,
            tabs,
            footer,
            body,
            panes: shown,
            kind,
          } = layoutOf(columns, rows, { zoom, only: 'peers', player });
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
            expect(shown.peers!.height + shown.workers!.height).toBe(body.height);
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
