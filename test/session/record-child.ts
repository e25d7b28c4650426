// A process that records as fast as it can and says after each flush how many events are in the file, until it is
// killed or the recording stops by itself. Arguments: the path of the session.
import { writeSync } from 'node:fs';
import { Recorder } from '../../source/session/recorder.ts';
import { header, heartbeat, linesOf } from './events.ts';

// Beyond `ulimit -f` a write fails with EFBIG where this signal does not kill.
process.on('SIGXFSZ', () => {});

const recorder = await Recorder.open({
  path: process.argv[2]!,
  header: { ...header, pid: process.pid },
  onStop: (fault) => writeSync(1, `stopped ${fault.code} ${recorder.events}\n`),
});
for (let n = 0; 'path' in recorder.view()!; ) {
  for (let block = 0; block < 20; block++) {
    const events = Array.from({ length: 50 }, () => heartbeat(n++));
    recorder.append(linesOf(events), events.length);
  }
  await recorder.flush();
  if ('path' in recorder.view()!) writeSync(1, `${recorder.events}\n`);
}
await recorder.close();
