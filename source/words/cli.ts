// What the command line says: mistakes in its use, and what `send` and `listen` print beside the events.
import type { Facts } from '../core/fault.ts';
import type { Lang } from './lang.ts';

const en = {
  problems: {
    'unknown-command': 'There is no command "{command}". See them all: mcast-tui --help',
    'unknown-command-near': 'There is no command "{command}". Did you mean "{near}"?',
    'unknown-flag': 'There is no flag {flag}. See them all: mcast-tui --help',
    'unknown-flag-near': 'There is no flag {flag}. Did you mean {near}?',
    'foreign-flag': '{flag} is not a flag of "{command}". See: mcast-tui {command} --help',
    'missing-value': '{flag} needs a value. Write it after the flag: {flag} VALUE',
    'switch-value': '{flag} is a switch: it takes true, false or no value, not "{value}".',
    'not-a-choice': '{name} is "{value}", but it can only be: {choices}.',
    'not-a-switch': '{name} is "{value}", but it can only be true or false (1 or 0).',
    'too-many-words': '"{command}" does not know what to do with "{word}". See: mcast-tui {command} --help',
    'which-shell': 'Say which shell: mcast-tui completion bash, zsh or fish.',
    'no-text': 'There is no text to send: the message is empty.',
    'what-to-share': 'Say what to share: mcast-tui share FILE or FOLDER, one or more.',
    'nobody-to-ask':
      'Standard input is no terminal, so nobody can be asked before a file is written. Add --yes to take what is offered.',
    'json-or-csv': 'Choose one: --json or --csv.',
    'one-number': '{name} takes one number here. Several are for mcast-tui bench.',
    'which-bench': '"{word}" is nothing that can be measured. Write mcast-tui bench and one of: {benches}.',
    'burst-too-long':
      'A burst of {burst} with {work} ms of work each would take one worker {seconds} s, and {most} s is the most. Choose a smaller burst or less work.',
    'not-a-size': '"{value}" is not a size. Write a number with K, M or G, such as 100M.',
    'not-a-server':
      '"{server}" is not a server. Write HOST:PORT, such as 10.0.0.1:5000 or [fe80::1%eth0]:5000.',
    'which-session':
      'Say which session: its number in the list of mcast-tui sessions, or the path to its file.',
    'no-sessions': 'There is no session to replay yet. Each run of mcast-tui records one.',
    'which-format': 'Say in which form: --format {formats}, or an --out that ends so.',
    'binary-output': 'A pcapng file is not for a terminal. Name a file with --out, or pipe it on.',
    'report-output': 'A report is not for a terminal. Name a file with --out, or pipe it on.',
    'export-onto-itself':
      'The session itself cannot be the file that it is exported to. Choose another --out.',
    'which-action': '"{word}" is nothing that can be done with sessions. It can be: {actions}.',
    'what-to-prune': 'Say what may go: --older-than DAYS, --keep MIB, or both.',
  },
  internal: 'Something went wrong inside mcast-tui: {message}',
  report:
    'This is a mistake in the program, not yours. Please report it with this message; MCAST_DEBUG=1 adds the details.',
  lostLines: '{count} lines were not printed, because the reader of the output was too slow.',
  lostLinesRecorded: 'They are in the session file.',
  typeHere: 'Type a line and press Enter to send it. "salir" or Ctrl+D ends.',
  sent: 'sent "{text}" to {group} ({bytes} B)',
  acked: 'ack from {from} in {rtt} ms',
  replied: 'reply from {from} in {rtt} ms: {text}',
  noAck: 'no acknowledgement within {seconds} s',
  tooFewAcks: '{got} of {expected} acknowledgements came.',
  lineRefused: 'This line was not sent. {why}',
  plain: {
    started: 'started as {name} ({id}), mcast-tui {version}',
    joined: 'joined {group} on {interface} ({address}), TTL {ttl}',
    left: 'left {group}: {reason}',
    sentTo: 'sent {kind} to {to}',
    peer: '{name} ({address}) is {state}',
    peerWas: '{name} ({address}) is {state}, was {was}',
    task: 'worker {worker} failed: {items} datagrams lost',
    dropped: 'this host was too slow: the kernel dropped {count} datagrams of {group}',
    shed: 'too much at once: {count} turned away ({what})',
    states: { alive: 'alive', suspect: 'suspect', dead: 'dead', gone: 'gone' },
    reasons: {
      duration: 'the time is over',
      count: 'the count is reached',
      'output closed': 'the output was closed',
    },
    warning: 'warning: {text}',
    bytes: '{bytes} B',
    acknowledges: 'of message {of}',
    offers: 'offers {title} ({size})',
    transfer: '{title} ({size}) from {name}: {phase}, {whole} of {of} whole',
    transferFailed: '{title} ({size}) from {name}: {phase}, {whole} of {of} whole: {reason}',
    phases: {
      waiting: 'waiting',
      running: 'running',
      verifying: 'verifying',
      done: 'done',
      failed: 'failed',
      cancelled: 'cancelled',
    },
    stopped:
      'stopped ({reason}): {received} received, {sent} sent, {lost} lost, {duplicates} duplicates, {kernelDrops} dropped by this host',
  },
};

export type CliWords = typeof en;
export type UsageProblem = keyof CliWords['problems'];

const es: CliWords = {
  problems: {
    'unknown-command': 'No existe la orden "{command}". Para verlas todas: mcast-tui --help',
    'unknown-command-near': 'No existe la orden "{command}". ¿Quería decir "{near}"?',
    'unknown-flag': 'No existe la opción {flag}. Para verlas todas: mcast-tui --help',
    'unknown-flag-near': 'No existe la opción {flag}. ¿Quería decir {near}?',
    'foreign-flag': '{flag} no es una opción de "{command}". Vea: mcast-tui {command} --help',
    'missing-value': '{flag} necesita un valor. Escríbalo tras la opción: {flag} VALOR',
    'switch-value': '{flag} es un interruptor: admite true, false o ningún valor, no "{value}".',
    'not-a-choice': '{name} es "{value}", pero solo puede ser: {choices}.',
    'not-a-switch': '{name} es "{value}", pero solo puede ser true o false (1 o 0).',
    'too-many-words': '"{command}" no sabe qué hacer con "{word}". Vea: mcast-tui {command} --help',
    'which-shell': 'Diga qué shell: mcast-tui completion bash, zsh o fish.',
    'no-text': 'No hay texto que enviar: el mensaje está vacío.',
    'what-to-share': 'Diga qué compartir: mcast-tui share FICHERO o CARPETA, uno o más.',
    'nobody-to-ask':
      'La entrada estándar no es un terminal, así que no se puede preguntar a nadie antes de escribir un fichero. Añada --yes para aceptar lo que se ofrezca.',
    'json-or-csv': 'Elija uno: --json o --csv.',
    'one-number': '{name} admite aquí un solo número. Varios son para mcast-tui bench.',
    'which-bench': '"{word}" no es nada que se pueda medir. Escriba mcast-tui bench y uno de: {benches}.',
    'burst-too-long':
      'Una ráfaga de {burst} con {work} ms de trabajo cada uno ocuparía {seconds} s a un trabajador, y {most} s es lo máximo. Elija una ráfaga menor o menos trabajo.',
    'not-a-size': '"{value}" no es un tamaño. Escriba un número con K, M o G, como 100M.',
    'not-a-server':
      '"{server}" no es un servidor. Escriba HOST:PUERTO, como 10.0.0.1:5000 o [fe80::1%eth0]:5000.',
    'which-session': 'Diga qué sesión: su número en la lista de mcast-tui sessions, o la ruta de su fichero.',
    'no-sessions': 'Aún no hay ninguna sesión que reproducir. Cada ejecución de mcast-tui graba una.',
    'which-format': 'Diga en qué forma: --format {formats}, o un --out que termine así.',
    'binary-output':
      'Un fichero pcapng no es para un terminal. Dé un fichero con --out, o páselo por una tubería.',
    'report-output': 'Un informe no es para un terminal. Dé un fichero con --out, o páselo por una tubería.',
    'export-onto-itself': 'La propia sesión no puede ser el fichero al que se exporta. Elija otro --out.',
    'which-action': '"{word}" no es algo que se pueda hacer con las sesiones. Puede ser: {actions}.',
    'what-to-prune': 'Diga qué se puede borrar: --older-than DÍAS, --keep MIB, o ambos.',
  },
  internal: 'Algo ha fallado dentro de mcast-tui: {message}',
  report:
    'Es un error del programa, no suyo. Comuníquelo con este mensaje; MCAST_DEBUG=1 añade los detalles.',
  lostLines: '{count} líneas no se imprimieron, porque quien lee la salida era demasiado lento.',
  lostLinesRecorded: 'Están en el fichero de la sesión.',
  typeHere: 'Escriba una línea y pulse Intro para enviarla. "salir" o Ctrl+D termina.',
  sent: 'enviado "{text}" a {group} ({bytes} B)',
  acked: 'ack de {from} en {rtt} ms',
  replied: 'respuesta de {from} en {rtt} ms: {text}',
  noAck: 'ningún acuse de recibo en {seconds} s',
  tooFewAcks: 'Llegaron {got} de {expected} acuses de recibo.',
  lineRefused: 'Esta línea no se envió. {why}',
  plain: {
    started: 'iniciado como {name} ({id}), mcast-tui {version}',
    joined: 'unido a {group} en {interface} ({address}), TTL {ttl}',
    left: 'fuera de {group}: {reason}',
    sentTo: 'enviado {kind} a {to}',
    peer: '{name} ({address}) está {state}',
    peerWas: '{name} ({address}) está {state}, antes {was}',
    task: 'el trabajador {worker} falló: {items} datagramas perdidos',
    dropped: 'este equipo fue demasiado lento: el núcleo descartó {count} datagramas de {group}',
    shed: 'demasiado a la vez: {count} rechazados ({what})',
    states: { alive: 'vivo', suspect: 'dudoso', dead: 'caído', gone: 'fuera' },
    reasons: {
      duration: 'se acabó el tiempo',
      count: 'se alcanzó el número',
      'output closed': 'se cerró la salida',
    },
    warning: 'aviso: {text}',
    bytes: '{bytes} B',
    acknowledges: 'del mensaje {of}',
    offers: 'ofrece {title} ({size})',
    transfer: '{title} ({size}) de {name}: {phase}, {whole} de {of} completos',
    transferFailed: '{title} ({size}) de {name}: {phase}, {whole} de {of} completos: {reason}',
    phases: {
      waiting: 'en espera',
      running: 'en curso',
      verifying: 'comprobando',
      done: 'terminado',
      failed: 'fallido',
      cancelled: 'cancelado',
    },
    stopped:
      'terminado ({reason}): {received} recibidos, {sent} enviados, {lost} perdidos, {duplicates} duplicados, {kernelDrops} descartados por este equipo',
  },
};

const words: Record<Lang, CliWords> = { en, es };

export function cliWords(lang: Lang): CliWords {
  return words[lang];
}

/** Puts facts into the {places} of a sentence. */
export function fill(sentence: string, facts: Facts): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(facts[name] ?? place));
}
