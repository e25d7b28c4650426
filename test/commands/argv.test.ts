import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tidyArgv } from '../../source/commands/argv.ts';
import { Fault } from '../../source/core/fault.ts';

test.each([
  [[], ['--']],
  [['listen'], ['--', 'listen']],
  [
    ['-g', '224.1.1.1:5', 'send', 'hi'],
    ['--group=224.1.1.1:5', '--', 'send', 'hi'],
  ],
  [['-g224.1.1.1:5'], ['--group=224.1.1.1:5', '--']],
  [['-g=224.1.1.1:5'], ['--group=224.1.1.1:5', '--']],
  [['--ack'], ['--ack=true', '--']],
  [['--no-ack'], ['--ack=false', '--']],
  [['--no-record'], ['--record=false', '--']],
  [['--no-record=false'], ['--record=true', '--']],
  [['-hv'], ['--help=true', '--version=true', '--']],
  [
    ['--ttl', '-5'],
    ['--ttl=-5', '--'],
  ],
  [
    ['send', '--raw', 'true', 'story'],
    ['--raw=true', '--', 'send', 'true', 'story'],
  ],
  [
    ['send', '-5', '-'],
    ['--', 'send', '-5', '-'],
  ],
  [
    ['send', '--', '--raw', '-x'],
    ['--', 'send', '--raw', '-x'],
  ],
  [['--name=--json'], ['--name=--json', '--']],
])('%j is %j', (argv, tidy) => {
  expect(tidyArgv(argv)).toEqual(tidy);
});

test.each([
  [['--grup', 'x'], { problem: 'unknown-flag-near', flag: '--grup', near: '--group' }],
  [['--no-recrod'], { problem: 'unknown-flag-near', flag: '--no-recrod', near: '--no-record' }],
  [['--zzzzzz'], { problem: 'unknown-flag', flag: '--zzzzzz' }],
  [['--dataDir', 'x'], { problem: 'unknown-flag-near', flag: '--dataDir', near: '--data-dir' }],
  [['--no-ttl'], { problem: 'unknown-flag', flag: '--no-ttl' }],
  [['-x'], { problem: 'unknown-flag', flag: '-x' }],
  [['-hx'], { problem: 'unknown-flag', flag: '-hx' }],
  [['--ttl'], { problem: 'missing-value', flag: '--ttl' }],
  [['--ttl='], { problem: 'missing-value', flag: '--ttl' }],
  [['--name', '--json'], { problem: 'missing-value', flag: '--name' }],
  [['-g'], { problem: 'missing-value', flag: '-g' }],
  [['--ack=maybe'], { problem: 'switch-value', flag: '--ack', value: 'maybe' }],
])('%j is refused', (argv, facts) => {
  expect(() => tidyArgv(argv)).toThrow(
    expect.objectContaining({ code: 'usage', facts: expect.objectContaining(facts) }),
  );
});

test('whatever the arguments, the answer is tidy arguments or a Fault, and words keep their order', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('--ack', '-g', '--', '--ttl=1'))), (argv) => {
      try {
        const tidy = tidyArgv(argv);
        const words = tidy.slice(tidy.indexOf('--') + 1);
        const inOrder = argv.filter((word) => words.includes(word));
        expect(words.every((word) => inOrder.includes(word))).toBe(true);
        expect(tidyArgv(tidy)).toEqual(tidy);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        expect(error.exitCode).toBe(2);
      }
    }),
  );
});
