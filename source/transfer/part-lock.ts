// Lets one process at a time write to an unfinished file. The lock of a process that was killed must not keep its
// successor from going on, so it names its owner: process id, and when that process started.
import { constants } from 'node:fs';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { codeOf } from '../session/disk.ts';

const noFollow = constants.O_NOFOLLOW ?? 0;
const create = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow;

/** Takes the lock; false when a living process has it. Rejects when the lock cannot be written. */
export async function takeLock(path: string): Promise<boolean> {
  // Twice at most: what is found broken is cleared away, and then it is this one's or another's.
  for (let tries = 0; tries < 2; tries++) {
    try {
      const file = await open(path, create, 0o644);
      try {
        await file.writeFile(await ownerText(process.pid));
      } finally {
        await file.close();
      }
      return true;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const text = await textOf(path);
    if (text === undefined || (await isAlive(text))) return false;
    await clear(path, text);
  }
  return false;
}

export async function releaseLock(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Of several that find a lock broken one moves it away. It may be the new lock of another by then: that goes back. */
async function clear(path: string, broken: string): Promise<void> {
  const away = `${path}.${process.pid}`;
  try {
    await rename(path, away);
    if ((await textOf(away)) !== broken) await link(away, path);
  } catch {
    // Another was faster.
  } finally {
    await rm(away, { force: true });
  }
}

async function isAlive(text: string): Promise<boolean> {
  const [host, pid] = text.split(' ');
  // An owner on another host, or in a container, cannot be asked.
  if (host !== encodeURIComponent(hostname())) return host !== '';
  return text === (await ownerText(Number(pid)));
}

/** Empty for a process that does not live. */
async function ownerText(pid: number): Promise<string> {
  if (!Number.isInteger(pid) || pid <= 0) return '';
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return '';
  }
  return `${encodeURIComponent(hostname())} ${pid} ${await startOf(pid)}\n`;
}

/** When a process started, in ticks since the host did: proc(5), field 22. A process id alone is used again. */
async function startOf(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '?';
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | noFollow);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
