import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { tidyArgv } from '../../source/commands/argv.ts';
import { envName, flagNames, flagSpec, spelling } from '../../source/commands/flags.ts';
import { overallHelp } from '../../source/commands/help.ts';
import { commandNames, commands, findCommand } from '../../source/commands/roster.ts';
import { helpWords } from '../../source/words/help.ts';
import { langs } from '../../source/words/lang.ts';

describe.each(langs)('help in %s', (lang) => {
  test('names every command, and fits 80 columns', () => {
    const help = overallHelp(commands, lang);
    for (const { name, summary } of commands) {
      expect(help).toContain(`  ${name}`);
      expect(help.replace(/\s+/g, ' ')).toContain(summary(lang));
    }
    expect(widest(help)).toBeLessThanOrEqual(80);
  });

  test.each(commands)('of $name tells each of its flags with its default', ({ help, shown }) => {
    const text = help(lang).replace(/\s+/g, ' ');
    for (const flag of shown) {
      expect(text).toContain(` ${spelling(flag)} `);
      const spec = flagSpec(flag);
      if (spec.type === 'number' && spec.default !== undefined) {
        expect(text).toContain(helpWords(lang).default.replace('{value}', String(spec.default)));
      }
    }
    expect(text).toContain(envName('ttl'));
  });

  test.each(commands)('of $name fits 80 columns, but for examples to paste', ({ help, name }) => {
    const examples = helpWords(lang).examples[name].map(([line]) => line);
    const rest = help(lang)
      .split('\n')
      .filter((line) => !examples.includes(line.trim()));
    expect(widest(rest.join('\n'))).toBeLessThanOrEqual(80);
  });

  test.each(commandNames)('the examples of %s are right', (name) => {
    for (const [line] of helpWords(lang).examples[name]) {
      const shell = line!.split(' | ').find((part) => part.startsWith('mcast-tui'))!;
      const argv = shell
        .replace(/ >>?.*$/, '')
        .split(' ')
        .slice(1);
      const tidy = tidyArgv(argv);
      const words = tidy.slice(tidy.indexOf('--') + 1);
      const command = findCommand(words[0] ?? 'monitor');
      expect(command?.name, line).toBe(name);
      const flags = tidy
        .filter((word) => word.startsWith('--') && word !== '--')
        .map((word) => word.split('=')[0]);
      const known = command!.flags.flatMap((flag) => [spelling(flag), spelling(flag).replace('--no-', '--')]);
      expect(known).toEqual(expect.arrayContaining(flags));
    }
  });
});

test('every flag belongs to some command', () => {
  const used = new Set(commands.flatMap(({ flags }) => flags));
  expect(flagNames.filter((name) => !used.has(name))).toEqual([]);
});

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => stringWidth(line)));
}
