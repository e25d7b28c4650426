// To be loaded before env-paths, which asks where home is as soon as it is loaded: that fails for a user of whom
// neither HOME nor passwd tells (a service, a container with --user), and with an empty HOME or a relative
// XDG_DATA_HOME sessions would lie in whatever directory one is in.
import { homedir, userInfo } from 'node:os';
import { isAbsolute } from 'node:path';

const { env } = process;
const home = known(homedir) ?? known(() => userInfo().homedir);
// Nothing can be written at the root, of which the person is told with the remedy.
if (home === undefined || !isAbsolute(env.HOME ?? home)) env.HOME = home ?? '/';
// As the XDG base directory specification has it.
if (env.XDG_DATA_HOME && !isAbsolute(env.XDG_DATA_HOME)) delete env.XDG_DATA_HOME;

function known(ask: () => string): string | undefined {
  try {
    const directory = ask();
    return isAbsolute(directory) ? directory : undefined;
  } catch {
    return undefined;
  }
}
