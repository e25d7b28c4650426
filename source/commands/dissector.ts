// `dissector`: what teaches Wireshark this program's messages, printed or put where Wireshark looks.
import { resolve } from 'node:path';
import { printable, printableJson } from '../core/printable.ts';
import { dissectorSource, installDissector } from '../report/dissector.ts';
import { fill } from '../words/cli.ts';
import { wiresharkWords } from '../words/wireshark.ts';
import type { Run } from './command.ts';
import { refuseWords } from './input.ts';
import { fileSink } from './sink.ts';

export const run: Run = async (input, flags, io) => {
  refuseWords('dissector', input);
  if (!flags.install && flags.out === undefined) {
    const source = await dissectorSource();
    io.stdout.write(flags.json ? printableJson(`${JSON.stringify({ source }, null, 2)}\n`) : source);
    return 0;
  }
  const path = flags.install ? await installDissector(io.env) : resolve(flags.out!);
  if (!flags.install) {
    const sink = await fileSink(path);
    await sink.write(Buffer.from(await dissectorSource()));
    await sink.end();
  }
  if (flags.json) {
    io.stdout.write(printableJson(`${JSON.stringify({ path }, null, 2)}\n`));
  } else if (flags.install) {
    const words = wiresharkWords(io.lang);
    const sentences = [words.installed, ...(process.getuid?.() === 0 ? [words.asRoot] : [])];
    io.stdout.write(printable(`${sentences.map((sentence) => fill(sentence, { path })).join('\n')}\n`));
  }
  return 0;
};
