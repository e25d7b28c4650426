// The file transfers of a run: each once, whoever recorded it. Its sender knows all receivers; where its session is
// missing, each receiver tells of itself.
import type { Transfer } from '../../core/event.ts';
import type { TransferReceiver } from '../../core/share.ts';
import { made } from './made.ts';
import type { RunNode } from './nodes.ts';
import type { SessionFigures } from './session-figures.ts';

export type SharedFiles = {
  transfer: Transfer;
  /** Undefined where no node of the report has that name. */
  from: RunNode | undefined;
  receivers: (TransferReceiver & { node: RunNode | undefined })[];
};

export function sharedFilesOf(sessions: readonly SessionFigures[], nodes: readonly RunNode[]): SharedFiles[] {
  const byShare = new Map<string, { transfer: Transfer; session: SessionFigures }[]>();
  for (const session of sessions) {
    for (const transfer of session.state.transfers.values()) {
      made(byShare, transfer.share, () => []).push({ transfer, session });
    }
  }
  return [...byShare.values()].map((told) => {
    // The sender's word first; what a receiver says of itself only where that is missing.
    told.sort((a, b) => Number(b.transfer.role === 'sender') - Number(a.transfer.role === 'sender'));
    const { transfer, session } = told[0]!;
    const from =
      transfer.role === 'sender' ? nodeOf(session, nodes) : nodes.find(({ name }) => name === transfer.from);
    const receivers = new Map<string, SharedFiles['receivers'][number]>();
    for (const one of told) {
      for (const receiver of one.transfer.receivers) {
        const own = one.transfer.role === 'receiver' ? nodeOf(one.session, nodes) : undefined;
        const node = own ?? receiverNode(receiver, nodes);
        made(receivers, `${receiver.number} ${receiver.name}`, () => ({ ...receiver, node }));
      }
    }
    return { transfer, from, receivers: [...receivers.values()].sort((a, b) => a.number - b.number) };
  });
}

const nodeOf = (session: SessionFigures, nodes: readonly RunNode[]) =>
  nodes.find(({ sessions }) => sessions.includes(session));

function receiverNode({ name, address }: TransferReceiver, nodes: readonly RunNode[]): RunNode | undefined {
  const named = nodes.filter((node) => node.name === name);
  return (
    named.find(({ addresses }) => addresses.includes(address)) ?? (named.length === 1 ? named[0] : undefined)
  );
}

/** Blocks lost and repaired on the way from one node to another, of all files; undefined where none went. */
export function blocksBetween(
  files: readonly SharedFiles[],
  from: RunNode,
  to: RunNode,
): { lost: number; repaired: number } | undefined {
  const rows = files
    .filter((file) => file.from === from)
    .flatMap(({ receivers }) => receivers.filter(({ node }) => node === to));
  if (rows.length === 0) return undefined;
  return {
    lost: rows.reduce((sum, { lost }) => sum + lost, 0),
    repaired: rows.reduce((sum, { repaired }) => sum + repaired, 0),
  };
}
