// Las palabras de las comprobaciones del camino de un mensaje: cortafuegos, filtros, búferes, conmutador, red.
import type { way as english } from './doctor-way-en.ts';

export const way: typeof english = {
  'loop.self': {
    looks: 'datagramas propios al grupo que no salen de este equipo (TTL 0)',
    causes: {
      ok: 'Los mensajes propios vuelven.',
      counted: 'Los mensajes propios vuelven hasta el núcleo, que es lo que aquí cuenta.',
      refused: 'No se pudieron enviar los mensajes propios.',
      lost: 'De {sent} mensajes propios volvieron {heard}, y el núcleo no contó los demás: se perdieron al salir o antes de que los contara.',
    },
    remedies: {
      refused: 'nft list ruleset, y mire las cadenas de output',
      lost: 'nft list ruleset, y mire las cadenas de output y prerouting',
    },
  },
  'firewall.in': {
    looks:
      'datagramas propios: contados por el núcleo frente a recibidos; como root, también las reglas de nftables',
    causes: {
      ok: 'Los mensajes propios entran, y ninguna regla está contra el grupo.',
      own: 'Los mensajes propios entran. Las reglas para los mensajes de otros solo las puede leer root.',
      rule: 'Una regla del cortafuegos local descarta el grupo: {by}.',
      drops:
        'El núcleo contó mensajes propios que nunca llegaron al programa, lo que encaja con un cortafuegos local.',
    },
    remedies: {
      rule: 'ufw allow in proto udp to {group} port {port}, firewall-cmd --add-port={port}/udp, o: nft insert rule {by} ip daddr {group} udp dport {port} accept',
      drops: 'ufw allow in proto udp to {group} port {port}, o firewall-cmd --add-port={port}/udp',
    },
  },
  'firewall.ack': {
    looks:
      'respuestas que otros nodos enviaron a un puerto que nunca preguntó; como root, también las reglas de nftables',
    causes: {
      ok: 'Las respuestas por unidifusión entran.',
      tried: 'Las respuestas por unidifusión de otros nodos entran.',
      any: 'El cortafuegos local descarta las respuestas por unidifusión ({by}): no las tiene por respuestas, porque la pregunta fue al grupo.',
      fixed: 'El cortafuegos local descarta las respuestas por unidifusión al puerto {port} ({by}).',
    },
    remedies: {
      any: '--reply-port 50001, y ábralo: ufw allow 50001/udp, o firewall-cmd --add-port=50001/udp',
      fixed: 'ufw allow {port}/udp, o firewall-cmd --add-port={port}/udp',
    },
  },
  rpfilter: {
    looks: 'rp_filter (el mayor de all y la interfaz), e IPReversePathFilter mientras se escucha',
    causes: {
      ok: 'El filtro de camino inverso está activo, y no descartó nada mientras se escuchaba.',
      off: 'El filtro de camino inverso está apagado en {interface}.',
      'no-filter': 'IPv6 no tiene ese ajuste.',
      drops:
        'El filtro de camino inverso descartó {count} paquetes mientras se escuchaba: emisores cuyas direcciones no tienen ruta por {interface}.',
    },
    remedies: {
      drops:
        'ip route add RED-DE-LOS-EMISORES dev {interface}, o: sysctl -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.{interface}.rp_filter=0',
    },
  },
  rcvbuf: {
    looks:
      'el búfer de recepción concedido frente al pedido; descartes de los sockets del puerto (/proc/net/udp)',
    causes: {
      ok: 'El búfer de recepción se concede entero, y no se descartó nada.',
      small: 'El núcleo concedió {granted} de {asked} bytes, así que las ráfagas se pueden perder.',
      drops:
        'Los programas del puerto {port} fueron demasiado lentos: el núcleo descartó {drops} datagramas que habían llegado.',
    },
    remedies: {
      small: 'sysctl -w net.core.rmem_max=8388608',
      drops:
        'sysctl -w net.core.rmem_max=8388608, arránquelos de nuevo, y vea cuál es: ss -uampn "sport = :{port}"',
    },
  },
  'igmp.allowed': {
    looks: 'las reglas de nftables para las preguntas de IGMP y MLD (solo root)',
    causes: {
      ok: 'Ninguna regla está contra {protocol}.',
      drops:
        'El cortafuegos local descarta {protocol} ({by}), así que este equipo no contesta a las preguntas y se le olvida a los pocos minutos.',
    },
    remedies: {
      drops:
        'ufw allow in proto igmp to 224.0.0.0/4, firewall-cmd --add-protocol={protocol}, o: nft insert rule {by} meta l4proto {protocol} accept',
    },
  },
  'igmp.version': {
    looks: 'force_igmp_version, force_mld_version, y la versión de quien pregunta (/proc/net/igmp)',
    causes: {
      ok: '{protocol} habla su versión más nueva, o la de quien pregunta.',
      forced:
        '{protocol} está fijado en la versión {version} en {interface}; con otros en otra versión se pueden perder grupos.',
      ancient: 'En {interface} se oyó a alguien preguntar con IGMPv1, que no sabe de salidas.',
      'no-sources':
        'En {interface} se oyó a alguien preguntar con IGMPv{version}: no se pueden pedir fuentes (--source).',
    },
    remedies: {
      forced: 'sysctl -w {setting}=0',
      ancient: 'Apague IGMPv1 en el router o conmutador.',
      'no-sources': 'Active IGMPv3 en el router o conmutador, o quite --source.',
    },
  },
  'igmp.querier': {
    looks: 'multicast_snooping y multicast_querier de un puente de este equipo (/sys/class/net)',
    causes: {
      ok: '{bridge} pregunta por los miembros por sí mismo.',
      off: '{bridge} no vigila las pertenencias: envía la multidifusión a todos.',
      nobody:
        '{bridge} vigila las pertenencias y no pregunta por ellas: si no pregunta otro, se olvida a los miembros a los {seconds} s.',
    },
    remedies: { nobody: 'ip link set {bridge} type bridge mcast_querier 1' },
  },
  ttl: {
    looks: '--ttl frente a las redes de aquellos a quienes se oye, y lo que oyen de este equipo',
    causes: {
      ok: 'El TTL basta para aquellos a quienes se oye.',
      one: 'Con un TTL de 1 los mensajes se quedan en esta red, donde también están aquellos a quienes se oye.',
      zero: 'Con un TTL de 0 los mensajes no salen de este equipo.',
      short: '{sender} está en otra red, y con un TTL de 1 los mensajes propios no llegan allí.',
      lost: '{sender} está en otra red y no oye nada de este equipo: con un TTL de {ttl} los mensajes propios no llegan allí.',
    },
    remedies: { zero: '--ttl 1', short: '--ttl 8', lost: '--ttl 8' },
  },
  mtu: {
    looks: 'la MTU de la interfaz frente al mensaje más grande',
    causes: {
      ok: 'Todo mensaje pasa por {interface} de una pieza.',
      small:
        '{interface} lleva {mtu} bytes, y el mensaje más grande necesita {needed}: va en fragmentos, o se pierde.',
    },
    remedies: { small: 'ip link set {interface} mtu 1500' },
  },
  'dup.multihome': {
    looks: 'otras interfaces en la misma red, y datagramas que llegaron dos veces en 50 ms',
    causes: {
      ok: 'Nada llegó dos veces.',
      twice:
        '{count} de {received} datagramas llegaron dos veces: hay dos interfaces en una red, o un bucle en el camino.',
      likely:
        '{other} está en la misma red que {interface}: si los programas entran por ambas, cada mensaje llega dos veces.',
    },
    remedies: {
      twice: 'ip maddr, y entre por una sola interfaz: --interface {interface}',
      likely: 'ip link set {other} down, o póngala en otra red',
    },
  },
  'env.overlay': {
    looks: 'clase de interfaz, contenedor, WSL, fabricante de la máquina (/sys, /proc/version)',
    causes: {
      ok: 'Ninguna red de las que se sabe que no llevan multidifusión.',
      docker:
        '{interface} es un puente de contenedores: los que están en él se oyen, y nadie de fuera los oye.',
      kubernetes: 'La red de un pod de Kubernetes no promete multidifusión; la mayoría no la lleva.',
      wsl: 'WSL 2 está detrás de un NAT: no entra nada de la red de fuera.',
      nat: '10.0.2.15 es el NAT de VirtualBox: cada máquina está sola en él.',
      cloud: 'Las redes de las nubes ({machine}) no llevan multidifusión.',
      tailscale: 'Tailscale no lleva multidifusión.',
    },
    remedies: {
      docker: 'docker run --network host …, o una red macvlan',
      kubernetes: 'hostNetwork: true, o una segunda red con Multus',
      wsl: 'Ejecútelo en el propio Windows, o ponga networkingMode=mirrored en .wslconfig',
      nat: 'Elija una red en modo puente o interna para la máquina virtual.',
      cloud: 'Ponga encima una red VXLAN o ZeroTier, y nombre su interfaz con --interface',
      tailscale: 'Use ZeroTier, o VXLAN por encima, y nombre su interfaz con --interface',
    },
  },
  'env.zerotier': {
    looks: 'estado y difusión de la red de ZeroTier (zerotier-cli)',
    causes: {
      ok: 'La red de ZeroTier está activa y lleva difusión; su controlador fija a cuántos miembros llega (32 al principio).',
      none: '{interface} no es de ZeroTier.',
      'not-joined': 'La red de ZeroTier no se puede usar: {state}.',
      'no-broadcast': 'La red de ZeroTier no lleva difusión, ni multidifusión.',
    },
    remedies: {
      'not-joined': 'zerotier-cli listnetworks, y autorice a este miembro en el controlador',
      'no-broadcast': 'Active "Enable Broadcast" para la red en su controlador.',
    },
  },
  'env.wifi': {
    looks: 'si la interfaz es inalámbrica (/sys/class/net)',
    causes: {
      ok: '{interface} no es inalámbrica.',
      wifi: '{interface} es inalámbrica: los puntos de acceso envían la multidifusión despacio y sin confirmar, así que una parte se pierde.',
    },
    remedies: {
      wifi: 'Use un cable, o active la conversión de multidifusión a unidifusión en el punto de acceso.',
    },
  },
};
