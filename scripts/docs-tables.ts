// The README's tables, made from what the program itself goes by: keymap, commands, flags.
import { type FlagName, flagNames, isOf } from '../source/commands/flags.ts';
import { flagText, flagUsage } from '../source/commands/help.ts';
import { commands } from '../source/commands/roster.ts';
import { checks } from '../source/doctor/registry.ts';
import { helpSections } from '../source/ui/keymap.ts';
import { doctorWords } from '../source/words/doctor.ts';
import { helpWords } from '../source/words/help.ts';
import { keyWords } from '../source/words/keys.ts';

const words = helpWords('en');

/** Section name → its lines. */
export const tables: Record<string, () => string> = {
  keys: keysTable,
  commands: commandsTable,
  flags: flagsTable,
  checks: checksTable,
};

/** Text with every section between its `<!-- name -->` marks made anew. Throws where a mark is missing. */
export function fillIn(text: string): string {
  let filled = text;
  for (const [name, make] of Object.entries(tables)) {
    const section = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!section.test(filled)) throw new Error(`no place for the table of ${name}`);
    filled = filled.replace(section, (_, start: string, end: string) => `${start}${make()}\n${end}`);
  }
  return filled;
}

function keysTable(): string {
  const rows = helpSections(keyWords('en')).flatMap(({ title, rows }) =>
    rows.map(({ keys, does }, i) => [
      i === 0 ? `**${title}**` : '',
      keys.split(' ').map(code).join(' '),
      does,
    ]),
  );
  return table(['where', 'key', 'does'], rows);
}

function commandsTable(): string {
  const rows = commands.map(({ name, summary }) => {
    const input = words.inputs[name];
    return [code(`mcast-tui ${name}${input && ` ${input}`}`), summary('en')];
  });
  return table(['command', 'does'], rows);
}

function flagsTable(): string {
  const takers = (flag: FlagName): string =>
    isOf(flag, 'every') || isOf(flag, 'program')
      ? 'every command'
      : commands
          .filter(({ flags }) => flags.includes(flag))
          .map(({ name }) => name)
          .join(', ');
  const rows = flagNames.map((name) => [code(flagUsage(name).trim()), flagText(name, 'en'), takers(name)]);
  return table(['flag', 'does', 'of'], rows);
}

/** What the doctor looks at, and the remedies that it knows, in the order in which it looks. */
function checksTable(): string {
  const rows = checks.map(({ id, link }) => {
    const { looks, remedies } = doctorWords('en').checks[id];
    const known = [...new Set(Object.values<string>(remedies))];
    return [
      `[${code(id)}](${link})`,
      looks,
      known
        .map((remedy) => remedy.replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase()))
        .join('<br>'),
    ];
  });
  return table(['check', 'reads', 'remedies'], rows);
}

/** A bar inside a cell would end it, also inside of code. */
const code = (text: string): string => `\`${text}\``.replaceAll('|', '\\|');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
