// The live diagnosis in Spanish.
import type { DiagnosisWords } from './diagnosis-en.ts';

export const es: DiagnosisWords = {
  title: 'Diagnóstico',
  now: 'Hallado al observar',
  nothing: 'No se halla nada mal.',
  over: 'pasado',
  since: (time) => `desde ${time}`,
  evidence: 'leído',
  remedy: 'qué hacer',
  byHand: 'a mano',
  link: 'más',
  checks: (time, group) => `Comprobaciones de este equipo para ${group}, a las ${time}`,
  notChecked: (key) => `Este equipo aún no se ha comprobado: ${key}, o /doctor.`,
  checking: 'Comprobando este equipo; tarda unos segundos…',
  noDoctorInReplay: 'Una reproducción no puede comprobar un equipo: muestra lo que se halló entonces.',
  noDoctorInDemo: 'La demostración no puede comprobar un equipo: ejecute mcast-tui doctor.',
  refreshing: (seconds) => `La pertenencia se informa de nuevo cada ${seconds} s.`,
  refreshKey: (key) =>
    `${key} informa de nuevo la pertenencia, ahora y cada minuto (como --igmp-refresh 60).`,
  refreshed: (seconds) => `La pertenencia se informó de nuevo, y se hará cada ${seconds} s.`,
  badSeconds: (text) => `"${text}" no es un número de segundos de 1 a 86400.`,
  noRefreshInReplay: 'Una reproducción no tiene pertenencia que informar.',
  line: 'diagnóstico: {text}',
  lineRemedy: 'diagnóstico: {text} Qué hacer: {remedy}',
  more: (keys) => `${keys} por qué`,
  live: {
    'live.silence': {
      causes: {
        silent: 'No se oyó nada de otros durante {seconds} s.',
        echo: 'No se oyó nada de otros durante {seconds} s; los mensajes propios vuelven.',
        deaf: 'No se oyó nada durante {seconds} s, ni los mensajes propios: es este equipo.',
        'cut-off': 'Los {count} nodos callaron a la vez: lo probable es que este nodo esté aislado.',
        explained: 'No se oye nada de otros. {cause}',
        unexplained:
          'No se oye nada de otros y las comprobaciones no hallan causa en este equipo: no hay nadie, o la red no lleva el grupo.',
        heard: 'Se oye a otros.',
        over: 'Se dejó el grupo.',
      },
      remedies: {
        silent: 'mcast-tui doctor',
        echo: 'mcast-tui doctor',
        deaf: 'mcast-tui doctor',
        'cut-off': 'mcast-tui doctor',
        unexplained: 'mcast-tui doctor, también en otro nodo del grupo',
      },
      short: 'no se oye nada',
    },
    'live.snooping': {
      causes: {
        forgotten:
          'Los {count} nodos callaron a la vez, {seconds} s después de que este equipo informara por última vez de su pertenencia: un conmutador que vigila las pertenencias la olvidó, porque nadie pregunta (no hay querier).',
        explained: 'Todos los nodos callaron a la vez. {cause}',
        refreshed:
          'Informar de nuevo la pertenencia trajo de vuelta a los demás: un conmutador vigila las pertenencias y nadie pregunta (no hay querier).',
        heard: 'Se oye de nuevo a otros.',
        over: 'Se dejó el grupo.',
      },
      remedies: {
        forgotten:
          '--igmp-refresh 60, o active un querier en el enrutador o conmutador: ip link set br0 type bridge mcast_querier 1',
        refreshed: '--igmp-refresh 60',
      },
      short: '¿olvidado por un conmutador?',
    },
    'live.one-way': {
      causes: {
        unheard: 'Nadie de quienes se oyen oye a este nodo ({name} y en total {count} de {of}).',
        'not-heard-by': 'A {name} se le oye aquí, y no oye a este nodo ({count} de {of} nodos).',
        between: '{name} oye a {other}, y {other} no oye a {name}.',
        both: 'Quien es oído también oye.',
        over: 'A esos ya no se les oye.',
      },
      remedies: {
        unheard: '--ttl 8 si hay un enrutador en medio; nft list ruleset, y mire las cadenas de salida',
        'not-heard-by': 'mcast-tui doctor, en el equipo de {name} ({address})',
        between: 'mcast-tui doctor, en el equipo de {other}',
      },
      short: 'en un solo sentido',
    },
    'live.duplicates': {
      causes: {
        'two-addresses':
          'Cada mensaje de {name} llega dos veces, de {address} y de {other}: su equipo envía por dos interfaces.',
        twice:
          'Los mensajes de {name} llegan dos veces: su equipo tiene dos interfaces en esta red, o hay un bucle en el camino.',
        'all-twice':
          'Los mensajes de los {count} nodos llegan dos veces: este equipo se unió por dos interfaces de una misma red, o hay un bucle en el camino.',
        once: 'Los mensajes llegan una vez.',
      },
      remedies: {
        'two-addresses': 'En el equipo de {name}: únase por una sola interfaz, con --interface',
        twice: 'En el equipo de {name}: ip maddr, y únase por una sola interfaz, con --interface',
        'all-twice': 'ip maddr, y únase por una sola interfaz: --interface {interface}',
      },
      short: 'los mensajes llegan dos veces',
    },
    'live.drops': {
      causes: {
        'small-buffer':
          'El núcleo descartó {count} datagramas que habían llegado: las ráfagas no caben en el búfer de recepción de {granted} bytes (se pidieron {asked}).',
        'too-slow':
          'El núcleo descartó {count} datagramas que habían llegado: este equipo es demasiado lento para ellos.',
        'kept-up': 'Ya no se descarta nada.',
      },
      remedies: {
        'small-buffer': 'sysctl -w net.core.rmem_max=8388608',
        'too-slow': 'Cierre lo demás que se ejecuta en este equipo, o que los otros envíen menos.',
      },
      short: 'descartes del núcleo',
    },
  },
};
