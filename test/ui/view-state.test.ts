import { expect, test } from 'vitest';
import { newView, type ViewAction, type ViewState, viewed } from '../../source/ui/view-state.ts';

const after = (state: ViewState, ...actions: ViewAction[]) => actions.reduce(viewed, state);
const typed = (text: string): ViewAction => ({ do: 'edit', change: { edit: 'type', text } });
const live = newView(true);
const lines = Array.from({ length: 50 }, (_, n) => ({ n }));

test('the program starts on the compose line, a replay in the chat', () => {
  expect(live).toMatchObject({ focus: 'chat', writing: true });
  expect(newView(false)).toMatchObject({ focus: 'chat', writing: false });
});

test('Tab goes round: compose line, chat, peers, workers', () => {
  const stops = [1, 2, 3, 4].map((count) =>
    after(live, ...Array<ViewAction>(count).fill({ do: 'cycle', by: 1, writable: true, files: false })),
  );
  expect(stops.map(({ focus, writing }) => (writing ? 'compose' : focus))).toEqual([
    'chat',
    'peers',
    'workers',
    'compose',
  ]);
  const back = after(live, { do: 'cycle', by: -1, writable: true, files: false });
  expect(back).toMatchObject({ focus: 'workers', writing: false });
  const replay = after(
    newView(false),
    { do: 'cycle', by: -1, writable: false, files: false },
    { do: 'cycle', by: 1, writable: false, files: false },
  );
  expect(replay).toMatchObject({ focus: 'chat', writing: false });
});

test('Esc takes back one thing at a time and ends nothing', () => {
  let state = after(
    live,
    { do: 'focus', pane: 'peers' },
    { do: 'zoom' },
    { do: 'group', groups: ['a', 'b'] },
    { do: 'select', by: 1, keys: ['x', 'y'] },
    { do: 'ask', asking: 'filter' },
    typed('ana'),
    { do: 'answered' },
  );
  expect(state.filters.peers).toBe('ana');
  const steps: unknown[] = [];
  for (let i = 0; i < 5; i++) {
    state = viewed(state, { do: 'escape' });
    const { filters, selected, group, zoom } = state;
    steps.push([filters.peers, selected, group, zoom]);
  }
  expect(steps).toEqual([
    ['', 'x', 'a', true],
    ['', undefined, 'a', true],
    ['', undefined, undefined, true],
    ['', undefined, undefined, false],
    ['', undefined, undefined, false],
  ]);
});

test('a filter works while it is typed, and cancelling brings back the one before', () => {
  const asked = after(live, { do: 'focus', pane: 'chat' }, { do: 'ask', asking: 'filter' }, typed('bet'));
  expect(asked.filters.chat).toBe('bet');
  const kept = after(asked, { do: 'answered' }, { do: 'ask', asking: 'filter' }, typed('o'));
  expect(kept.filters.chat).toBe('beto');
  expect(viewed(kept, { do: 'cancel' }).filters.chat).toBe('bet');
});

test('each pane has a filter of its own', () => {
  const state = after(live, { do: 'focus', pane: 'workers' }, { do: 'ask', asking: 'filter' }, typed('w2'), {
    do: 'answered',
  });
  expect(state.filters).toEqual({ chat: '', peers: '', workers: 'w2', files: '' });
});

test('while something is asked the compose line keeps what stood there', () => {
  const state = after(
    live,
    typed('half a sentence'),
    { do: 'leave' },
    { do: 'ask', asking: 'time' },
    typed('1:30'),
  );
  expect(state.compose.chars.join('')).toBe('half a sentence');
  expect(state.prompt.chars.join('')).toBe('1:30');
});

test.each([
  [[1], 'a'],
  [[1, 1], 'b'],
  [[1, 5], 'c'],
  [[-1], 'c'],
  [[Infinity], 'c'],
  [[-Infinity], 'a'],
  [[2, -1], 'a'],
])('choosing rows by %j', (steps, chosen) => {
  const keys = ['a', 'b', 'c'];
  expect(after(live, ...steps.map((by): ViewAction => ({ do: 'select', by, keys }))).selected).toBe(chosen);
});

test('a chosen row that is no more is replaced by one that is there', () => {
  const state = after(live, { do: 'select', by: 1, keys: ['a'] }, { do: 'select', by: 1, keys: ['b', 'c'] });
  expect(state.selected).toBe('b');
  expect(viewed(state, { do: 'select', by: 1, keys: [] }).selected).toBeUndefined();
});

test('a new filter and a new group look at the newest lines', () => {
  const scrolled = after(live, { do: 'scroll', pane: 'chat', by: -20, lines, least: 5 });
  expect(scrolled.anchors.chat).toBe(29);
  expect(
    after(scrolled, { do: 'leave' }, { do: 'ask', asking: 'filter' }, typed('x')).anchors.chat,
  ).toBeUndefined();
  expect(viewed(scrolled, { do: 'group', groups: ['g'] }).anchors.chat).toBeUndefined();
});

test('the groups go round and end at all', () => {
  const groups = ['a', 'b'];
  const seen = [1, 2, 3].map(
    (count) => after(live, ...Array<ViewAction>(count).fill({ do: 'group', groups })).group,
  );
  expect(seen).toEqual(['a', 'b', undefined]);
});

test('sorting by another column starts in its own order; r turns it', () => {
  const state = after(live, { do: 'reverse' }, { do: 'sort', column: 'loss' });
  expect(state.sorting).toEqual({ column: 'loss', reverse: false });
  expect(viewed(state, { do: 'reverse' }).sorting.reverse).toBe(true);
});

test('what does not change anything is the same object', () => {
  expect(viewed(live, { do: 'hush' })).toBe(live);
});
