// Where everything stands at a terminal size. Pure, so that each breakpoint is a row of a table in the tests.
//
//   ≥ 120 columns                 narrower                 < 80x20
//   ┌ header ───────────────┐     ┌ header ─────┐          ┌ header ─────┐
//   │ chat   │ peers        │     │ chat        │          │ the focused │
//   │        ├──────────────┤     ├─────────────┤          │ pane, tabs  │
//   │        │ workers      │     │ peers       │          │ above it    │
//   └ footer ───────────────┘     │ workers     │          └ footer ─────┘
//                                 └ footer ─────┘

export const panes = ['chat', 'peers', 'workers'] as const;
export type Pane = (typeof panes)[number];
export type Size = { width: number; height: number };

export type Layout = {
  kind: 'wide' | 'stacked' | 'single' | 'tiny';
  header: number;
  /** A row of pane names, where only one pane shows. */
  tabs: number;
  footer: number;
  /** Panes that show, with their borders. */
  panes: Partial<Record<Pane, Size>>;
  /** Where an overlay about peers stands, and one that needs all the room. */
  side: Size;
  body: Size;
};

export const smallest = { columns: 40, rows: 10 };

/** `only` is the one pane to show where there is room for one, or where it is zoomed. */
export function layoutOf(
  columns: number,
  rows: number,
  { zoom, only, player }: { zoom: boolean; only: Pane; player: boolean },
): Layout {
  if (columns < smallest.columns || rows < smallest.rows) {
    const all = { width: columns, height: rows };
    return { kind: 'tiny', header: 0, tabs: 0, footer: 0, panes: {}, side: all, body: all };
  }
  const single = columns < 80 || rows < 20;
  const header = single ? 1 : 2;
  const tabs = single || zoom ? 1 : 0;
  const footer = (single && rows < 14 ? 1 : 2) + (player ? 1 : 0);
  const body = { width: columns, height: rows - header - tabs - footer };
  if (single || zoom) {
    const kind = single ? 'single' : columns >= 120 ? 'wide' : 'stacked';
    return { kind, header, tabs, footer, panes: { [only]: body }, side: body, body };
  }
  if (columns >= 120) {
    const left = Math.floor(columns * 0.4);
    const right = columns - left;
    const workers = Math.max(7, Math.floor(body.height * 0.4));
    return {
      kind: 'wide',
      header,
      tabs,
      footer,
      panes: {
        chat: { width: left, height: body.height },
        peers: { width: right, height: body.height - workers },
        workers: { width: right, height: workers },
      },
      side: { width: right, height: body.height },
      body,
    };
  }
  const workers = Math.max(4, Math.floor(body.height * 0.25));
  const peers = Math.max(5, Math.floor(body.height * 0.33));
  return {
    kind: 'stacked',
    header,
    tabs,
    footer,
    panes: {
      chat: { width: columns, height: body.height - workers - peers },
      peers: { width: columns, height: peers },
      workers: { width: columns, height: workers },
    },
    side: body,
    body,
  };
}
