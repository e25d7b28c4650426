// From arguments to an exit code: finds the command, weighs its flags, runs it, and says plainly what went wrong.
import { pickLang } from '../words/lang.ts';
import { tidyArgv } from './argv.ts';
import type { Command, CommandName, Io, Run } from './command.ts';
import { explain } from './explain.ts';
import { type FlagName, spelling } from './flags.ts';
import { overallHelp } from './help.ts';
import { nearest } from './nearest.ts';
import { commandNames, commands, findCommand } from './roster.ts';
import { loadSettings, tellOn } from './settings.ts';
import { type GivenFlags, givenNames, settle } from './settle.ts';
import { usageFault } from './usage.ts';

const load: Record<CommandName, () => Promise<{ run: Run }>> = {
  monitor: () => import('./monitor.ts'),
  listen: () => import('./listen.ts'),
  send: () => import('./send.ts'),
  share: () => import('./share.ts'),
  receive: () => import('./receive.ts'),
  replay: () => import('./replay.ts'),
  doctor: () => import('./doctor.ts'),
  interfaces: () => import('./interfaces.ts'),
  sessions: () => import('./sessions.ts'),
  export: () => import('./export.ts'),
  report: () => import('./report.ts'),
  capture: () => import('./capture.ts'),
  dissector: () => import('./dissector.ts'),
  demo: () => import('./demo.ts'),
  bench: () => import('./bench.ts'),
  completion: () => import('./completion.ts'),
};

/** What meow makes of arguments. */
export type Parse = (argv: string[]) => { input: string[]; flags: GivenFlags };

/** Never rejects: what goes wrong is told on standard error. */
export async function dispatch(argv: string[], parse: Parse, io: Omit<Io, 'lang'>): Promise<number> {
  let lang = pickLang(langAsked(argv), io.env);
  try {
    const { input, flags: given } = parse(tidyArgv(argv));
    if (given.version === true) return say(io, `${io.version}\n`);
    if (given.help === true || input[0] === 'help') {
      const about = input[0] === 'help' ? input[1] : input[0];
      return say(io, `${about === undefined ? overallHelp(commands, lang) : command(about).help(lang)}\n`);
    }
    const chosen = command(input[0] ?? 'monitor');
    refuseForeign(chosen, input[1] ?? '', givenNames(given));
    const settings = await loadSettings(given, io.env, tellOn({ ...io, lang }));
    const flags = settle(given, io.env, settings);
    lang = pickLang(flags.lang, io.env);
    const { run } = await load[chosen.name]();
    return await run(input.slice(1), flags, { ...io, lang });
  } catch (error) {
    const { text, exitCode } = explain(error, lang, io.env);
    io.stderr.write(`mcast-tui: ${text}\n`);
    return exitCode;
  }
}

function say(io: Pick<Io, 'stdout'>, text: string): number {
  io.stdout.write(text);
  return 0;
}

/** Mistakes in the arguments are told in the language that they ask for, so this looks before anything is judged. */
function langAsked(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  return at < 0 ? undefined : (argv[at]!.split('=')[1] ?? argv[at + 1]);
}

function command(name: string): Command {
  const found = findCommand(name);
  if (found) return found;
  const near = nearest(name, commandNames);
  const shown = name.length > 40 ? `${name.slice(0, 39)}…` : name;
  throw near
    ? usageFault('unknown-command-near', { command: shown, near })
    : usageFault('unknown-command', { command: shown });
}

function refuseForeign({ name, flags, notWith }: Command, word: string, given: readonly FlagName[]): void {
  const foreign = given.find((flag) => !flags.includes(flag));
  if (foreign) throw usageFault('foreign-flag', { flag: spelling(foreign), command: name });
  const apart = given.find((flag) => notWith(word).includes(flag));
  if (apart) throw usageFault('foreign-flag', { flag: spelling(apart), command: `${name} ${word}` });
}
