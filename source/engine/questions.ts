// What a running engine asks the doctor: about each of its groups, as it has joined it.
import type { Question } from '../doctor/question.ts';
import type { EngineOptions } from './options.ts';

/** Long enough for three heartbeats of everybody, ms. */
const listenFor = 3000;

export function questionsOf({ groups, id }: EngineOptions): Question[] {
  return groups.map(({ group, interface: wanted, source, ttl, replyPort }) => ({
    group,
    groups: groups.length,
    interface: wanted,
    source,
    ttl,
    replyPort,
    peer: undefined,
    watch: listenFor,
    self: id,
  }));
}
