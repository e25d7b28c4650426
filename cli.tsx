// The top level: reads the arguments with meow and hands them to a command. No JSX and no import that reaches
// React here, so that whatever does not draw a screen never waits for it.
import meow from 'meow';
import { version } from './package.json';
import { dispatch } from './source/commands/dispatch.ts';
import { meowFlags } from './source/commands/flags.ts';
import { leave, processIo } from './source/commands/process-io.ts';

const parse = (argv: string[]) =>
  meow({
    importMeta: import.meta,
    pkg: { name: 'mcast-tui', version },
    argv,
    flags: meowFlags(),
    description: false,
    autoHelp: false,
    autoVersion: false,
    booleanDefault: undefined,
  });

await leave(await dispatch(process.argv.slice(2), parse, processIo(version)));
