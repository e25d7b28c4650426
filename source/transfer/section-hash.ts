// Sections are compared by their hash when a file arrived but is not the same: only the bad ones are sent again.
import { webcrypto } from 'node:crypto';

/** SHA-256 in hex, computed in Node's thread pool. */
export async function sectionHash(data: Uint8Array): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', data)).toString('hex');
}
