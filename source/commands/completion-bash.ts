// bash has no descriptions: words only. Written for bash 3.2, which macOS still has, without bash-completion.
import { type FlagName, flagSpec, spelling } from './flags.ts';
import { commandNames, commands } from './roster.ts';

export function bashScript(): string {
  const cases = commands.map(
    ({ name, shown, words }) =>
      `    ${name}) words='${words.join(' ')}'; flags='${shown.map(spelling).join(' ')}' ;;`,
  );
  const all = [...new Set(commands.flatMap(({ flags }) => flags))];
  const valued = all.filter((name) => flagSpec(name).type !== 'switch');
  const special = valued.flatMap(valueCase);
  return `# bash completion for mcast-tui
_mcast_tui() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command='' word words flags
  COMPREPLY=()
  case "$previous" in
${special.join('\n')}
    ${valued.flatMap(spellings).join('|')}) return ;;
  esac
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      ${commandNames.join('|')}) command="$word"; break ;;
    esac
  done
  case "$command" in
${cases.join('\n')}
    *) words='${commandNames.join(' ')}'; flags='${commands[0]!.shown.map(spelling).join(' ')}' ;;
  esac
  case "$current" in
    -*) words="$flags" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if { [ "$command" = replay ] || [ "$command" = export ] || [ "$command" = share ]; } && [ "$words" != "$flags" ]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen -f -- "$current"))
  fi
}
complete -F _mcast_tui mcast-tui
`;
}

function valueCase(name: FlagName): string[] {
  const spec = flagSpec(name);
  const when = `    ${spellings(name).join('|')})`;
  if (spec.type === 'choice')
    return [`${when} COMPREPLY=($(compgen -W '${spec.choices.join(' ')}' -- "$current")); return ;;`];
  if (spec.type === 'text' && spec.complete === 'file') {
    return [`${when} compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$current")); return ;;`];
  }
  if (spec.type === 'text' && spec.complete === 'directory') {
    return [`${when} compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$current")); return ;;`];
  }
  if (spec.type === 'text' && spec.complete === 'interface') {
    return [`${when} COMPREPLY=($(compgen -W "$(ls /sys/class/net 2>/dev/null)" -- "$current")); return ;;`];
  }
  return [];
}

function spellings(name: FlagName): string[] {
  const { short } = flagSpec(name);
  return [spelling(name), ...(short ? [`-${short}`] : [])];
}
