// `demo`: the monitor on loopback with three peers of its own, for a newcomer to see every pane alive.
import { startDemo } from '../engine/demo.ts';
import type { Run } from './command.ts';
import { engineOptions } from './engine-options.ts';
import { type Flags, flagTable } from './flags.ts';
import { printFeed } from './headless.ts';
import { refuseWords } from './input.ts';
import { showScreen, wantsScreen } from './screen.ts';

/** A port of its own, so that the demonstration's peers do not show up in a monitor on this computer. */
const demoGroup = '239.255.0.1:50999';
/** By its address, which is the same on every system, unlike its name. */
const loopback = { v4: '127.0.0.1', v6: '::1' };

export const run: Run = async (input, given, io) => {
  refuseWords('demo', input);
  const flags = onLoopback(given);
  const screen = wantsScreen(flags, io);
  const options = engineOptions(flags, io, !screen);
  const feed = startDemo(options, io.lang);
  return screen
    ? showScreen(feed, flags, { replay: false }, io)
    : printFeed(await feed, { json: flags.json, recorded: flags.record }, io);
};

function onLoopback(flags: Flags): Flags {
  const [group = demoGroup] = flags.group.filter((name) => name !== flagTable.group.default);
  return { ...flags, group: [group], interface: group.startsWith('[') ? loopback.v6 : loopback.v4, ttl: 0 };
}
