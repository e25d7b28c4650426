// Messages of ours of every kind, for property tests.
import fc from 'fast-check';
import type { HearingReport } from '../../source/core/event.ts';
import type { Heartbeat, Message } from '../../source/core/message.ts';
import { safeName, safeText, textLimit } from '../../source/core/safe-text.ts';

const hexId = fc.stringMatching(/^[0-9a-f]{16}$/);
const count = fc.maxSafeNat();
/** Times as a clock gives them: not finer than a microsecond. */
const millis = fc.integer({ min: 0, max: 4e15 }).map((micros) => micros / 1_000);
const name = fc
  .string({ minLength: 1, unit: 'grapheme' })
  .map(safeName)
  .filter((text) => text !== '');
const hearing: fc.Arbitrary<HearingReport> = fc.record({
  id: hexId,
  seq: count,
  got: count,
  lost: count,
  duplicates: count,
  jitter: millis,
  at: millis,
  held: millis,
});
const anyEnvelope = { id: hexId, name, seq: count, at: millis, ttl: fc.nat(255) };
export const anyHeartbeat: fc.Arbitrary<Heartbeat> = fc.record({
  ...anyEnvelope,
  kind: fc.constant('heartbeat' as const),
  every: fc.integer({ min: 1, max: 86_400_000 }),
  up: millis,
  hears: fc.array(hearing, { maxLength: 20 }),
});
export const anyMessage: fc.Arbitrary<Message> = fc.oneof(
  anyHeartbeat,
  fc.record({
    ...anyEnvelope,
    kind: fc.constant('chat' as const),
    text: fc.string({ unit: 'grapheme', maxLength: 100 }).map((text) => safeText(text, textLimit)),
  }),
  fc.record({ ...anyEnvelope, kind: fc.constant('ack' as const), of: count }),
  fc.record({ ...anyEnvelope, kind: fc.constant('bye' as const) }),
);
