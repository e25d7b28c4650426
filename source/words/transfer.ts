// What is said of file transfers, on plain terminals and on the full screen.
import type { ReceiverState, TransferPhase } from '../core/share.ts';
import { faultText, isFaultCode } from './faults.ts';
import type { Lang } from './lang.ts';

const en = {
  states: {
    registered: 'waiting',
    receiving: 'receiving',
    repairing: 'repairing',
    verifying: 'checking',
    whole: 'whole',
    failed: 'failed',
    stalled: 'stalled',
  } satisfies Record<ReceiverState, string>,
  phases: {
    waiting: 'waiting for receivers',
    running: 'sending',
    verifying: 'checking',
    done: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
  } satisfies Record<TransferPhase, string>,
  /** Of a receiver, whose sender it waits for. */
  waitingForSender: 'waiting for the start',
  receivingPhase: 'receiving',
  /** Why a receiver was given up. */
  reasons: {
    'bad-report': 'spoke another protocol',
    'connection-lost': 'connection lost',
    'too-slow': 'too slow',
    full: 'no room for one more',
    over: 'came too late',
    cancelled: 'cancelled',
    'not-whole': 'the sizes differ',
    'not-told': 'did not say what arrived',
    'out-full': 'its disk is full',
    'out-space': 'too little space on its disk',
    'part-failed': 'could not write the file',
    'unsafe-path': 'a link in its output folder',
    'share-over-limit': 'larger than it takes',
    'share-refused': 'the hashes differ',
    'bad-manifest': 'did not understand the list of files',
    'lab-failed': 'spoke another protocol',
    'lab-incomplete': 'not all arrived',
  } as Record<string, string>,
  columns: {
    number: '#',
    receiver: 'receiver',
    address: 'address',
    received: 'received',
    lost: 'lost',
    repaired: 'repaired',
    time: 'time',
    rate: 'rate',
    result: 'result',
  },
  seconds: '{seconds} s',
  files: (count: number) => (count === 1 ? '1 file' : `${count} files`),
  left: '{time} left',
  lost: 'lost {count}',
  repaired: 'repaired {count}',
  more: '… and {count} more',
  sharing: '{title} ({size}, {files}): {phase}',
  receiving: '{title} ({size}, {files}) from {name}: {phase}',
  sentTotal: '{sent} sent, {times} times the size',
  writtenTo: 'written to {path}',
  because: 'Why: {reason}',
  offered: '{name} ({address}) offers {title} ({size}, {files}).',
  question: 'Receive it into {path}? [y/N] ',
  yes: /^(y|yes)$/i,
  waiting: 'Waiting for somebody to share something in {group}. Ctrl+C ends.',
  labServer: 'Plain clients register at {address}, TCP port {port}.',
};

export type TransferWords = typeof en;

const es: TransferWords = {
  states: {
    registered: 'en espera',
    receiving: 'recibiendo',
    repairing: 'reparando',
    verifying: 'comprobando',
    whole: 'completo',
    failed: 'fallido',
    stalled: 'atascado',
  },
  phases: {
    waiting: 'a la espera de receptores',
    running: 'enviando',
    verifying: 'comprobando',
    done: 'terminado',
    failed: 'fallido',
    cancelled: 'cancelado',
  },
  waitingForSender: 'a la espera del comienzo',
  receivingPhase: 'recibiendo',
  reasons: {
    'bad-report': 'hablaba otro protocolo',
    'connection-lost': 'conexión perdida',
    'too-slow': 'demasiado lento',
    full: 'no cabía uno más',
    over: 'llegó tarde',
    cancelled: 'cancelado',
    'not-whole': 'los tamaños difieren',
    'not-told': 'no dijo qué llegó',
    'out-full': 'su disco está lleno',
    'out-space': 'poco espacio en su disco',
    'part-failed': 'no pudo escribir el archivo',
    'unsafe-path': 'un enlace en su carpeta de salida',
    'share-over-limit': 'más grande de lo que acepta',
    'share-refused': 'los hashes difieren',
    'bad-manifest': 'no entendió la lista de archivos',
    'lab-failed': 'hablaba otro protocolo',
    'lab-incomplete': 'no llegó todo',
  },
  columns: {
    number: '#',
    receiver: 'receptor',
    address: 'dirección',
    received: 'recibido',
    lost: 'perdidos',
    repaired: 'reparados',
    time: 'tiempo',
    rate: 'velocidad',
    result: 'resultado',
  },
  seconds: '{seconds} s',
  files: (count) => (count === 1 ? '1 fichero' : `${count} ficheros`),
  left: 'quedan {time}',
  lost: 'perdidos {count}',
  repaired: 'reparados {count}',
  more: '… y {count} más',
  sharing: '{title} ({size}, {files}): {phase}',
  receiving: '{title} ({size}, {files}) de {name}: {phase}',
  sentTotal: '{sent} enviados, {times} veces el tamaño',
  writtenTo: 'escrito en {path}',
  because: 'Motivo: {reason}',
  offered: '{name} ({address}) ofrece {title} ({size}, {files}).',
  question: '¿Recibirlo en {path}? [s/N] ',
  yes: /^(s|si|sí|y|yes)$/i,
  waiting: 'A la espera de que alguien comparta algo en {group}. Ctrl+C termina.',
  labServer: 'Los clientes simples se registran en {address}, puerto TCP {port}.',
};

const words: Record<Lang, TransferWords> = { en, es };

export const transferWords = (lang: Lang): TransferWords => words[lang];

/**
 * Why a transfer failed; without `facts` why one of its receivers did, of which a sender is told the code alone. Codes
 * of later versions stand for themselves.
 */
export function reasonText(lang: Lang, code: string, facts?: Record<string, string | number>): string {
  const { reasons } = words[lang];
  if (facts && isFaultCode(code)) return faultText(lang, { code, facts });
  return Object.hasOwn(reasons, code) ? reasons[code]! : code;
}
