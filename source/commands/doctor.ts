// `doctor`: why multicast is silent on this host.

import { groupName } from '../core/group.ts';
import { printable, printableJson } from '../core/printable.ts';
import { examine } from '../doctor/examine.ts';
import type { Question } from '../doctor/question.ts';
import { fill } from '../words/cli.ts';
import { doctorWords } from '../words/doctor.ts';
import type { Run } from './command.ts';
import { examinationText } from './doctor-text.ts';
import { groupOptions } from './engine-options.ts';
import type { Flags } from './flags.ts';
import { refuseWords } from './input.ts';

/** Long enough for three heartbeats of everybody, s. */
const listenFor = 3;

export const run: Run = async (input, flags, io) => {
  refuseWords('doctor', input);
  const { looking, noInterface } = doctorWords(io.lang);
  const seconds = flags.duration ?? listenFor;
  const result = await examine(questions(flags, seconds * 1000), io.lang, ({ group, local }) => {
    if (flags.json) return;
    const facts = { group: groupName(group), interface: local?.name ?? '', seconds };
    io.stderr.write(`${fill(local ? looking : noInterface, facts)}\n`);
  });
  io.stdout.write(
    flags.json
      ? printableJson(`${JSON.stringify(result, null, 2)}\n`)
      : printable(examinationText(result, io.lang, io.stdout.columns ?? 100)),
  );
  return result.verdict === 'fail' ? 1 : 0;
};

export function questions(flags: Flags, watch: number): Question[] {
  const groups = groupOptions(flags);
  return groups.map(({ group, interface: wanted, source, ttl, replyPort }) => ({
    group,
    groups: groups.length,
    interface: wanted,
    source,
    ttl,
    replyPort,
    peer: flags.peer,
    watch,
  }));
}
