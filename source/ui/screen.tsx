// The whole screen at one moment: header, panes or an overlay, footer. Plain data in, rows out.
import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Snapshot } from '../core/snapshot.ts';
import { ActivityPane } from './activity-pane.tsx';
import { ChatPane } from './chat-pane.tsx';
import { Compose } from './compose.tsx';
import { composePlace, promptLabel } from './compose-place.ts';
import type { Controller } from './controller.ts';
import { labelOfGroup, severalGroups, shownFiles } from './desk.ts';
import { FilesPane } from './files-pane.tsx';
import { KeysRow, Landmarks, Totals } from './footer.tsx';
import { centred, inner } from './frame.ts';
import { Header } from './header.tsx';
import { type Layout, type Pane, panes, smallest } from './layout.ts';
import { filterNote } from './lists.ts';
import { Overlay } from './overlay.tsx';
import { overlayRows } from './overlay-rows.ts';
import { PeersTable } from './peers-table.tsx';
import { PlayerBar } from './player-bar.tsx';
import { quietLines } from './quiet.ts';
import { Rows } from './rows.tsx';
import { segment, segmentsWidth, spread } from './segments.ts';

type Props = { controller: Controller; columns: number; rows: number };

export function Screen({ controller, columns, rows }: Props) {
  const { look, model } = controller;
  const layout = controller.layout();
  const { latest, frozen } = model;
  const view = controller.view();
  if (layout.kind === 'tiny') {
    const needs = `${smallest.columns}x${smallest.rows}`;
    return <Message lines={look.words.tooSmall(columns, rows, needs)} columns={columns} rows={rows} />;
  }
  if (!latest) return <Message lines={[look.words.starting]} columns={columns} rows={rows} />;
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Header
        width={columns}
        height={layout.header}
        look={look}
        latest={latest}
        diagnoses={model.diagnoses}
        frozen={frozen}
        group={view.group}
        masked={view.masked}
        writing={view.writing}
      />
      {layout.tabs > 0 && <Tabs controller={controller} width={columns} />}
      <Body controller={controller} layout={layout} latest={latest} />
      <Footer controller={controller} width={columns} height={layout.footer} latest={latest} />
    </Box>
  );
}

function Message({ lines, columns, rows }: { lines: readonly string[]; columns: number; rows: number }) {
  const above = Math.max(0, Math.floor((rows - lines.length) / 2));
  const blank = ' '.repeat(columns);
  const all = [...Array<string>(above).fill(blank), ...lines.map((line) => centred(line, columns))];
  return <Rows width={columns} height={rows} lines={all.slice(0, rows)} />;
}

/** The names of the panes, where only one shows; numbers alone where they do not fit. */
function Tabs({ controller, width }: { controller: Controller; width: number }) {
  const { look } = controller;
  const { focus } = controller.view();
  const there = panes.filter((pane) => pane !== 'files' || shownFiles(controller) > 0);
  const tabs = (named: boolean) =>
    there.map((pane, i) => {
      const text = named || pane === focus ? `${i + 1} ${look.words.panes[pane]}` : `${i + 1}`;
      return pane === focus ? segment(`[${text}]`, 'title') : segment(` ${text} `, 'dim');
    });
  const fits = segmentsWidth(tabs(true)) <= width;
  return <Rows width={width} height={1} lines={[spread(tabs(fits), [], width, look)]} />;
}

type BodyProps = { controller: Controller; layout: Layout; latest: Snapshot };

function Body(props: BodyProps) {
  const { controller, layout } = props;
  const { overlay, overlayRow } = controller.view();
  const { body, kind, panes: places } = layout;
  const pane = (name: Pane): ReactNode => places[name] && <PaneView key={name} name={name} {...props} />;
  let right: ReactNode = [pane('peers'), pane('workers'), pane('files')];
  let left: ReactNode = pane('chat');
  if (overlay) {
    const { title, note, rows, size } = overlayRows(controller);
    const row = overlay === 'columns' ? Math.max(0, overlayRow - size.height + 4) : overlayRow;
    right = <Overlay {...size} title={title} note={note} rows={rows} first={row} look={controller.look} />;
    if (size.width === body.width) left = null;
  }
  const side = kind === 'wide' && places.chat && places.peers ? 'row' : 'column';
  return (
    <Box width={body.width} height={body.height} flexDirection={side} flexShrink={0}>
      {left}
      <Box flexDirection="column" flexShrink={0}>
        {right}
      </Box>
    </Box>
  );
}

function PaneView({ name, controller, layout, latest }: BodyProps & { name: Pane }) {
  const { look, model, lists } = controller;
  const view = controller.view();
  const size = layout.panes[name]!;
  const common = {
    ...size,
    look,
    focused: view.focus === name && view.overlay === undefined,
    filter: filterNote(view.filters[name], look),
  };
  const groupLabel = (group: string) => labelOfGroup(controller, group);
  if (name === 'files') {
    return <FilesPane {...common} transfers={lists.files(model, view, look)} chosen={view.chosen} />;
  }
  if (name === 'workers') {
    const { workers, queued } = latest;
    const lines = lists.activity(model, view, look);
    return (
      <ActivityPane
        {...common}
        lines={lines}
        anchor={view.anchors.workers}
        workers={workers}
        queued={queued}
      />
    );
  }
  if (name === 'peers') {
    const rows = lists.peers(model, view, look);
    const here =
      view.group === undefined ? model.peers : model.peers.filter(({ group }) => group === view.group);
    return (
      <PeersTable
        {...common}
        now={latest.now}
        rows={rows}
        hidden={here.length - rows.length}
        alive={here.filter(({ state }) => state === 'alive').length}
        known={here.length}
        sorting={view.sorting}
        columns={view.columns}
        severalGroups={severalGroups(controller)}
        groupLabel={groupLabel}
        selected={view.selected}
        quiet={quietLines(latest, model.diagnoses, inner(size).width, look)}
      />
    );
  }
  const { width, height } = size;
  const place = composePlace(controller, size);
  const context = { look, delivery: (n: number) => model.deliveries.get(n), groupLabel };
  return (
    <ChatPane
      width={width}
      height={height}
      focused={common.focused}
      context={context}
      lines={lists.chat(model, view, look)}
      anchor={view.anchors.chat}
      filter={common.filter}
    >
      {place && (
        <Compose
          line={view.compose}
          active={view.writing && view.asking === undefined}
          look={look}
          {...place}
        />
      )}
    </ChatPane>
  );
}

type FooterProps = { controller: Controller; width: number; height: number; latest: Snapshot };

/** Totals, the player of a replay, and last the keys, a message or the prompt that is open. */
function Footer({ controller, width, height, latest }: FooterProps) {
  const { look, options } = controller;
  const { asking, prompt, message } = controller.view();
  const player = options.replay ? latest.player : undefined;
  const rest = height - (options.replay ? 1 : 0);
  const bar = player && <PlayerBar width={width} look={look} player={player} />;
  if (asking === 'landmark' || asking === 'landmark-back') {
    return (
      <>
        {bar}
        <Landmarks width={width} height={rest} look={look} asking={asking} />
      </>
    );
  }
  return (
    <>
      {rest > 1 && <Totals width={width} look={look} latest={latest} />}
      {bar}
      {asking === undefined ? (
        <KeysRow width={width} look={look} bindings={controller.bindings()} message={message} />
      ) : (
        <Compose line={prompt} width={width} active placeholder="" look={look} {...promptLabel(controller)} />
      )}
    </>
  );
}
