// A feed that is still being opened: the screen shows itself meanwhile, instead of after threads and sockets.
import type { Command, Feed } from './feed.ts';

/** Behaves as the feed will. Its `ended` rejects with whatever keeps the feed from opening. */
export function lateFeed(opening: Promise<Feed>): Feed {
  const ended = opening.then((feed) => feed.ended);
  // Whoever awaits it gets the fault; nobody awaiting it yet is no crash.
  ended.catch(() => {});
  const whenOpen = (act: (feed: Feed) => void): void => void opening.then(act, () => {});
  return {
    ended,
    subscribe(listener) {
      let stop: (() => void) | undefined;
      let wanted = true;
      whenOpen((feed) => {
        if (wanted) stop = feed.subscribe(listener);
      });
      return () => {
        wanted = false;
        stop?.();
      };
    },
    send: (command: Command) => whenOpen((feed) => feed.send(command)),
    close: (reason) =>
      opening.then(
        (feed) => feed.close(reason),
        () => {},
      ),
  };
}
