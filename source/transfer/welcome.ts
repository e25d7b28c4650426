// What a receiver is told when it registers: its number, what is shared, and where the data will come.
import type { Group } from '../core/group.ts';
import type { Content } from './content.ts';
import type { Welcome } from './control.ts';
import type { Member } from './member.ts';
import type { SenderOptions } from './options.ts';

/** `group`: where the stream for all goes, if there is one. `hasManifest`: it knows the list of files already. */
export function welcomeOf(
  { number, token, isApart }: Member,
  { clients, name, mode }: SenderOptions,
  { encoded, manifest, layout }: Content,
  { group, hasManifest }: { group: Group | undefined; hasManifest: boolean },
): Welcome {
  return {
    number,
    expected: clients ?? 0,
    token,
    blockSize: layout.blockSize,
    key: manifest.key,
    from: name,
    manifestBytes: hasManifest ? 0 : encoded.length,
    mode: mode === 'unicast' ? 'unicast' : 'multicast',
    ...(group && !isApart && { group: { address: group.address, port: group.port } }),
  };
}
