// Panes by themselves, with plain properties.
import { cleanup, render } from 'ink-testing-library';
import stringWidth from 'string-width';
import { afterEach, expect, test } from 'vitest';
import { ActivityPane } from '../../source/ui/activity-pane.tsx';
import { ChatPane } from '../../source/ui/chat-pane.tsx';
import { lookOf } from '../../source/ui/look.ts';
import { Rows } from '../../source/ui/rows.tsx';
import { filled, marked } from '../../source/ui/sheet.ts';
import { activityOf, chatOf } from './support/scenario.ts';

afterEach(cleanup);

const look = lookOf('en', 'plain', false, false);
const context = { look, delivery: () => undefined, groupLabel: () => '' };
/** The frame with its rows filled in, as the product's output does. */
const frame = (app: ReturnType<typeof render>) => filled(app.lastFrame() ?? '').split('\n');

test('rows stand side by side, each in its own columns', () => {
  expect(filled(`${marked('漢字 ', 5)}    ${marked('abc', 3)}  |`)).toBe('漢字 abc|');
  expect(filled('nothing to fill')).toBe('nothing to fill');
});

test('rows change when their text does, although Ink measures nothing new', () => {
  const app = render(<Rows width={5} height={2} lines={['one  ', 'two  ']} />);
  expect(frame(app)).toEqual(['one  ', 'two  ']);
  app.rerender(<Rows width={5} height={2} lines={['three', 'four ']} />);
  expect(frame(app)).toEqual(['three', 'four ']);
});

test('a chat pane fills up from the newest line that it holds at', () => {
  const lines = Array.from({ length: 30 }, (_, n) => chatOf('beto', `line ${n}`, { n }));
  const pane = (anchor?: number) => (
    <ChatPane width={50} height={7} focused={false} context={context} lines={lines} anchor={anchor} filter="">
      {null}
    </ChatPane>
  );
  const app = render(pane());
  const said = () => frame(app).flatMap((row) => /line \d+/.exec(row)?.[0] ?? []);
  expect(said()).toEqual(['line 25', 'line 26', 'line 27', 'line 28', 'line 29']);
  app.rerender(pane(10));
  expect(said()).toEqual(['line 6', 'line 7', 'line 8', 'line 9', 'line 10']);
  app.rerender(pane(0));
  expect(said()).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4']);
});

test.each([100, 60, 40])('the activity log fits %i columns and marks what overlapped', (width) => {
  const lines = [
    activityOf(0, { overlapped: 2, run: 2, worker: 12 }),
    activityOf(1, { failed: true, overlapped: 0 }),
  ];
  const workers = [{ worker: 12, tasks: 1, items: 1, busy: 0.5 }];
  const app = render(
    <ActivityPane
      width={width}
      height={9}
      focused
      look={look}
      lines={lines}
      anchor={undefined}
      workers={workers}
      queued={7}
      filter=""
    />,
  );
  const rows = frame(app);
  expect(rows).toHaveLength(9);
  for (const row of rows) expect(stringWidth(row)).toBe(width);
  expect(rows.join('\n')).toContain('queue 7');
  expect(rows.join('\n')).toContain('10:20:27.456 w12');
  expect(rows.join('\n')).toContain('50%');
  if (width >= 60) expect(rows.join('\n')).toMatch(/█+ ∥2[\s\S]*FAILED/u);
});
