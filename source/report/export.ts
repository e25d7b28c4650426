// A session in a form that other programs read, a piece at a time, so that one of any length can be exported.
import type { Event } from '../core/event.ts';
import { readEvent } from '../session/check.ts';
import { closing, openingText, separator } from '../session/format.ts';
import type { SessionReader } from '../session/reader.ts';
import type { Lang } from '../words/lang.ts';
import { eventHead, eventRow } from './event-table.ts';
import { type PcapCounts, PcapStream } from './pcap-stream.ts';

export const exportFormats = ['pcapng', 'json', 'csv', 'ndjson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export type ExportOptions = { format: ExportFormat; payloads: boolean; lang: Lang };

/** What is told of an export when it is done. */
export type Exported = { events: number; packets?: PcapCounts };

const pieceBytes = 64 * 1024;

/** Yields the file's bytes in pieces of some 64 KiB; returns what is in it. */
export function* exported(reader: SessionReader, options: ExportOptions): Generator<Buffer, Exported> {
  const events = eventsOf(reader, options.payloads);
  return yield* options.format === 'pcapng'
    ? pcapng(events, reader, options.lang)
    : text(events, writers(reader)[options.format]);
}

type Writer = { head: string; line(event: Event): string; between: string; end: string };

const writers = ({ header }: SessionReader): Record<'json' | 'csv' | 'ndjson', Writer> => ({
  // The same document as the session itself, so that it can be replayed too.
  json: { head: openingText(header), line: JSON.stringify, between: separator, end: closing },
  csv: { head: eventHead, line: eventRow, between: '', end: '' },
  ndjson: { head: '', line: (event) => `${JSON.stringify(event)}\n`, between: '', end: '' },
});

function* text(events: Iterable<Event>, { head, line, between, end }: Writer): Generator<Buffer, Exported> {
  let piece = head;
  let count = 0;
  for (const event of events) {
    piece += (count++ > 0 ? between : '') + line(event);
    if (piece.length < pieceBytes) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece + end);
  return { events: count };
}

function* pcapng(
  events: Iterable<Event>,
  { header }: SessionReader,
  lang: Lang,
): Generator<Buffer, Exported> {
  const { version, name, groups } = header;
  const stream = new PcapStream(groups, { version, name, lang });
  let count = 0;
  for (const event of events) {
    stream.add(event);
    if (++count % 256 === 0) yield stream.takeReady();
  }
  yield stream.take();
  return { events: count, packets: stream.counts };
}

function* eventsOf(reader: SessionReader, payloads: boolean): Generator<Event> {
  const lines = reader.lines();
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const event = readEvent(line);
    if (!event) continue;
    if (!payloads && 'payload' in event) delete event.payload;
    yield event;
  }
}
