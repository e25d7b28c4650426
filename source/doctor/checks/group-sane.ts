// Some groups are never forwarded, some share their Ethernet address with those, some need a source.
import { parseAddress } from '../../core/address.ts';
import { isLinkLocalGroup, isSsmRange } from '../../core/group.ts';
import { check } from '../check.ts';

type Seen = { address: string; source: string | undefined };

export const groupSane = check({
  id: 'group.sane',
  link: 'https://datatracker.ietf.org/doc/html/rfc5771',
  look: ({ group, source }): Seen => ({ address: group.address, source }),
  judge({ address, source }) {
    const evidence = `${address}${source === undefined ? '' : ` from ${source}`}`;
    const facts = { group: address };
    if (isSsmRange(address) && source === undefined) {
      return { status: 'fail', because: 'needs-source', evidence, facts };
    }
    if (/^ff.1:/i.test(address)) return { status: 'warn', because: 'own-host', evidence, facts };
    if (isLinkLocalGroup(address)) return { status: 'warn', because: 'link-local', evidence, facts };
    const mac = ethernetAddress(address);
    // 224.0.0.0/24 goes to everybody, so what shares its addresses does too.
    if (mac?.startsWith('01:00:5e:00:00:')) {
      return { status: 'warn', because: 'flooded', evidence: `${evidence} = ${mac}`, facts };
    }
    return { status: 'ok', because: 'ok', evidence: mac ? `${evidence} = ${mac}` : evidence, facts };
  },
});

/** The lowest 23 bits stand for the group (RFC 1112 section 6.4): 32 groups share an address. */
function ethernetAddress(address: string): string | undefined {
  const parsed = parseAddress(address);
  if (parsed?.family !== 4) return undefined;
  const [, b = 0, c = 0, d = 0] = parsed.words;
  return ['01', '00', '5e', ...[b & 0x7f, c, d].map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
}
