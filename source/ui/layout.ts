// Where everything stands at a terminal size. Pure, so that each breakpoint is a row of a table in the tests.
//
//   ≥ 120 columns                 narrower                 < 80x20
//   ┌ header ───────────────┐     ┌ header ─────┐          ┌ header ─────┐
//   │ chat   │ peers        │     │ chat        │          │ the focused │
//   │        ├──────────────┤     ├─────────────┤          │ pane, tabs  │
//   │        │ workers      │     │ peers       │          │ above it    │
//   └ footer ───────────────┘     │ workers     │          └ footer ─────┘
//                                 └ footer ─────┘
//
// While there are file transfers, a pane for them stands below the workers; in a low terminal in their place.

export const panes = ['chat', 'peers', 'workers', 'files'] as const;
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

/**
 * `only` is the one pane to show where there is room for one, or where it is zoomed; `files` the rows that transfers
 * would fill, 0 for no pane.
 */
export function layoutOf(
  columns: number,
  rows: number,
  { zoom, only: wanted, player, files }: { zoom: boolean; only: Pane; player: boolean; files: number },
): Layout {
  if (columns < smallest.columns || rows < smallest.rows) {
    const all = { width: columns, height: rows };
    return { kind: 'tiny', header: 0, tabs: 0, footer: 0, panes: {}, side: all, body: all };
  }
  const only = wanted === 'files' && files === 0 ? 'chat' : wanted;
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
    const low = filesHeight(files, body.height * 0.3);
    const workers = Math.max(7, Math.floor((body.height - low) * 0.4));
    return {
      kind: 'wide',
      header,
      tabs,
      footer,
      panes: {
        chat: { width: left, height: body.height },
        peers: { width: right, height: body.height - workers - low },
        workers: { width: right, height: workers },
        ...(low > 0 && { files: { width: right, height: low } }),
      },
      side: { width: right, height: body.height },
      body,
    };
  }
  const heights = stackedHeights(body.height, files, only === 'workers');
  const lower = Object.values(heights).reduce((sum, height) => sum + height, 0);
  const sizes = Object.entries(heights).map(([name, height]) => [name, { width: columns, height }]);
  return {
    kind: 'stacked',
    header,
    tabs,
    footer,
    panes: { chat: { width: columns, height: body.height - lower }, ...Object.fromEntries(sizes) },
    side: body,
    body,
  };
}

/** Heights of the panes below the chat, in their order. */
function stackedHeights(height: number, files: number, workersFirst: boolean): Partial<Record<Pane, number>> {
  const peers = Math.max(5, Math.floor(height * 0.33));
  const workers = Math.max(4, Math.floor(height * 0.25));
  if (files === 0) return { peers, workers };
  if (height >= roomForFour) {
    const less = Math.max(4, Math.floor(height * 0.2));
    return { peers: less + 1, workers: less, files: filesHeight(files, height * 0.25) };
  }
  return workersFirst ? { peers, workers } : { peers, files: filesHeight(files, height * 0.3) };
}

/** Rows of a body that chat, peers, workers and files can share. */
const roomForFour = 21;

/** As high as its rows and its frame ask for, up to a limit; 0 for no pane. */
const filesHeight = (rows: number, most: number): number =>
  rows === 0 ? 0 : Math.max(4, Math.min(rows + 2, Math.floor(most)));
