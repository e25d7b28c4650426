// What a pcapng file that this program writes says of itself, and of each packet.
import type { Lang } from './lang.ts';

const en = {
  section: (name: string) =>
    `Written by mcast-tui on ${name}: this is an export, not a capture. Times, addresses, ports and payloads are those that the program saw at its sockets. The IP and UDP headers were made for this file: time to live, identification, checksums and the absence of fragments tell nothing of the network. IGMP and MLD, own datagrams that came back, and blocks of files are not in it.`,
  sent: (kind: string) => `${kind}, sent by this node`,
  received: (kind: string, worker: number | undefined) =>
    worker === undefined ? kind : `${kind}, processed by worker ${worker}`,
};

const es: typeof en = {
  section: (name) =>
    `Escrito por mcast-tui en ${name}: es una exportación, no una captura. Las horas, direcciones, puertos y contenidos son los que el programa vio en sus sockets. Las cabeceras IP y UDP se hicieron para este fichero: el tiempo de vida, la identificación, las sumas de comprobación y la falta de fragmentos no dicen nada de la red. No contiene IGMP ni MLD, ni los datagramas propios que volvieron, ni bloques de ficheros.`,
  sent: (kind) => `${kind}, enviado por este nodo`,
  received: (kind, worker) =>
    worker === undefined ? kind : `${kind}, procesado por el trabajador ${worker}`,
};

const words: Record<Lang, typeof en> = { en, es };

export const pcapWords = (lang: Lang): typeof en => words[lang];
