// What the benchmark of the workers says: progress on standard error, its table, its chart and what they mean.
import type { Lang } from './lang.ts';

const en = {
  progress: '{number} of {total}: burst {burst}, workers: {workers} …',
  done: '  {throughput} items/s, overlap {overlap}, {lost} lost',
  columns: {
    burst: 'burst',
    workers: 'workers',
    processed: 'processed',
    dropped: 'dropped',
    shed: 'shed',
    throughput: 'items/s',
    overlap: 'overlap',
    atOnce: 'at once',
  },
  /** Of the second table. */
  wait: 'wait p50',
  latency: 'latency p50',
  chart: 'A burst of {burst}, each with {work} ms of work',
  bars: { workers: 'workers', throughput: 'items/s', overlap: 'overlap', latency: 'latency p99 ms' },
  median: 'Of several runs the one whose throughput is the median; --json and --csv have all.',
  notes:
    'Sender and engine ran on this machine ({machine}) over {interface}; a burst comes at {pace} a second at most. processed, dropped by the kernel at the full socket ({buffer}) and shed by full queues make up what was sent. wait: from arrival to the start of its batch; latency: from sending to the end of its batch; ms. overlap: time of work of all workers by the time of the burst; at once: the most at one instant.',
  unknownBuffer: 'of unknown size',
};

export type BenchWorkersWords = typeof en;

const es: BenchWorkersWords = {
  progress: '{number} de {total}: ráfaga {burst}, trabajadores: {workers} …',
  done: '  {throughput} datagramas/s, solape {overlap}, {lost} perdidos',
  columns: {
    burst: 'ráfaga',
    workers: 'trab.',
    processed: 'procesados',
    dropped: 'descart.',
    shed: 'rechaz.',
    throughput: 'datagr./s',
    overlap: 'solape',
    atOnce: 'a la vez',
  },
  wait: 'espera p50',
  latency: 'latencia p50',
  chart: 'Una ráfaga de {burst}, cada datagrama con {work} ms de trabajo',
  bars: { workers: 'trab.', throughput: 'datagr./s', overlap: 'solape', latency: 'latencia p99 ms' },
  median: 'De varias pruebas, la del rendimiento mediano; --json y --csv las tienen todas.',
  notes:
    'Emisor y motor corrieron en esta máquina ({machine}) por {interface}; una ráfaga llega a {pace} por segundo como mucho. Los procesados, los descartados por el núcleo en el socket lleno ({buffer}) y los rechazados por colas llenas suman lo enviado. espera: de la llegada al comienzo de su lote; latencia: del envío al final de su lote; ms. solape: tiempo de trabajo de todos los trabajadores entre el tiempo de la ráfaga; a la vez: los más en un mismo instante.',
  unknownBuffer: 'de tamaño desconocido',
};

const words: Record<Lang, BenchWorkersWords> = { en, es };

export const benchWorkersWords = (lang: Lang): BenchWorkersWords => words[lang];
