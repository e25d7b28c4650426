import { expect, test } from 'vitest';
import {
  actionFor,
  helpSections,
  keyLabel,
  keymap,
  landmarkKeys,
  type Place,
} from '../../source/ui/keymap.ts';
import { keyWords } from '../../source/words/keys.ts';
import { langs } from '../../source/words/lang.ts';

/** Every set of places that can be active together, as the controller makes them. */
const together: Place[][] = [
  ['compose'],
  ['prompt'],
  ['landmark'],
  ['columns', 'move'],
  ...(['live', 'replay'] as const).flatMap((mode): Place[][] => [
    ...(['chat', 'peers', 'workers', 'files'] as const).map((pane): Place[] => [
      'panes',
      pane,
      ...(mode === 'live' ? (['offer'] as const) : []),
      'move',
      mode,
    ]),
    ...(['help', 'detail', 'matrix', 'wireshark', 'diagnosis'] as const).map((overlay): Place[] => [
      'overlay',
      overlay,
      'move',
      mode,
    ]),
  ]),
].map((places) => ['everywhere', ...places] as Place[]);

test.each(together)('no key means two things in %s %s %s', (...places) => {
  const bindings = keymap.filter(({ place }) => places.includes(place));
  const keys = bindings.flatMap((binding) => binding.keys);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

test('every place of the table can be active', () => {
  const reachable = new Set(together.flat());
  expect(keymap.filter(({ place }) => !reachable.has(place))).toEqual([]);
});

test.each(langs)('the help tells every binding and nothing else (%s)', (lang) => {
  const words = keyWords(lang);
  const told = helpSections(words).flatMap(({ title, rows }) =>
    rows.map(({ keys, does }) => `${title}: ${keys} ${does}`),
  );
  expect(told).toHaveLength(keymap.length);
  for (const { keys, action, place } of keymap) {
    if (action === 'landmark') continue;
    const labels = keys.map((key) => keyLabel(key, words)).join(' ');
    expect(told).toContain(`${words.places[place]}: ${labels} ${words.actions[action]}`);
  }
});

test('every action can be reached by a key', () => {
  const bound = new Set(keymap.map(({ action }) => action));
  expect(Object.keys(keyWords('en').actions).filter((action) => !bound.has(action as never))).toEqual([]);
});

test.each(langs)('whatever the footer shows has a short word (%s)', (lang) => {
  const { hints } = keyWords(lang);
  for (const { action } of keymap.filter(({ hint }) => hint)) expect(Object.keys(hints)).toContain(action);
});

test('the keys after n are those of the landmarks', () => {
  const bound = keymap.find(({ action }) => action === 'landmark')!.keys;
  expect([...bound].sort()).toEqual(Object.values(landmarkKeys).sort());
});

test('keys only work in their place', () => {
  expect(actionFor('q', ['compose', 'everywhere'])).toBeUndefined();
  expect(actionFor('q', ['panes', 'everywhere'])).toBe('quit');
  expect(actionFor('ctrl+c', ['compose', 'everywhere'])).toBe('quit');
  expect(actionFor('space', ['panes', 'live'])).toBe('freeze');
  expect(actionFor('space', ['panes', 'replay'])).toBe('play');
});

test.each([
  ['ctrl+c', 'Ctrl+C', 'Ctrl+C'],
  ['+', '+', '+'],
  ['shift+tab', 'Shift+Tab', 'Mayús+Tab'],
  ['pageup', 'PgUp', 'RePág'],
  ['up', '↑', '↑'],
  ['G', 'G', 'G'],
])('%s is written %s, in Spanish %s', (name, english, spanish) => {
  expect(keyLabel(name, keyWords('en'))).toBe(english);
  expect(keyLabel(name, keyWords('es'))).toBe(spanish);
});
