// The app: ties feed, store, keys and screen together. All that is React is here and in the components.
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Feed } from '../core/feed.ts';
import { cursorCell } from './compose-place.ts';
import { Controller } from './controller.ts';
import type { AppOptions } from './desk.ts';
import { useKeys } from './keys.ts';
import { AsciiOnly } from './rows.tsx';
import { Screen } from './screen.tsx';
import { useSize } from './size.ts';
import { openStore } from './store.ts';
import type { Surroundings } from './surroundings.ts';

export type AppProps = {
  feed: Feed;
  around: Surroundings;
  options: AppOptions & {
    /** Most frames a second while there is traffic. */
    fps?: number | undefined;
  };
};

export function App({ feed, around, options }: AppProps) {
  const [controller] = useState(() => {
    const store = openStore(feed, options.fps === undefined ? {} : { fps: options.fps });
    return new Controller(feed, store, around, options);
  });
  const { store } = controller;
  const { columns, rows } = useSize(around.size);
  useSyncExternalStore(store.subscribe, store.getSnapshot);
  useSyncExternalStore(controller.subscribe, controller.view);
  useKeys(controller.press);
  useEffect(() => () => store.close(), [store]);
  const cursor = cursorCell(controller, rows, columns);
  useEffect(() => around.setCursor(cursor?.row, cursor?.column), [around, cursor?.row, cursor?.column]);
  return (
    <AsciiOnly.Provider value={options.ascii}>
      <Screen controller={controller} columns={columns} rows={rows} />
    </AsciiOnly.Provider>
  );
}
