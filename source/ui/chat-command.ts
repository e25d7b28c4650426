// What a line typed on the compose line asks for: `/quit` and the classroom's `salir` end the program, `//` begins
// a text with a slash, `/share`, `/accept` and `/decline` are about files, `/doctor` and `/refresh` about what is wrong,
// and a command that does not exist is told instead of being sent to everyone.

import { Fault } from '../core/fault.ts';
import { type Chat, encode } from '../core/message.ts';
import type { Snapshot } from '../core/snapshot.ts';

export type ChatCommand =
  | { do: 'say'; text: string }
  | { do: 'quit' }
  | { do: 'help' }
  | { do: 'share'; path: string }
  /** Into a folder; without one into the usual. */
  | { do: 'accept'; out: string | undefined }
  | { do: 'decline' }
  | { do: 'doctor' }
  /** So often, s, as typed; a minute where nothing is. */
  | { do: 'refresh'; seconds: string }
  | { do: 'unknown'; word: string }
  | { do: 'nothing' };

const doctorWords = ['/doctor', '/diagnostico', '/diagnóstico'];

export function chatCommand(line: string): ChatCommand {
  const text = line.trim();
  if (text === '') return { do: 'nothing' };
  if (text === 'salir' || text === '/quit' || text === '/salir') return { do: 'quit' };
  if (text === '/help' || text === '/ayuda') return { do: 'help' };
  if (text.startsWith('//')) return { do: 'say', text: text.slice(1) };
  const [, word, rest = ''] = /^(\/\S+)\s*(.*)$/s.exec(text) ?? [];
  if (word === '/share' || word === '/compartir') return { do: 'share', path: rest };
  if (word === '/accept' || word === '/aceptar') return { do: 'accept', out: rest === '' ? undefined : rest };
  if (word === '/decline' || word === '/rechazar') return { do: 'decline' };
  if (word !== undefined && doctorWords.includes(word)) return { do: 'doctor' };
  if (word === '/refresh' || word === '/refrescar') return { do: 'refresh', seconds: rest };
  if (text.startsWith('/')) return { do: 'unknown', word: text.split(/\s/, 1)[0]! };
  return { do: 'say', text };
}

/** A sequence number as long as any that a session reaches. */
const longSequence = 9_999_999;

/** The Fault that says why a text cannot be sent: it does not fit a datagram. Undefined when it can. */
export function refusal(text: string, { self, now, groups }: Snapshot): Fault | undefined {
  const ttl = groups[0]?.ttl ?? 1;
  const message: Chat = { kind: 'chat', id: self.id, name: self.name, seq: longSequence, at: now, ttl, text };
  try {
    encode(message);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
