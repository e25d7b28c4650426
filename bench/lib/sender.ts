// Starts the flood and waits for its end.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { adopt } from './children.ts';

/** `rate` as reached, datagrams a second; `cpu` in cores. */
export type Sent = { sent: number; seconds: number; rate: number; cpu: number };

/** Options as flood.ts has them. */
export async function flood(group: string, options: Record<string, string | number>): Promise<Sent> {
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const script = join(import.meta.dirname, 'flood.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, '--group', group, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const code = await adopt(child);
  if (code !== 0) throw new Error(`the sender ended with ${code}`);
  return JSON.parse(out) as Sent;
}
