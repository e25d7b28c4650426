// zsh shows what each command and flag does. Works sourced after compinit, and as a file _mcast-tui in $fpath.
import { helpWords } from '../words/help.ts';
import type { Lang } from '../words/lang.ts';
import type { CommandName } from './command.ts';
import { type FlagName, flagSpec, spelling } from './flags.ts';
import { commands } from './roster.ts';

/** Commands that take files. */
const files: Partial<Record<CommandName, string>> = {
  replay: "'1:session:_files'",
  export: "'1:session:_files'",
  share: "'*:file:_files'",
};

export function zshScript(lang: Lang): string {
  const names = commands.map(({ name, summary }) => `    ${quote(`${name}:${summary(lang)}`)}`);
  const cases = commands.map(({ name, shown, words }) => {
    const input = words.length > 0 ? `'1:what:(${words.join(' ')})'` : (files[name] ?? '');
    return `    ${name}) _arguments -s ${input} \\\n${shown.map((flag) => argument(flag, lang)).join(' \\\n')} ;;`;
  });
  return `#compdef mcast-tui
# zsh completion for mcast-tui
_mcast_tui() {
  local -a commands
  commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then
    _describe command commands
    return
  fi
  local command=$words[2]
  if [[ $command == -* ]]; then
    command=monitor
  else
    shift words
    (( CURRENT-- ))
  fi
  case $command in
${cases.join('\n')}
  esac
}
if [[ $funcstack[1] == _mcast-tui ]]; then
  _mcast_tui "$@"
else
  compdef _mcast_tui mcast-tui
fi
`;
}

function argument(name: FlagName, lang: Lang): string {
  const spec = flagSpec(name);
  const about = helpWords(lang).flags[name].replace(/[[\]:]/g, '\\$&');
  const value = spec.type === 'switch' ? '' : `:${spec.value.replace(/:/g, '\\:')}:${action(name)}`;
  const many = spec.type === 'text' && spec.many ? '*' : '';
  return [spelling(name), ...(spec.short ? [`-${spec.short}`] : [])]
    .map((flag) => `      ${quote(`${many}${flag}[${about}]${value}`)}`)
    .join(' \\\n');
}

function action(name: FlagName): string {
  const spec = flagSpec(name);
  if (spec.type === 'choice') return `(${spec.choices.join(' ')})`;
  if (spec.type === 'text' && spec.complete === 'file') return '_files';
  if (spec.type === 'text' && spec.complete === 'directory') return '_files -/';
  if (spec.type === 'text' && spec.complete === 'interface') return '_net_interfaces';
  return ' ';
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
