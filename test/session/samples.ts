// Folders and files for the tests of this folder, which go away by themselves.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Event } from '../../source/core/event.ts';
import { header, sessionText } from './events.ts';

export * from './events.ts';

export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'mcast-session-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Writes a session and returns its path. */
export function writeSession(events: Event[], path = join(folder(), 'session.json'), head = header): string {
  writeFileSync(path, sessionText(events, head));
  return path;
}
