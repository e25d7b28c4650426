// How the doctor joins: as the program itself does.
import type { TransportOptions } from '../net/transport.ts';
import type { Question } from './question.ts';

export function transportOptions(question: Question, ttl: number): TransportOptions {
  const { group, interface: wanted, source, replyPort, self } = question;
  return {
    group,
    ttl,
    ...(wanted === undefined ? {} : { interface: wanted }),
    ...(source === undefined ? {} : { source }),
    ...(replyPort === undefined || self !== undefined ? {} : { replyPort }),
  };
}
