// The one table of keys. Dispatch, footer, help overlay and the README's key table are all made from it.
import type { Landmark } from '../core/feed.ts';
import type { KeyWords } from '../words/keys.ts';

export type Action = keyof KeyWords['actions'];
export type Place = keyof KeyWords['places'];
export type Hint = keyof KeyWords['hints'];

export type Binding = {
  /** Names as `useKeys` tells them. */
  keys: readonly string[];
  action: Action;
  place: Place;
  /** Shown in the footer where there is room, in the order of the table. */
  hint?: true;
};

const bind = (place: Place, keys: string, action: Action, hint?: 'hint'): Binding => ({
  keys: keys.split(' '),
  action,
  place,
  ...(hint && { hint: true }),
});

export const keymap: readonly Binding[] = [
  bind('compose', 'enter', 'send', 'hint'),
  bind('compose', 'escape', 'leave', 'hint'),
  bind('compose', 'tab', 'next-pane', 'hint'),
  bind('compose', 'shift+tab', 'previous-pane'),
  bind('compose', 'up ctrl+p', 'older'),
  bind('compose', 'down ctrl+n', 'newer'),
  bind('compose', 'pageup', 'page-up'),
  bind('compose', 'pagedown', 'page-down'),
  bind('compose', 'left ctrl+b', 'left'),
  bind('compose', 'right ctrl+f', 'right'),
  bind('compose', 'ctrl+left alt+left alt+b', 'word-left'),
  bind('compose', 'ctrl+right alt+right alt+f', 'word-right'),
  bind('compose', 'home ctrl+a', 'start'),
  bind('compose', 'end ctrl+e', 'end'),
  bind('compose', 'backspace', 'back'),
  bind('compose', 'delete ctrl+d', 'delete'),
  bind('compose', 'ctrl+u', 'kill-left'),
  bind('compose', 'ctrl+k', 'kill-right'),
  bind('compose', 'ctrl+w', 'kill-word'),
  bind('compose', 'ctrl+y', 'yank'),

  bind('offer', 'a', 'accept-offer', 'hint'),
  bind('offer', 'd', 'decline-offer', 'hint'),
  bind('panes', '? h', 'help', 'hint'),
  bind('live', 'i', 'compose', 'hint'),
  bind('panes', 'tab', 'next-pane', 'hint'),
  bind('panes', 'shift+tab', 'previous-pane'),
  bind('panes', '1', 'pane-1'),
  bind('panes', '2', 'pane-2'),
  bind('panes', '3', 'pane-3'),
  bind('panes', '4', 'pane-4'),
  bind('replay', 'space p', 'play', 'hint'),
  bind('replay', '.', 'step-forward', 'hint'),
  bind('replay', ',', 'step-back'),
  bind('replay', '+ =', 'faster', 'hint'),
  bind('replay', '-', 'slower'),
  bind('replay', ']', 'seek-forward', 'hint'),
  bind('replay', '[', 'seek-back'),
  bind('replay', 'n', 'next-landmark', 'hint'),
  bind('replay', 'N', 'previous-landmark'),
  bind('replay', ':', 'seek-time', 'hint'),
  bind('replay', 'home', 'to-start'),
  bind('replay', 'end', 'to-end'),
  bind('panes', '/', 'filter', 'hint'),
  bind('peers', 'enter', 'detail', 'hint'),
  bind('panes', 'm', 'matrix', 'hint'),
  bind('panes', 'w', 'wireshark'),
  bind('panes', 'D', 'diagnosis'),
  bind('panes', 'z', 'zoom', 'hint'),
  bind('live', 'space', 'freeze', 'hint'),
  bind('panes', 'o', 'group'),
  bind('peers', '>', 'sort-right', 'hint'),
  bind('peers', '<', 'sort-left'),
  bind('peers', 'r', 'reverse'),
  bind('peers', 'c', 'columns'),
  bind('peers', 'x', 'forget'),
  bind('chat', 'enter', 'compose'),
  bind('workers', 'enter', 'compose'),
  bind('files', 'c', 'cancel-transfer', 'hint'),
  bind('files', 'x', 'drop-transfers'),
  bind('panes', 'P', 'mask'),
  bind('live', 'ctrl+r', 'reset'),
  bind('panes', 'escape', 'escape'),
  bind('panes', 'Q', 'quit-summary'),
  bind('panes', 'q', 'quit', 'hint'),

  bind('move', 'j down', 'down'),
  bind('move', 'k up', 'up'),
  bind('move', 'pagedown', 'page-down'),
  bind('move', 'pageup', 'page-up'),
  bind('move', 'ctrl+d', 'half-down'),
  bind('move', 'ctrl+u', 'half-up'),
  bind('move', 'g', 'top'),
  bind('move', 'G', 'bottom'),
  bind('live', 'home', 'top'),
  bind('live', 'end', 'bottom'),

  bind('overlay', 'escape q', 'close', 'hint'),
  bind('overlay', 'P', 'mask'),
  bind('help', '? h enter', 'close'),
  bind('detail', 'enter', 'close'),
  bind('detail', '? h', 'help'),
  bind('matrix', 'm', 'close'),
  bind('matrix', 'v', 'matrix-value', 'hint'),
  bind('matrix', '? h', 'help'),
  bind('wireshark', 'w', 'close'),
  bind('wireshark', '? h', 'help'),
  bind('diagnosis', 'D', 'close'),
  bind('diagnosis', 'e', 'examine', 'hint'),
  bind('diagnosis', 'r', 'refresh-membership', 'hint'),
  bind('diagnosis', '? h', 'help'),

  bind('columns', 'space enter', 'toggle', 'hint'),
  bind('columns', 'escape q c', 'close', 'hint'),

  bind('prompt', 'enter', 'accept', 'hint'),
  bind('prompt', 'escape', 'cancel', 'hint'),
  bind('prompt', 'left ctrl+b', 'left'),
  bind('prompt', 'right ctrl+f', 'right'),
  bind('prompt', 'home ctrl+a', 'start'),
  bind('prompt', 'end ctrl+e', 'end'),
  bind('prompt', 'backspace', 'back'),
  bind('prompt', 'delete ctrl+d', 'delete'),
  bind('prompt', 'ctrl+u', 'kill-left'),
  bind('prompt', 'ctrl+k', 'kill-right'),
  bind('prompt', 'ctrl+w', 'kill-word'),

  bind('landmark', 'c t b m h k y f a s d g w i x', 'landmark'),
  bind('landmark', 'escape q', 'cancel', 'hint'),

  bind('everywhere', 'ctrl+c', 'quit', 'hint'),
  bind('everywhere', 'ctrl+l', 'repaint'),
  bind('everywhere', 'ctrl+z', 'suspend'),
];

/** The key after `n` that stands for each kind. */
export const landmarkKeys: Record<Landmark, string> = {
  chat: 'c',
  text: 't',
  binary: 'b',
  malformed: 'm',
  heartbeat: 'h',
  ack: 'k',
  bye: 'y',
  share: 'f',
  alive: 'a',
  suspect: 's',
  dead: 'd',
  gone: 'g',
  warning: 'w',
  diagnosis: 'i',
  task: 'x',
};

/** What a key does where these places are active; undefined for nothing. */
export function actionFor(name: string, places: readonly Place[]): Action | undefined {
  return keymap.find(({ keys, place }) => keys.includes(name) && places.includes(place))?.action;
}

/** A key as it stands on a keyboard: `Ctrl+C`, `PgUp`, `↑`. */
export function keyLabel(name: string, words: KeyWords): string {
  const arrows: Record<string, string> = {
    up: '↑',
    down: '↓',
    left: '←',
    right: '→',
    ctrl: 'Ctrl',
    alt: 'Alt',
  };
  const label = (part: string): string =>
    arrows[part] ?? (words.keys as Record<string, string | undefined>)[part] ?? part;
  if (name === '+') return '+';
  const parts = name.split('+').map(label);
  return parts.length > 1 ? [...parts.slice(0, -1), capital(parts.at(-1)!)].join('+') : parts[0]!;
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

export type HelpSection = { title: string; rows: { keys: string; does: string }[] };

/** The whole table in words, a section for each place. */
export function helpSections(words: KeyWords, left: readonly Place[] = []): HelpSection[] {
  const places = Object.keys(words.places) as Place[];
  return places
    .filter((place) => !left.includes(place))
    .map((place) => ({
      title: words.places[place],
      rows: keymap
        .filter((binding) => binding.place === place)
        .map(({ keys, action }) => ({
          keys:
            action === 'landmark'
              ? Object.values(landmarkKeys).join(' ')
              : keys.map((key) => keyLabel(key, words)).join(' '),
          does: action === 'landmark' ? Object.values(words.landmarks).join(', ') : words.actions[action],
        })),
    }))
    .filter(({ rows }) => rows.length > 0);
}
