// What to type to get the captures that a report must show, and what to look at in them.
import { Fault } from '../../../core/fault.ts';
import { type Group, parseGroup } from '../../../core/group.ts';
import { displayFilters, needsDissector } from '../../../core/wireshark.ts';
import { fill } from '../../../words/cli.ts';
import { wiresharkWords } from '../../../words/wireshark.ts';
import { code, paragraph, place, type Section, table } from '../document.ts';
import { settingsOf } from '../nodes.ts';
import type { Context } from './context.ts';

export function captures({ run, words, lang }: Context): Section {
  const { text, commands, command, does, filters, filter, shows, needs, ...said } = words.captures;
  const places = new Map(
    run.sessions.flatMap(settingsOf).map((own) => [`${own.interface} ${own.group}`, own] as const),
  );
  const rows: [string, string][] = [
    ...[...places.values()].map((own): [string, string] => [
      `mcast-tui capture -i ${word(own.interface)} -g ${word(own.group)} --out lab.pcapng`,
      fill(said.capture, { interface: own.interface }),
    ]),
    ...run.sessions.map((session): [string, string] => [
      `mcast-tui export ${word(session.label)} --out ${word(`${run.node(session).name || 'lab'}.pcapng`)}`,
      said.export,
    ]),
    ['mcast-tui dissector --install', said.dissector],
  ];
  const { uses } = wiresharkWords(lang);
  const groups = run.groups.flatMap(groupOf);
  return {
    title: words.parts.captures,
    blocks: [
      paragraph(text),
      table(
        commands,
        [{ head: command }, { head: does }],
        rows.map(([typed, meant]) => [code(typed), meant]),
      ),
      table(
        filters,
        [{ head: filter }, { head: shows }],
        displayFilters(groups).map((each) => [
          code(each.filter),
          needsDissector(each) ? fill(needs, { shows: uses[each.use] }) : uses[each.use],
        ]),
      ),
      place(words.places.captureJoin),
      place(words.places.captureUdp),
    ],
  };
}

/** A word of a shell command, quoted where it must be: names come from others. */
function word(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Of a file that may come from anywhere. */
function groupOf(name: string): Group[] {
  try {
    return [parseGroup(name)];
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
  }
}
