// Las palabras de las comprobaciones de este equipo: grupo, interfaz, rutas, puerto, pertenencia.
import type { setup as english } from './doctor-setup-en.ts';

export const setup: typeof english = {
  'group.sane': {
    looks: 'la dirección del grupo y la dirección Ethernet que le corresponde',
    causes: {
      ok: '{group} es una buena elección.',
      'needs-source': '{group} es de fuente específica (SSM): sin una fuente no se puede recibir nada.',
      'own-host': '{group} nunca sale de este equipo.',
      'link-local':
        '{group} nunca cruza un router, sea cual sea el TTL, y los conmutadores lo envían a todos.',
      flooded:
        '{group} comparte su dirección Ethernet con 224.0.0.x, así que los conmutadores lo envían a todos.',
    },
    remedies: {
      'needs-source': '--source DIRECCIÓN, u otro grupo: --group 239.255.0.1:50000',
      'own-host': '--group [ff15::4d43]:50000',
      'link-local': '--group 239.255.0.1:50000',
      flooded: '--group 239.255.0.1:50000',
    },
  },
  'iface.flags': {
    looks: 'indicadores y portadora de la interfaz (/sys/class/net)',
    causes: {
      ok: '{interface} está activa y lleva multidifusión.',
      loopback: '{interface} es el bucle local: funciona, pero solo dentro de este equipo.',
      none: 'No hay ninguna interfaz para este grupo.',
      down: '{interface} está desactivada.',
      cable: '{interface} no tiene portadora: el cable o la radio no está conectado.',
      tunnel: '{interface} es un túnel sin multidifusión, como los de WireGuard.',
      silent: '{interface} no lleva multidifusión: su indicador MULTICAST está apagado.',
    },
    remedies: {
      none: 'mcast-tui interfaces',
      down: 'ip link set {interface} up',
      cable: 'ip link show {interface}',
      tunnel: 'Elija otra interfaz (mcast-tui interfaces), o ponga VXLAN o un puente sobre el túnel.',
      silent: 'ip link set {interface} multicast on',
    },
  },
  'iface.choice': {
    looks: 'todas las interfaces, y las rutas hacia el grupo',
    causes: {
      ok: '{interface} es la única que puede ser.',
      asked: '{interface} es la que se pidió.',
      routed: 'Las rutas de este equipo llevan a {interface}.',
      overlay: 'Se eligió {interface}, pero {other} es una red virtual donde puede haber otros esperando.',
      internal: 'Se eligió {interface}, que es una red dentro de este equipo; {other} lleva fuera.',
      loopback: 'Aquí solo el bucle local lleva multidifusión, así que no se llega a nadie más.',
    },
    remedies: {
      overlay: '--interface {other}',
      internal: '--interface {other}',
      loopback: 'mcast-tui interfaces',
    },
  },
  'route.group': {
    looks: 'por dónde enviaría el núcleo el grupo por sí mismo (connect, sin enviar)',
    causes: {
      ok: 'Hay una ruta hacia el grupo.',
      loopback: 'No hay ruta hacia el grupo; en el bucle local no hace falta.',
      none: 'No hay ruta hacia el grupo. Este programa nombra su interfaz y no la necesita; los que se la dejan al núcleo no pueden entrar ni enviar.',
      none6: 'No hay ruta hacia el grupo para los programas que dejan al núcleo elegir la interfaz.',
      needed: 'El núcleo no tiene camino hacia el grupo por {interface}, así que no se le puede enviar nada.',
      needed6:
        'El núcleo no tiene camino hacia el grupo por {interface}, así que no se le puede enviar nada.',
    },
    remedies: {
      none: 'ip route add {network} dev {interface}',
      none6: 'ip -6 route add multicast {network} dev {interface} table local',
      needed: 'ip route add {network} dev {interface}',
      needed6: 'ip -6 route add multicast {network} dev {interface} table local',
    },
  },
  'port.busy': {
    looks: 'abrir el puerto como lo hace el programa (bind), y quién lo ocupa (/proc/net/udp)',
    causes: {
      ok: 'El puerto {port} se puede compartir.',
      busy: 'Otro programa ocupa el puerto {port} y no lo comparte.',
    },
    remedies: { busy: 'ss -ulpn "sport = :{port}", y termine ese programa o use otro puerto con --group' },
  },
  'join.limit': {
    looks: 'net.ipv4.igmp_max_memberships frente a los grupos pedidos',
    causes: {
      ok: 'Un socket puede entrar en {limit} grupos.',
      'no-limit': 'IPv6 no tiene ese límite.',
      reached: 'Este equipo no permite ningún grupo más: un socket puede entrar en {limit}.',
      near: 'Un socket puede entrar en {limit} grupos y se piden {groups}. Este programa tiene un socket para cada uno; el que entra en todos con uno solo recibe ENOBUFS.',
    },
    remedies: {
      reached: 'sysctl -w net.ipv4.igmp_max_memberships=100',
      near: 'sysctl -w net.ipv4.igmp_max_memberships=100',
    },
  },
  'join.registered': {
    looks: 'la lista de pertenencias del núcleo después de entrar (/proc/net/igmp, /proc/net/igmp6)',
    causes: {
      ok: 'El núcleo tiene a este equipo como miembro en {interface}.',
      refused: 'No se pudo entrar en el grupo.',
      missing: 'Se pudo entrar, pero el núcleo no lo tiene apuntado en {interface}.',
    },
    remedies: {
      refused: 'mcast-tui interfaces',
      missing: 'ip maddr show dev {interface}, y nombre la interfaz: --interface NOMBRE',
    },
  },
  'bind.leak': {
    looks: 'datagramas de otro grupo a un socket abierto como los del programa (no salen de este equipo)',
    causes: {
      ok: 'Solo se recibe el grupo propio.',
      leaks: 'También se reciben mensajes de otros grupos de este puerto ({count} de 3).',
    },
    remedies: { leaks: 'Use un puerto propio para cada grupo: --group 239.255.0.1:50001' },
  },
};
