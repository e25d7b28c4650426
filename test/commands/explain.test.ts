import { expect, test } from 'vitest';
import { explain } from '../../source/commands/explain.ts';
import { usageFault } from '../../source/commands/usage.ts';
import { Fault } from '../../source/core/fault.ts';
import { cliWords } from '../../source/words/cli.ts';
import { langs } from '../../source/words/lang.ts';

test('a fault is its sentence and its exit code', () => {
  expect(explain(usageFault('unknown-command', { command: 'fly' }), 'en', {})).toEqual({
    text: 'There is no command "fly". See them all: mcast-tui --help',
    exitCode: 2,
  });
  expect(explain(new Fault('engine-died', {}, 1), 'en', {}).exitCode).toBe(1);
});

test('anything else is a mistake of the program, and shows its stack only to who asks', () => {
  const error = new TypeError('x is not a function');
  const plain = explain(error, 'en', {});
  expect(plain.exitCode).toBe(1);
  expect(plain.text).toContain('x is not a function');
  expect(plain.text).toContain('report');
  expect(plain.text).not.toContain(error.stack);
  expect(explain(error, 'en', { MCAST_DEBUG: '1' }).text).toContain(error.stack);
  expect(explain('only a string', 'en', {}).text).toContain('only a string');
});

test.each(langs)('every usage sentence in %s has its facts filled in', (lang) => {
  const facts = {
    command: 'C',
    near: 'N',
    flag: 'F',
    value: 'V',
    name: 'M',
    choices: 'H',
    word: 'W',
    actions: 'A',
  };
  for (const problem of Object.keys(cliWords(lang).problems) as (keyof ReturnType<
    typeof cliWords
  >['problems'])[]) {
    const { text } = explain(usageFault(problem, facts), lang, {});
    expect(text).not.toMatch(/[{}?]\w|\w}/);
  }
});
