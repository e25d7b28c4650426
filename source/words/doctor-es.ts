// Las palabras de `doctor` e `interfaces`; las de las comprobaciones están en sus propios ficheros.

import type { DoctorWords } from './doctor-en.ts';
import { peers } from './doctor-peers-es.ts';
import { setup } from './doctor-setup-es.ts';
import { way } from './doctor-way-es.ts';

export const es: DoctorWords = {
  statuses: { ok: 'bien', warn: 'AVISO', fail: 'FALLO', unknown: '?' },
  evidence: 'leído',
  cause: 'causa',
  remedy: 'remedio',
  byHand: 'a mano',
  link: 'más',
  looking: 'Comprobando {group} en {interface}; escuchando {seconds} s…',
  noInterface: 'Comprobando {group}…',
  counts: '{ok} bien, {warn} por mirar, {fail} con fallo, {unknown} que no se pudieron mirar.',
  verdicts: {
    ok: 'Nada en este equipo impide que funcione la multidifusión.',
    warn: 'Nada falla en este equipo, pero algo merece una mirada.',
    fail: 'Algo en este equipo impide que funcione la multidifusión.',
  },
  unseen: {
    'not-told': 'Este sistema no lo dice.',
    'no-interface': 'No hay ninguna interfaz que mirar.',
    'not-opened': 'No se pudo entrar en el grupo, así que esto no se pudo probar.',
    'not-tried': 'Esto no se pudo probar aquí.',
    'needs-root': 'Solo root puede leerlo.',
    firewalled: 'El cortafuegos local los descarta antes: vea firewall.in.',
    nobody:
      'No se oyó a ningún otro nodo. Arranque mcast-tui en otro equipo del mismo grupo, y mire de nuevo.',
    'no-report': 'Ningún otro nodo dijo a tiempo lo que oye.',
    elsewhere: 'El conmutador o el router es otro aparato, que no se puede mirar desde aquí.',
    'told-elsewhere': 'Otra comprobación dice por qué.',
    'old-node': 'Los demás nodos son de una versión que no responde a las sondas.',
    depends: 'Depende de cosas que las reglas preguntan y esta comprobación no sabe.',
  },
  interfaces: {
    states: {
      up: 'activa',
      down: 'desactivada',
      noCarrier: 'sin portadora',
      multicast: 'multidifusión',
      noMulticast: 'sin multidifusión',
    },
    queries: '{count} preguntas oídas',
    kinds: {
      loopback: 'bucle local',
      zerotier: 'ZeroTier',
      hamachi: 'Hamachi',
      tailscale: 'Tailscale',
      wireguard: 'WireGuard',
      tunnel: 'túnel',
      docker: 'contenedores',
      'virtual-machines': 'máquinas virtuales',
      kubernetes: 'Kubernetes',
      bridge: 'puente',
      wifi: 'wifi',
      veth: 'Ethernet virtual',
      ethernet: 'Ethernet',
    },
    reasons: {
      asked: 'Para {group} se usa {interface}: es la que se pidió.',
      routed: 'Para {group} se usa {interface}: las rutas de este equipo llevan allí.',
      first: 'Para {group} se usa {interface}: es la primera que puede, porque ninguna ruta lleva al grupo.',
      loopback: 'Para {group} se usa {interface}: ninguna otra interfaz lleva multidifusión.',
    },
    none: 'Ninguna interfaz sirve para {group}.',
  },
  checks: { ...setup, ...way, ...peers },
};
