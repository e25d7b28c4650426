// What the peers of the demonstration say, in turn.
import type { Lang } from './lang.ts';

type Script = {
  /** Lines of each peer; `lossy` loses some of what it sends, `restless` starts anew now and then. */
  steady: readonly string[];
  lossy: readonly string[];
  restless: readonly string[];
  /** Line n of a burst of `of`. */
  burst(n: number, of: number): string;
};

const en = {
  steady: [
    'Good morning, node one is up.',
    'I sign every heartbeat with a sequence number, so a gap shows.',
    'Press m for the matrix: who hears whom.',
    'Press Enter on a peer for its history.',
    'Watch the workers: a burst is coming.',
  ],
  lossy: [
    'My cable is loose: look at my loss column.',
    'Did you get my last line? Perhaps not.',
    'A tenth of what I send never arrives.',
  ],
  restless: [
    'I restart every half minute; that is not counted as loss.',
    'Each start has a new identity, like an incarnation.',
    'Back again!',
  ],
  burst: (n: number, of: number) => `burst, line ${n} of ${of}`,
};

const es: typeof en = {
  steady: [
    'Buenos días, el nodo uno está en marcha.',
    'Numero cada latido, así se nota si falta alguno.',
    'Pulsa m para ver la matriz: quién oye a quién.',
    'Pulsa Intro sobre un nodo para ver su historia.',
    'Mira los trabajadores: viene una ráfaga.',
  ],
  lossy: [
    'Mi cable está flojo: mira mi columna de pérdidas.',
    '¿Te llegó mi última línea? Quizá no.',
    'La décima parte de lo que envío no llega nunca.',
  ],
  restless: [
    'Reinicio cada medio minuto; eso no cuenta como pérdida.',
    'Cada arranque tiene una identidad nueva, como una encarnación.',
    '¡Ya estoy de vuelta!',
  ],
  burst: (n, of) => `ráfaga, línea ${n} de ${of}`,
};

const scripts: Record<Lang, Script> = { en, es };

export const demoScript = (lang: Lang): Script => scripts[lang];
