// Messages of ours of every kind, for property tests.
import fc from 'fast-check';
import type { HearingReport } from '../../source/core/event.ts';
import { type Heartbeat, type Message, titleLimit } from '../../source/core/message.ts';
import { safeName, safeText, textLimit } from '../../source/core/safe-text.ts';
import { type Offer, shareModes } from '../../source/core/share.ts';

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
export const anyOffer: fc.Arbitrary<Offer> = fc.record(
  {
    share: hexId,
    // So short that it fits whatever it is made of.
    title: fc
      .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
      .map((text) => safeText(text.trim(), titleLimit))
      .filter((text) => text !== ''),
    files: fc.integer({ min: 1, max: 1_000_000 }),
    bytes: count,
    control: fc.integer({ min: 1, max: 65_535 }),
    mode: fc.constantFrom(...shareModes),
    clients: fc.integer({ min: 1, max: 1000 }),
    key: fc.stringMatching(/^[0-9a-f]{64}$/),
  },
  { requiredKeys: ['share', 'title', 'files', 'bytes', 'control', 'mode'] },
);
export const anyMessage: fc.Arbitrary<Message> = fc.oneof(
  anyHeartbeat,
  fc.record({
    ...anyEnvelope,
    kind: fc.constant('chat' as const),
    text: fc.string({ unit: 'grapheme', maxLength: 100 }).map((text) => safeText(text, textLimit)),
  }),
  fc.record({ ...anyEnvelope, kind: fc.constant('ack' as const), of: count }),
  fc.record({ ...anyEnvelope, kind: fc.constant('share' as const), offer: anyOffer }),
  fc.record({ ...anyEnvelope, kind: fc.constant('bye' as const) }),
);
