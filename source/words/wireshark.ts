// What is said around Wireshark: filters and what they are for, the dissector, captures, exports.
import type { FilterUse } from '../core/wireshark.ts';
import type { Lang } from './lang.ts';

const en = {
  title: 'wireshark',
  filters: 'Display filters, to copy:',
  withDissector: 'With the dissector (mcast-tui dissector --install):',
  captureWith: 'To capture, before the group is joined:',
  uses: {
    group: 'datagrams of the group',
    membership: 'who joins, leaves and asks',
    joins: 'joins only',
    refused: 'what a host or router refused',
    ours: 'messages of mcast-tui',
    kind: 'of one kind',
    sender: 'of one node',
    gap: 'numbers are missing before it',
    lost: 'reports of loss',
    restart: 'a node was started again',
    malformed: 'not valid',
    blocks: 'blocks of files',
  } satisfies Record<FilterUse, string>,
  installed: 'The dissector is in {path}. A Wireshark that is open loads it with Ctrl+Shift+L.',
  asRoot:
    'A Wireshark that runs as root may leave it out: older ones take it when started with -X lua_script:{path}, 4.4 and newer do not. Start Wireshark as yourself; only dumpcap needs the right to capture.',
  capturing: 'capturing on {interface} with {tool} into {path}; Ctrl+C ends',
  filter: 'filter: {filter}',
  captured: '{count} packets in {path}. Open it with: wireshark {path}',
  capturedSome: 'The packets are in {path}. Open it with: wireshark {path}',
  exported: '{events} events in {path}.',
  exportedPackets: '{packets} packets in {path}.',
  withoutPayload:
    'Of {short} of them the session does not hold the whole payload, so only their headers are there, with the true length: it was recorded with --no-payloads or by an older version, or the datagram had more than 10,240 bytes.',
  withoutPackets: '{skipped} datagrams have no addresses that make a packet, and were left out.',
};

export type WiresharkWords = typeof en;

const es: WiresharkWords = {
  title: 'wireshark',
  filters: 'Filtros de visualización, para copiar:',
  withDissector: 'Con el disector (mcast-tui dissector --install):',
  captureWith: 'Para capturar, antes de unirse al grupo:',
  uses: {
    group: 'datagramas del grupo',
    membership: 'quién se une, se va y pregunta',
    joins: 'solo uniones al grupo',
    refused: 'lo que un equipo o enrutador rechazó',
    ours: 'mensajes de mcast-tui',
    kind: 'de una clase',
    sender: 'de un nodo',
    gap: 'faltan números antes de él',
    lost: 'informes de pérdidas',
    restart: 'un nodo se inició de nuevo',
    malformed: 'no válidos',
    blocks: 'bloques de ficheros',
  },
  installed: 'El disector está en {path}. Un Wireshark abierto lo carga con Ctrl+Mayús+L.',
  asRoot:
    'Un Wireshark que corre como root puede omitirlo: los más viejos lo toman si se inician con -X lua_script:{path}, los de 4.4 en adelante no. Inicie Wireshark como usuario normal; solo dumpcap necesita permiso para capturar.',
  capturing: 'capturando en {interface} con {tool} en {path}; Ctrl+C termina',
  filter: 'filtro: {filter}',
  captured: '{count} paquetes en {path}. Ábralo con: wireshark {path}',
  capturedSome: 'Los paquetes están en {path}. Ábralo con: wireshark {path}',
  exported: '{events} sucesos en {path}.',
  exportedPackets: '{packets} paquetes en {path}.',
  withoutPayload:
    'De {short} de ellos la sesión no guarda el contenido entero, así que solo están sus cabeceras, con la longitud real: se grabó con --no-payloads o con una versión anterior, o el datagrama tenía más de 10 240 bytes.',
  withoutPackets: '{skipped} datagramas no tienen direcciones que formen un paquete, y se omitieron.',
};

const words: Record<Lang, WiresharkWords> = { en, es };

export const wiresharkWords = (lang: Lang): WiresharkWords => words[lang];
