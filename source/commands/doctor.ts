// `doctor`: why multicast is silent on this host.

import { groupName } from '../core/group.ts';
import { printable, printableJson } from '../core/printable.ts';
import { examine } from '../doctor/examine.ts';
import { listenFor, questionsOf } from '../doctor/question.ts';
import { fill } from '../words/cli.ts';
import { doctorWords } from '../words/doctor.ts';
import type { Run } from './command.ts';
import { examinationText } from './doctor-text.ts';
import { groupOptions } from './engine-options.ts';
import { refuseWords } from './input.ts';

export const run: Run = async (input, flags, io) => {
  refuseWords('doctor', input);
  const { looking, noInterface } = doctorWords(io.lang);
  const seconds = flags.duration ?? listenFor / 1000;
  const questions = questionsOf(groupOptions(flags), { watch: seconds * 1000, peer: flags.peer });
  const result = await examine(questions, io.lang, ({ group, local }) => {
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
