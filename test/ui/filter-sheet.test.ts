import { expect, test } from 'vitest';
import { filterRows } from '../../source/ui/filter-sheet.ts';
import { widthOf } from '../../source/ui/fit.ts';
import { lookOf } from '../../source/ui/look.ts';

const groups = ['239.255.0.1:50000', '[ff15::4d43]:50000'];

test.each([36, 80, 150])('filters are whole, and no row is wider than %i columns', (width) => {
  const rows = filterRows(groups, width, lookOf('en', 'plain', true, false));
  for (const row of rows) expect(widthOf(row)).toBe(width);
  const text = rows.map((row) => row.trim()).join(' ');
  expect(text).toContain('udp && ip.dst == 239.255.0.1 && udp.port == 50000');
  expect(text).toContain('udp && ipv6.dst == ff15::4d43 && udp.port == 50000');
  expect(text).toContain(
    'igmp.type == 0x16 || igmp.type == 0x22 || icmpv6.type == 131 || icmpv6.type == 143',
  );
  expect(text).toContain('mcast.hears.lost > 0');
  expect(text).toContain("mcast-tui capture -g '239.255.0.1:50000' -g '[ff15::4d43]:50000'");
});

test('in Spanish, with addresses hidden, and with a group that is none', () => {
  const text = filterRows([...groups, 'nonsense'], 120, lookOf('es', 'plain', true, true)).join('\n');
  expect(text).toContain('solo uniones al grupo');
  expect(text).not.toContain('239.255.0.1');
});
