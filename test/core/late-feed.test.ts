import { expect, test, vi } from 'vitest';
import { Fault } from '../../source/core/fault.ts';
import type { Feed } from '../../source/core/feed.ts';
import { lateFeed } from '../../source/core/late-feed.ts';

function fakeFeed() {
  const unsubscribe = vi.fn();
  const feed = {
    subscribe: vi.fn(() => unsubscribe),
    send: vi.fn(),
    close: vi.fn(async () => {}),
    ended: Promise.resolve(),
  } satisfies Feed;
  return { feed, unsubscribe };
}

function opening() {
  let open!: (feed: Feed) => void;
  let fail!: (error: Error) => void;
  const promise = new Promise<Feed>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { promise, open, fail };
}

const listener = () => {};

test('what was asked before the feed was open happens once it is, in order', async () => {
  const { promise, open } = opening();
  const { feed, unsubscribe } = fakeFeed();
  const late = lateFeed(promise);
  const stop = late.subscribe(listener);
  late.send({ do: 'reset' });
  late.send({ do: 'forget' });
  expect(feed.subscribe).not.toHaveBeenCalled();
  open(feed);
  await late.ended;
  expect(feed.subscribe).toHaveBeenCalledWith(listener);
  expect(feed.send.mock.calls).toEqual([[{ do: 'reset' }], [{ do: 'forget' }]]);
  stop();
  expect(unsubscribe).toHaveBeenCalledOnce();
  await late.close('quit');
  expect(feed.close).toHaveBeenCalledWith('quit');
});

test('a listener that left before the feed was open is never called', async () => {
  const { promise, open } = opening();
  const { feed } = fakeFeed();
  const late = lateFeed(promise);
  late.subscribe(listener)();
  open(feed);
  await late.ended;
  expect(feed.subscribe).not.toHaveBeenCalled();
});

test('what keeps it from opening is how it ends; closing it is quiet', async () => {
  const { promise, fail } = opening();
  const late = lateFeed(promise);
  late.send({ do: 'reset' });
  fail(new Fault('port-busy', { port: 50_000 }));
  await expect(late.ended).rejects.toMatchObject({ code: 'port-busy' });
  await expect(late.close('quit')).resolves.toBeUndefined();
});
