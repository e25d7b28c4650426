// A process that enters sessions into a catalogue while others do so too. Arguments: data directory, session files.
import { changeSettings, enterSession } from '../../source/session/catalogue.ts';

const [dataDir, ...paths] = process.argv.slice(2);
for (const path of paths) {
  await enterSession(dataDir!, path, 1);
  await changeSettings(dataDir!, (settings) => {
    settings[path] = true;
  });
}
