import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEvent } from '../../source/session/check.ts';
import { closing, openingText } from '../../source/session/format.ts';
import { SessionReader } from '../../source/session/reader.ts';
import {
  chat,
  folder,
  header,
  heartbeat,
  linesOf,
  sessionText,
  started,
  startedAt,
  stopped,
  writeSession,
} from './samples.ts';

function read(path: string) {
  const reader = new SessionReader(path);
  const lines = reader.lines();
  const texts: string[] = [];
  for (let text = lines.next(); text !== undefined; text = lines.next()) texts.push(text);
  const events = texts.map(readEvent).filter((event) => event !== undefined);
  const count = reader.count();
  reader.close();
  expect(count).toBe(texts.length);
  return { reader, texts, events };
}

function write(text: string | Buffer): string {
  const path = join(folder(), 'session.json');
  writeFileSync(path, text);
  return path;
}

const events = [
  started,
  ...Array.from({ length: 30 }, (_, n) => (n % 9 ? heartbeat(n) : chat(n, `¿qué tal, José 👋🏽 ${n}?`))),
];

test('a whole session: its header, its span and its events', () => {
  const { reader, events: found } = read(writeSession([...events, stopped(startedAt + 5000)]));
  expect(reader.header).toEqual(header);
  expect(found).toEqual([...events, stopped(startedAt + 5000)]);
  expect(reader).toMatchObject({
    firstAt: startedAt,
    lastAt: startedAt + 5000,
    lostBytes: 0,
    interrupted: false,
  });
});

test('an empty session', () => {
  const { reader, texts } = read(writeSession([]));
  expect(texts).toEqual([]);
  expect(reader).toMatchObject({ firstAt: startedAt, lastAt: startedAt, lostBytes: 0, interrupted: true });
});

test('cut at any byte, every whole line is read and the rest is told', () => {
  const some = events.slice(0, 6);
  const whole = Buffer.from(sessionText(some));
  const start = Buffer.byteLength(openingText(header));
  const path = write(whole);
  // Offsets behind each event.
  const ends = some.map((_, i) => start + Buffer.byteLength(linesOf(some.slice(0, i + 1))));
  for (let size = whole.length; size >= start; size--) {
    truncateSync(path, size);
    const kept = ends.filter((end) => end <= size).length;
    const { reader, events: found } = read(path);
    expect(found).toEqual(some.slice(0, kept));
    expect(reader.end).toBe(kept === 0 ? start : ends[kept - 1]);
    // All but the last line end gone is still a whole JSON document.
    expect(reader.lostBytes).toBe(size >= whole.length - 1 ? 0 : size - reader.end);
  }
  for (let size = start - 1; size >= 0; size -= 7) {
    truncateSync(path, size);
    expect(() => new SessionReader(path)).toThrow(expect.objectContaining({ code: 'session-damaged' }));
  }
});

test('whatever stands behind the last whole line, the lines before are read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.nat({ max: 30 }), (garbage, kept) => {
      const before = openingText(header) + linesOf(events.slice(0, kept + 1));
      const { events: found } = read(write(Buffer.concat([Buffer.from(`${before},\n`), garbage])));
      expect(found.slice(0, kept + 1)).toEqual(events.slice(0, kept + 1));
    }),
  );
});

test('damage in the middle costs the lines that it hit', () => {
  const text = Buffer.from(sessionText(events));
  fc.assert(
    fc.property(fc.nat({ max: 20 }), fc.nat(), (length, place) => {
      const damaged = Buffer.from(text);
      const from = openingText(header).length + (place % (text.length - openingText(header).length));
      damaged.fill(0, from, Math.min(from + length, damaged.length));
      const { events: found } = read(write(damaged));
      expect(found.length).toBeGreaterThanOrEqual(events.length - 2);
    }),
  );
});

test('megabytes of zeros behind a power cut are passed', () => {
  const before = `${openingText(header)}${linesOf(events)}\n`;
  const fillers = [Buffer.alloc(8e6), ...['\n', ',\n', ']}\n'].map((text) => Buffer.alloc(60_000, text))];
  for (const filler of fillers) {
    const { reader, events: found } = read(write(Buffer.concat([Buffer.from(before), filler])));
    expect(found).toEqual(events);
    expect(reader.lostBytes).toBe(filler.length + 1);
  }
});

test('a file made to be slow is opened in bounded time all the same', () => {
  const text = openingText(header) + linesOf([started]);
  for (const filler of ['{\n', '{"a":[\n', '\n', `${'x'.repeat(300_000)}\n`]) {
    const before = performance.now();
    const reader = new SessionReader(
      write(Buffer.concat([Buffer.from(`${text}\n`), Buffer.alloc(30e6, filler)])),
    );
    expect(reader).toMatchObject({ firstAt: startedAt, lastAt: startedAt, interrupted: true });
    reader.close();
    expect(performance.now() - before).toBeLessThan(10_000);
  }
});

test('a line of many megabytes is not an event, its neighbours are', () => {
  const long = JSON.stringify(chat(1, 'x'.repeat(3e6)));
  const text = `${openingText(header)}${linesOf([started])},\n${long},\n${linesOf([heartbeat(2), stopped(startedAt + 900)])}${closing}`;
  const { reader, events: found } = read(write(text));
  expect(found).toEqual([started, heartbeat(2), stopped(startedAt + 900)]);
  expect(reader).toMatchObject({ lostBytes: 0, lastAt: startedAt + 900 });
});

test('a session that other tools spaced differently, and whose header says little', () => {
  const text = `{\r\n  "mcast-tui": 1,\r\n  "events": [\r\n${JSON.stringify(started)},\r\n${JSON.stringify(heartbeat(3))}\r\n]\r\n}\r\n`;
  const { reader, events: found } = read(write(text));
  expect(found).toEqual([started, heartbeat(3)]);
  expect(reader).toMatchObject({ firstAt: startedAt, lastAt: startedAt + 300, lostBytes: 0 });
});

test.each([
  ['nothing', ''],
  ['text', 'hello\n'],
  ['other JSON', '{"log":[]}\n'],
  ['a list', '[1,2,3]\n'],
  ['a later version', sessionText([started]).replace('"mcast-tui":1', '"mcast-tui":2')],
  ['a header of wrong types', sessionText([started]).replace('"groups":[', '"groups":7,"x":[')],
  ['a header that never ends', `{"mcast-tui":1,"name":"${'x'.repeat(1e6)}`],
])('%s is no session', (_, text) => {
  expect(() => new SessionReader(write(text))).toThrow(expect.objectContaining({ code: 'session-damaged' }));
});

test('what is not a file at all', () => {
  const dir = folder();
  expect(() => new SessionReader(join(dir, 'none.json'))).toThrow(
    expect.objectContaining({ code: 'no-such-session' }),
  );
  mkdirSync(join(dir, 'dir.json'));
  expect(() => new SessionReader(join(dir, 'dir.json'))).toThrow(
    expect.objectContaining({ code: 'session-damaged' }),
  );
});

test.skipIf(process.platform === 'win32')('a named pipe is refused at once (Windows has none)', () => {
  const pipe = join(folder(), 'pipe.json');
  execFileSync('mkfifo', [pipe]);
  expect(() => new SessionReader(pipe)).toThrow(expect.objectContaining({ code: 'session-damaged' }));
});

test('a header from a stranger is safe to draw', () => {
  const hostile = { ...header, name: '\u001b]0;owned\u0007', host: 'a\u202eb' };
  const reader = new SessionReader(writeSession([started], undefined, hostile));
  expect(reader.header.name).not.toContain('\u001b');
  expect(reader.header.host).not.toContain('\u202e');
  reader.close();
});

test('the newest instant counts when the last lines are not quite in order', () => {
  const { reader } = read(writeSession([started, heartbeat(10), heartbeat(9)]));
  expect(reader.lastAt).toBe(heartbeat(10).at);
});
