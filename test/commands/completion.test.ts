import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bashScript } from '../../source/commands/completion-bash.ts';
import { fishScript } from '../../source/commands/completion-fish.ts';
import { zshScript } from '../../source/commands/completion-zsh.ts';
import { commandNames } from '../../source/commands/roster.ts';
import { langs } from '../../source/words/lang.ts';
import { has, runCli, temporaryDirectory } from '../support/cli.ts';

/** Typed so far; the last word is the one to complete. */
const cases: [string[], { all?: string[]; some?: string[]; none?: string[] }][] = [
  [['li'], { all: ['listen'] }],
  [['se'], { all: ['send', 'sessions'] }],
  [['send', '--exp'], { all: ['--expect'] }],
  [['listen', '--exp'], { all: [] }],
  [['listen', '--re'], { all: ['--reply-port', '--record-limit'] }],
  [['--no'], { all: ['--no-record', '--no-payloads', '--no-color'] }],
  [['completion', ''], { some: ['bash', 'zsh', 'fish'], none: commandNames }],
  [['sessions', 'p'], { all: ['prune'] }],
  [['--lang', ''], { all: ['en', 'es'] }],
];

function expectOffered(offered: string[], { all, some = [], none = [] }: (typeof cases)[number][1]): void {
  if (all) expect(offered.sort()).toEqual([...all].sort());
  expect(offered).toEqual(expect.arrayContaining(some));
  for (const word of none) expect(offered).not.toContain(word);
}

test.each(['bash', 'zsh', 'fish'])('mcast-tui completion %s prints a script', async (shell) => {
  const { code, out, err } = await runCli(['completion', shell]);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain(`# ${shell} completion for mcast-tui`);
});

describe.skipIf(!has('bash'))('bash (skipped where it is not installed)', () => {
  test.each(cases)('%j', (words, expected) => {
    const offered = complete(['mcast-tui', ...words]);
    expectOffered(offered, expected);
  });

  test('offers files to replay or to share, and directories for data', () => {
    const dir = temporaryDirectory();
    mkdirSync(join(dir, 'week'));
    writeFileSync(join(dir, 'week.json'), '');
    expect(complete(['mcast-tui', 'replay', join(dir, 'we')])).toEqual([
      join(dir, 'week'),
      join(dir, 'week.json'),
    ]);
    expect(complete(['mcast-tui', 'share', join(dir, 'we')])).toHaveLength(2);
    expect(complete(['mcast-tui', '--data-dir', join(dir, 'we')])).toEqual([join(dir, 'week')]);
  });

  function complete(words: string[]): string[] {
    const script = `${bashScript()}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_mcast_tui
printf '%s\\n' "\${COMPREPLY[@]}" | sort`;
    return run('bash', ['--norc', '--noprofile', '-c', script, 'bash', ...words]);
  }
});

describe.skipIf(!has('fish'))('fish (skipped where it is not installed)', () => {
  test.each(cases)('%j', (words, expected) => {
    const script = `${fishScript('en')}\ncomplete -C 'mcast-tui ${words.join(' ')}'`;
    const offered = run('fish', ['--no-config', '-c', script]).map((line) => line.split('\t')[0]!);
    expectOffered(offered, expected);
  });

  test.each(langs)('the script in %s has no error', (lang) => {
    expect(run('fish', ['--no-config', '-c', fishScript(lang)])).toEqual([]);
  });
});

describe.skipIf(!has('zsh'))('zsh (skipped where it is not installed)', () => {
  test.each(langs)('the script in %s has no error and registers itself', (lang) => {
    const script = `autoload -U compinit && compinit -D -u\n${zshScript(lang)}\nprint -r -- $_comps[mcast-tui]`;
    expect(run('zsh', ['-f', '-c', script])).toEqual(['_mcast_tui']);
  });

  // Completion in zsh needs its line editor, so a zsh in a terminal of its own is typed into.
  test.each([
    ['mcast-tui lis', 'mcast-tui listen'],
    ['mcast-tui send --exp', 'mcast-tui send --expect'],
    ['mcast-tui sessions pr', 'mcast-tui sessions prune'],
  ])('%s becomes %s', (typed, whole) => {
    const dir = temporaryDirectory();
    writeFileSync(join(dir, 'mcast-tui.zsh'), zshScript('en'));
    const script = `zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1=; unsetopt zle_bracketed_paste; autoload -U compinit; compinit -D -u; source ${dir}/mcast-tui.zsh; bindkey '^X' accept-line; print re''ady"
zpty -r -m z seen '*ready*' || exit 1
# What stands on the line after Tab is printed instead of run.
zpty -w z "mine() { print -r -- \\"<<\\$BUFFER>>\\"; BUFFER=; zle .accept-line }; zle -N mine; bindkey '^Xp' mine; print re''ady2"
zpty -r -m z seen '*ready2*' || exit 1
zpty -w -n z "${typed}"$'\\t'$'\\x18p'
zpty -r -m z seen '*<<*>>*' || exit 1
print -r -- "\${\${seen##*<<}%%>>*}"`;
    expect(run('zsh', ['-f', '-c', script]).map((line) => line.trimEnd())).toEqual([whole]);
  });
});

function run(program: string, args: string[]): string[] {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000 });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line !== '');
}
