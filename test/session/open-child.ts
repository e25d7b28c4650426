// A process that tries to begin a recording and says how that went. Arguments: the path of the session.
import { Fault } from '../../source/core/fault.ts';
import { Recorder } from '../../source/session/recorder.ts';
import { header } from './events.ts';

try {
  const recorder = await Recorder.open({ path: process.argv[2]!, header });
  await recorder.close();
  console.log('recorded');
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.log(`${error.code} ${error.facts.reason}`);
}
