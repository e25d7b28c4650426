// Where the file of a thread is: beside the bundle, or in dist/ when the TypeScript sources run as they are (tests).

/** `worker-thread` gives the URL of worker-thread.js. */
export function threadEntry(name: string): URL {
  const folder = import.meta.url.endsWith('.ts') ? '../../dist/' : './';
  return new URL(`${folder}${name}.js`, import.meta.url);
}
