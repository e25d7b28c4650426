// Colours by role, never by place: what a thing means decides how it looks, so that one table is the theme.
// The sixteen colours of the terminal itself are used, which the user has chosen to be readable.
import { Chalk } from 'chalk';

export const roles = [
  'dim', // labels and what is of no interest now
  'title',
  'border',
  'focus', // border and title of the pane that has the keys
  'key', // a key in the footer
  'own', // what this node said
  'good',
  'warn',
  'bad',
  'accent', // sparklines and bars
  'selected',
  'banner', // must be seen: replay, frozen
  'alarm', // must be seen and acted on
  'match', // what a filter says
] as const;
export type Role = (typeof roles)[number];

/** Each role makes text of a look, without changing its width. */
export type Theme = Record<Role, (text: string) => string> & {
  /** The same person always in the same colour. */
  person(name: string): (text: string) => string;
};

/** `mono`: bold, dim and reverse only. `plain`: no escape sequence at all. */
export type Palette = 'colour' | 'mono' | 'plain';

/** As https://no-color.org and the practice of FORCE_COLOR say; a dumb terminal gets no escapes. */
export function paletteFor(env: Record<string, string | undefined>): Palette {
  if (env.FORCE_COLOR === '0' || env.TERM === 'dumb') return 'plain';
  if (env.NO_COLOR) return 'mono';
  return 'colour';
}

const asIs = (text: string) => text;

export function themeOf(palette: Palette): Theme {
  const { person, ...styles } = stylesOf(palette);
  const theme = Object.fromEntries(roles.map((role) => [role, strict(styles[role])]));
  return { ...(theme as Record<Role, Style>), person: (name) => strict(person(name)) };
}

type Style = (text: string) => string;

/** Chalk joins all its arguments, of which map() gives three. */
const strict =
  (style: Style): Style =>
  (text) =>
    style(text);

function stylesOf(palette: Palette): Theme {
  if (palette === 'plain') {
    const plain = Object.fromEntries(roles.map((role) => [role, asIs])) as Record<Role, Style>;
    return { ...plain, person: () => asIs };
  }
  const look = new Chalk({ level: 1 });
  if (palette === 'mono') {
    return {
      dim: look.dim,
      title: look.bold,
      border: look.dim,
      focus: look.bold,
      key: look.bold,
      own: asIs,
      good: asIs,
      warn: look.bold,
      bad: look.bold.underline,
      accent: asIs,
      selected: look.inverse,
      banner: look.inverse,
      alarm: look.inverse.bold,
      match: look.bold,
      person: () => look.bold,
    };
  }
  const people = [look.cyan, look.green, look.yellow, look.magenta, look.blueBright, look.cyanBright];
  return {
    dim: look.gray,
    title: look.bold,
    border: look.gray,
    focus: look.cyan,
    key: look.cyan,
    own: look.cyanBright,
    good: look.green,
    warn: look.yellow,
    bad: look.red,
    accent: look.cyan,
    selected: look.inverse,
    banner: look.black.bgYellow,
    alarm: look.whiteBright.bgRed,
    match: look.magenta,
    person: (name) => people[hash(name) % people.length]!,
  };
}

function hash(text: string): number {
  let sum = 7;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) >>> 0;
  return sum;
}
