// fish takes one line a word, with what it does.
import { helpWords } from '../words/help.ts';
import type { Lang } from '../words/lang.ts';
import type { Command } from './command.ts';
import { type FlagName, flagSpec, spelling } from './flags.ts';
import { commandNames, commands } from './roster.ts';

export function fishScript(lang: Lang): string {
  return `# fish completion for mcast-tui
function __mcast_tui_runs -a name
    for word in (commandline -opc)[2..]
        if contains -- $word ${commandNames.join(' ')}
            test $word = $name
            return
        end
    end
    # Without a command it is the monitor that runs.
    contains -- $name none monitor
end
complete -c mcast-tui -f
${commands.flatMap((command) => linesOf(command, lang)).join('\n')}
`;
}

function linesOf({ name, summary, shown, words }: Command, lang: Lang): string[] {
  const here = `complete -c mcast-tui -n '__mcast_tui_runs ${name}'`;
  return [
    `complete -c mcast-tui -n '__mcast_tui_runs none' -a ${name} -d ${quote(summary(lang))}`,
    ...(words.length > 0 ? [`${here} -a '${words.join(' ')}'`] : []),
    ...(['replay', 'export', 'share'].includes(name) ? [`${here} -F`] : []),
    ...shown.map((flag) => `${here} ${flagArguments(flag)} -d ${quote(helpWords(lang).flags[flag])}`),
  ];
}

function flagArguments(name: FlagName): string {
  const spec = flagSpec(name);
  const short = spec.short ? `-s ${spec.short} ` : '';
  return `${short}-l ${spelling(name).slice(2)}${values(name)}`;
}

function values(name: FlagName): string {
  const spec = flagSpec(name);
  if (spec.type === 'switch') return '';
  if (spec.type === 'choice') return ` -x -a '${spec.choices.join(' ')}'`;
  if (spec.type === 'text' && spec.complete === 'file') return ' -r -F';
  if (spec.type === 'text' && spec.complete === 'directory') return " -x -a '(__fish_complete_directories)'";
  if (spec.type === 'text' && spec.complete === 'interface') return " -x -a '(__fish_print_interfaces)'";
  return ' -x';
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
