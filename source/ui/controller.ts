// Between the keys and everything they act on: the view's state, the feed, the terminal around. It holds the
// state outside React, because several keys come in one read and each must see what the one before did.
import type { Command, Feed, Landmark } from '../core/feed.ts';
import { type AppOptions, type Desk, shownFiles } from './desk.ts';
import { actionFor, type Binding, keymap, landmarkKeys, type Place } from './keymap.ts';
import type { KeyPress } from './keys.ts';
import { type Layout, layoutOf } from './layout.ts';
import { Lists } from './lists.ts';
import { type Look, lookOf } from './look.ts';
import { actions } from './perform.ts';
import { offerOf } from './sharing.ts';
import type { Model, Store } from './store.ts';
import type { Surroundings } from './surroundings.ts';
import { newView, type Tone, type ViewAction, type ViewState, viewed } from './view-state.ts';

export class Controller implements Desk {
  readonly lists = new Lists();
  #view: ViewState;
  #look: Look;
  #watched: Command = { do: 'watch', peer: undefined, matrix: false };
  #listeners = new Set<() => void>();

  constructor(
    readonly feed: Feed,
    readonly store: Store,
    readonly around: Surroundings,
    readonly options: AppOptions,
  ) {
    this.#view = newView(!options.replay);
    this.#look = lookOf(around.lang, options.palette, options.ascii, false);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until something changes. */
  view = (): ViewState => this.#view;

  get look(): Look {
    return this.#look;
  }

  get model(): Model {
    return this.store.getSnapshot();
  }

  layout(): Layout {
    const { columns, rows } = this.around.size.get();
    const { zoom, focus } = this.#view;
    const files = shownFiles(this);
    return layoutOf(columns, rows, { zoom, only: focus, player: this.options.replay, files });
  }

  dispatch(action: ViewAction): void {
    const before = this.#view;
    this.#view = viewed(before, action);
    if (this.#view === before) return;
    if (this.#view.masked !== before.masked) {
      const { lang } = this.around;
      this.#look = lookOf(lang, this.options.palette, this.options.ascii, this.#view.masked);
    }
    this.#watch();
    for (const listener of this.#listeners) listener();
  }

  tell(text: string, tone: Tone = 'plain'): void {
    this.dispatch({ do: 'tell', text, tone });
  }

  press = ({ name, text }: KeyPress): void => {
    this.dispatch({ do: 'hush' });
    const { asking } = this.#view;
    const action = actionFor(name, this.places());
    if (action === 'landmark') this.#seekLandmark(name, asking === 'landmark-back');
    else if (action) actions[action](this);
    else if (text !== '' && this.#typing()) this.dispatch({ do: 'edit', change: { edit: 'type', text } });
  };

  /** Where keys work now. */
  places(): Place[] {
    const { asking, overlay, writing, focus } = this.#view;
    const mode = this.options.replay ? 'replay' : 'live';
    if (asking === 'landmark' || asking === 'landmark-back') return ['everywhere', 'landmark'];
    if (asking) return ['everywhere', 'prompt'];
    if (overlay === 'columns') return ['columns', 'move', 'everywhere'];
    if (overlay) return ['overlay', overlay, 'move', mode, 'everywhere'];
    if (writing) return ['everywhere', 'compose'];
    return ['everywhere', 'panes', focus, ...(offerOf(this) ? (['offer'] as const) : []), 'move', mode];
  }

  /** What the footer tells of the keys: in an overlay, first how it is closed. */
  bindings(): Binding[] {
    const places = this.places();
    const active = keymap.filter(({ place }) => places.includes(place));
    if (this.#view.overlay === undefined) return active;
    return active.sort((a, b) => places.indexOf(a.place) - places.indexOf(b.place));
  }

  #typing(): boolean {
    const { asking, writing } = this.#view;
    return asking === undefined
      ? writing && this.#view.overlay === undefined
      : !asking.startsWith('landmark');
  }

  #seekLandmark(key: string, back: boolean): void {
    const landmark = (Object.keys(landmarkKeys) as Landmark[]).find((kind) => landmarkKeys[kind] === key);
    this.dispatch({ do: 'answered' });
    if (landmark) this.feed.send({ do: 'next', landmark, ...(back && { back }) });
  }

  /** Detail and matrix are only made while somebody looks at them. */
  #watch(): void {
    const { overlay, selected } = this.#view;
    const peer = overlay === 'detail' ? selected : undefined;
    const matrix = overlay === 'matrix';
    const { do: _, ...last } = this.#watched as Extract<Command, { do: 'watch' }>;
    if (last.peer === peer && last.matrix === matrix) return;
    this.#watched = { do: 'watch', peer, matrix };
    this.feed.send(this.#watched);
  }
}
