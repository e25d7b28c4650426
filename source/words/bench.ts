// What benchmarks say: progress on standard error, and the heads of their tables.
import type { Lang } from './lang.ts';

const en = {
  progress: '{number} of {total}: {size}, clients: {clients}, {mode} …',
  done: '  {whole} of {clients} whole, {arrived} % arrived, {seconds} s',
  /** Why a run has less than it should; other codes are those of transfers. */
  problems: {
    timeout: 'It was not over in time and was stopped.',
    'receivers-missing': 'Not all receivers came.',
  } as Record<string, string>,
  columns: {
    size: 'size',
    clients: 'clients',
    mode: 'mode',
    whole: 'whole',
    arrived: 'arrived %',
    time: 'time s',
    rate: 'MiB/s each',
    wire: 'sent / file',
  },
  of: '{count} of {all}',
  median: 'With several runs: the median, and from the least to the most.',
  notes:
    'All processes ran on this machine ({machine}) over {interface}. Sizes count in powers of 1024. whole: by SHA-256; time: of the slowest receiver, from its first data to its last; sent: payload of the sender.',
};

export type BenchWords = typeof en;

const es: BenchWords = {
  progress: '{number} de {total}: {size}, clientes: {clients}, {mode} …',
  done: '  {whole} de {clients} completos, llegó el {arrived} %, {seconds} s',
  problems: {
    timeout: 'No terminó a tiempo y se detuvo.',
    'receivers-missing': 'No vinieron todos los receptores.',
  },
  columns: {
    size: 'tamaño',
    clients: 'clientes',
    mode: 'modo',
    whole: 'completos',
    arrived: 'llegó %',
    time: 'tiempo s',
    rate: 'MiB/s cada uno',
    wire: 'enviado / fichero',
  },
  of: '{count} de {all}',
  median: 'Con varias pruebas: la mediana, y de la menor a la mayor.',
  notes:
    'Todos los procesos corrieron en esta máquina ({machine}) por {interface}. Los tamaños son potencias de 1024. completos: por SHA-256; tiempo: del receptor más lento, de sus primeros datos a los últimos; enviado: carga útil del emisor.',
};

const words: Record<Lang, BenchWords> = { en, es };

export const benchWords = (lang: Lang): BenchWords => words[lang];
