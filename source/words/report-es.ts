// The words of the lab report in Spanish.
import type { ReportWords } from './report-en.ts';
import { results } from './report-results-es.ts';

export const es: ReportWords = {
  title: 'Informe de práctica: multicast UDP con latidos y un grupo de trabajadores',
  toc: 'Índice',
  place: 'Por escribir',
  generated:
    'Las cifras, tablas y gráficas las hizo mcast-tui {version} a partir de {sessions}; los pasajes enmarcados son para el autor.',
  sessionsOf: { one: 'una sesión grabada', more: '{count} sesiones grabadas' },
  table: 'Tabla {n}',
  figure: 'Figura {n}',
  written: 'El informe está en {path}.',
  noChart: 'La gráfica se omite aquí: con --out es un fichero junto a este.',
  head: {
    author: 'Autor',
    course: 'Asignatura y grupo',
    teacher: 'Profesor',
    run: 'Ejecución',
    nodes: 'Nodos',
    groups: 'Grupos multicast',
  },
  headPlaces: { author: 'nombre y matrícula', course: 'asignatura, grupo', teacher: 'nombre' },
  run: 'de {from} a {to}, {length}',
  parts: {
    introduction: 'Introducción',
    description: 'Descripción',
    objectives: 'Objetivos',
    development: 'Desarrollo',
    implementation: 'Implementación',
    multicast: 'Manejo de multicast',
    concurrency: 'Concurrencia',
    network: 'Red virtual y nodos',
    tests: 'Pruebas y resultados',
    connectivity: 'Conectividad',
    messages: 'Mensajes enviados, recibidos y perdidos',
    timing: 'Tiempo de ida y vuelta y jitter',
    workers: 'Procesamiento concurrente',
    experiment: 'Efecto de los trabajadores y de las ráfagas',
    transfers: 'Transferencias de ficheros',
    captures: 'Capturas',
    problems: 'Problemas y soluciones',
    discussion: 'Discusión',
    conclusions: 'Conclusiones',
    bibliography: 'Bibliografía',
  },
  places: {
    introduction: 'Por qué importa aquí la comunicación de uno a muchos, y de qué trata esta práctica.',
    description:
      'El montaje en sus propias palabras: dónde estaban los nodos, cómo se conectaron (conmutador, ZeroTier, Hamachi…) y qué se ejecutó en cada uno.',
    objectives: 'Qué se quería conseguir y aprender.',
    implementation: 'Lo que usted configuró, cambió o programó.',
    network: 'Cómo se creó la red virtual: su nombre, quién se unió y cómo, y una imagen de sus miembros.',
    connectivity:
      'Una imagen de la pantalla de cada nodo (mcast-tui replay SESIÓN muestra otra vez una ejecución), y qué demuestra.',
    timing: '¿A qué se deben los valores más altos?',
    workers: 'Lo que muestra la línea de tiempo, en sus propias palabras.',
    experiment: 'Qué cambia con más trabajadores y con ráfagas mayores, y por qué.',
    captureJoin: 'Una imagen de Wireshark con la unión al grupo por IGMP o MLD (filtro de arriba).',
    captureUdp: 'Una imagen de Wireshark con los datagramas UDP al grupo (filtro de arriba).',
    problems: 'Qué falló por el camino (cortafuegos, TTL, interfaz) y cómo se resolvió.',
    discussion: '¿Coinciden las cifras con lo que esperaba? Si no, ¿por qué?',
    conclusions: 'Qué se aprendió, y qué haría de otra manera.',
    bibliography: 'Otras fuentes que haya usado.',
  },
  intro:
    'Los nodos de una red se comunican por multicast UDP: lo que uno envía a la dirección de un grupo llega a todos los nodos que se han unido a él, con un solo datagrama en cada enlace. Cada nodo se anuncia con un latido, y de los números y las horas de los mensajes se deduce quién oye a quién, qué se perdió y cuánto tardó.',
  description:
    '{nodes} en la práctica, de los cuales {recorded} grabaron lo que enviaron y recibieron. La ejecución empezó el {from} y duró {length}.',
  countOfNodes: { one: 'Participó un nodo', more: 'Participaron {count} nodos' },
  objectives: [
    'Unirse a un grupo multicast en varios nodos y demostrar que cada uno oye a todos los demás.',
    'Contar los mensajes enviados, recibidos y perdidos, y medir el tiempo de ida y vuelta y el jitter.',
    'Procesar lo que llega con un grupo de trabajadores y mostrar que trabajan a la vez.',
    'Ver en una captura cómo se une un nodo al grupo (IGMP o MLD) y los datagramas que van a él.',
  ],
  implementation: [
    'Un mensaje es un objeto JSON en un datagrama UDP de 1200 bytes como máximo. Lleva la identidad del arranque de su emisor, un número de secuencia que cuenta todos los datagramas de ese emisor al grupo, y el reloj del emisor. Así, un hueco en los números es una pérdida, un número repetido es un duplicado, y una identidad nueva es un reinicio.',
    'Un latido informa además de lo que su emisor oye de cada uno de los otros nodos: el último número, cuántos llegaron y cuántos se perdieron, el jitter, y la hora del propio emisor con el tiempo que se retuvo. Eso da el tiempo de ida y vuelta sin ningún paquete más (RFC 3550 §6.4.1).',
  ],
  multicast:
    'Cada nodo se unió al grupo en una interfaz y envía por la misma. El TTL limita cuántas redes puede cruzar un datagrama; con 1 no sale de la local.',
  ...results,
  bibliography: [
    ['RFC 768', 'User Datagram Protocol', 'https://www.rfc-editor.org/rfc/rfc768'],
    ['RFC 1112', 'Host Extensions for IP Multicasting', 'https://www.rfc-editor.org/rfc/rfc1112'],
    ['RFC 2365', 'Administratively Scoped IP Multicast', 'https://www.rfc-editor.org/rfc/rfc2365'],
    ['RFC 3376', 'Internet Group Management Protocol, Version 3', 'https://www.rfc-editor.org/rfc/rfc3376'],
    [
      'RFC 3810',
      'Multicast Listener Discovery Version 2 (MLDv2) for IPv6',
      'https://www.rfc-editor.org/rfc/rfc3810',
    ],
    [
      'RFC 3550',
      'RTP: A Transport Protocol for Real-Time Applications',
      'https://www.rfc-editor.org/rfc/rfc3550',
    ],
    ['RFC 5905', 'Network Time Protocol Version 4', 'https://www.rfc-editor.org/rfc/rfc5905'],
  ],
};
