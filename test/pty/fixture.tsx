// A small app on the real terminal code, with a key for each thing that can happen to it.
import { writeFileSync } from 'node:fs';
import { Box, Text } from 'ink';
import { useEffect, useState } from 'react';
import { Fault } from '../../source/core/fault.ts';
import { fullscreen } from '../../source/ui/fullscreen.tsx';
import { type KeyPress, useKeys } from '../../source/ui/keys.ts';
import { useSize } from '../../source/ui/size.ts';
import type { Surroundings } from '../../source/ui/surroundings.ts';

const { CLOSED = '', CLOSING = '', NOTE = '', TICK = '' } = process.env;
let endFeed: (fault?: Fault) => void = () => {};
const feed = {
  ended: new Promise<void>((resolve, reject) => {
    endFeed = (fault) => (fault ? reject(fault) : resolve());
  }),
  async close(reason: string) {
    if (CLOSING) await new Promise((resolve) => setTimeout(resolve, Number(CLOSING)));
    if (CLOSED) writeFileSync(CLOSED, reason);
  },
};

function Fixture({ size, onExit, onSuspend, onRepaint, setCursor }: Surroundings) {
  const { columns, rows } = useSize(size);
  const [keys, setKeys] = useState<KeyPress[]>([]);
  const [tick, setTick] = useState(0);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    if (!TICK) return;
    const timer = setInterval(() => setTick((now) => now + 1), Number(TICK));
    return () => clearInterval(timer);
  }, []);
  useKeys((key) => {
    setKeys((all) => [...all, key].slice(-8));
    if (key.name === 'q') onExit(0);
    if (key.name === 'Q') onExit(0, 'twelve datagrams');
    if (key.name === 'e') setBroken(true);
    if (key.name === 'x') setTimeout(() => onlyOnce());
    if (key.name === 'r') void Promise.reject(new Error('nobody awaited this'));
    if (key.name === 'f') endFeed(new Fault('port-busy'));
    if (key.name === 'd') endFeed();
    if (key.name === 'p') console.log('printed meanwhile');
    if (key.name === 'b') flood(onRepaint, 500);
    if (key.name === 'w') {
      writeFileSync(NOTE, '');
      // Deaf for a second, as a busy program is; then it ends.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
      onExit(0);
    }
    if (key.name === 'c') setCursor(4, 7);
    if (key.name === 'ctrl+z') onSuspend();
    if (key.name === 'ctrl+l') onRepaint();
  });
  if (broken) throw new Error('broken while drawing');
  return (
    <Box width={columns} height={rows} flexDirection="column">
      <Text>{`size ${columns}x${rows} tick ${tick}`}</Text>
      <Text>{`keys ${keys.map(({ name, text }) => (name === 'paste' ? `paste(${JSON.stringify(text)})` : name)).join(' ')}`}</Text>
      {Array.from({ length: Math.max(0, rows - 3) }, (_, y) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
        <Text key={y} color={y % 2 ? 'green' : 'yellow'}>
          {line(y, tick, columns)}
        </Text>
      ))}
      <Text>{`${'='.repeat(columns - 1)}|`}</Text>
    </Box>
  );
}

function onlyOnce(): never {
  throw new Error('thrown in a timer');
}

/** Many whole frames, each in a turn of its own, and then a file that says so. */
function flood(repaint: () => void, frames: number): void {
  repaint();
  if (frames > 1) setImmediate(flood, repaint, frames - 1);
  else writeFileSync(NOTE, '');
}

/** As wide as the screen, and all of it different at the next tick. */
function line(y: number, tick: number, columns: number): string {
  const label = `row ${y} `;
  return TICK ? label + String((tick + y) % 10).repeat(columns - label.length) : label;
}

try {
  process.exit(await fullscreen(feed, 'en', (surroundings) => <Fixture {...surroundings} />));
} catch (error) {
  console.error(`failed: ${error instanceof Error ? error.message : error}`);
  process.exit(error instanceof Fault ? error.exitCode : 1);
}
