// Writes --help from the tables, so that it cannot say anything else than what is parsed.
import { helpWords } from '../words/help.ts';
import type { Lang } from '../words/lang.ts';
import type { Command } from './command.ts';
import { envName, type FlagName, flagSpec, isOf, spelling } from './flags.ts';

const width = 80;

export function commandHelp(command: Command, lang: Lang): string {
  const words = helpWords(lang);
  const { name } = command;
  const input = words.inputs[name];
  const sections = command.groups.map((group) =>
    section(
      words.flagGroups[group],
      command.shown
        .filter((flag) => isOf(flag, group) || (group === 'every' && isOf(flag, 'program')))
        .map((flag) => [flagUsage(flag), flagText(flag, lang)]),
    ),
  );
  const summary = command.summary(lang);
  return [
    `${summary[0]!.toUpperCase()}${summary.slice(1)}.\n`,
    `${paragraphs(`${words.headings.usage}: mcast-tui ${name}${input && ` ${input}`} [${words.headings.flags.toLowerCase()}]`)}\n`,
    `${paragraphs(words.notes[name])}\n`,
    section(words.headings.examples, words.examples[name]),
    ...sections,
    paragraphs(words.precedence.replace('{example}', `${spelling('ttl')} → ${envName('ttl')}`)),
  ].join('\n');
}

export function overallHelp(commands: readonly Command[], lang: Lang): string {
  const words = helpWords(lang);
  return [
    `${paragraphs(words.title)}\n`,
    `${words.headings.usage}: mcast-tui [${words.headings.command}] [${words.headings.flags.toLowerCase()}]\n`,
    section(
      words.headings.commands,
      commands.map((command) => [command.name, command.summary(lang)]),
    ),
    section(
      words.headings.examples,
      commands.map(({ name }) => words.examples[name][0]!),
    ),
    section(
      words.flagGroups.every,
      (['dataDir', 'json', 'lang', 'help', 'version'] as const).map((flag) => [
        flagUsage(flag),
        flagText(flag, lang),
      ]),
    ),
    words.more,
  ].join('\n');
}

/** `-g, --group ADDR:PORT` */
export function flagUsage(name: FlagName): string {
  const spec = flagSpec(name);
  const short = spec.short ? `-${spec.short}, ` : '    ';
  return `${short}${spelling(name)}${spec.type === 'switch' ? '' : ` ${spec.value}`}`;
}

/** What it does, its default, and whether it can be repeated. */
export function flagText(name: FlagName, lang: Lang): string {
  const words = helpWords(lang);
  const spec = flagSpec(name);
  const extras = [
    ...(spec.type !== 'switch' && 'default' in spec && spec.default !== undefined
      ? [words.default.replace('{value}', String(spec.default))]
      : []),
    ...(spec.type === 'text' && spec.many ? [words.repeatable] : []),
  ];
  return extras.length > 0 ? `${words.flags[name]} (${extras.join('; ')})` : words.flags[name];
}

type Row = readonly string[];

/** Two columns; the right one is wrapped, and begins a line of its own beside a left one that is too long. */
function section(title: string, rows: readonly Row[]): string {
  const column = Math.min(30, Math.max(...rows.map(([left]) => left!.length)) + 4);
  const lines = rows.flatMap(([left = '', right = '']) => {
    const wrapped = wrap(right, width - column);
    const head = `  ${left}`;
    return head.length + 2 > column
      ? [head, ...wrapped.map((line) => ' '.repeat(column) + line)]
      : wrapped.map((line, i) => (i === 0 ? head.padEnd(column) : ' '.repeat(column)) + line);
  });
  return `${title}:\n${lines.join('\n')}\n`;
}

function paragraphs(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => wrap(line, width))
    .join('\n');
}

function wrap(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split(/ (?! )/)) {
    const last = lines[lines.length - 1]!;
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
