// Las palabras de las comprobaciones entre este equipo y otros nodos.
import type { peers as english } from './doctor-peers-en.ts';

export const peers: typeof english = {
  'peer.heard': {
    looks:
      'mensajes de otros nodos, los números que faltan entre ellos, y lo que el núcleo de aquí contó entre tanto',
    causes: {
      ok: 'Se oye a otros {count} nodos.',
      silent:
        'No se oye a {peer}, ni responde por unidifusión: no está en marcha, está aislado, o la red no trae nada aquí.',
      refused:
        '{peer} está ahí y se alcanza por unidifusión, pero ningún programa responde a sondas en ese puerto: no está en marcha, o tiene otro puerto.',
      unsaid: '{peer} responde por unidifusión y no dice nada al grupo (quizá sin latidos).',
      network:
        '{peer} responde por unidifusión, y el núcleo de aquí no contó nada de su multidifusión: la red no la trae.',
      routing:
        '{peer} está tras un router y responde por unidifusión, y su multidifusión no llega: el router no la reenvía.',
      ttl: '{peer} está tras un router y envía con un TTL de {ttl}: sus mensajes acaban ahí.',
      firewall:
        'El núcleo de aquí contó la multidifusión de {peer} y el programa no la recibió, lo que concuerda con un cortafuegos local.',
      filter:
        'El filtro de camino inverso de aquí descarta la multidifusión de {peer}: la ruta a su dirección va por otro lado.',
      buffer: 'La multidifusión de {peer} llega y encuentra lleno el búfer de recepción de aquí.',
      lossy: 'De {sent} mensajes de {peer} no llegaron {missed}.',
    },
    remedies: {
      silent:
        'mcast-tui doctor, también en el equipo de {peer}; y el conmutador entre ambos: si vigila IGMP, alguien debe preguntar',
      refused: 'mcast-tui listen, en el equipo de {peer}; y su puerto, como en --peer DIRECCIÓN:PUERTO',
      unsaid: 'mcast-tui listen --heartbeat 1000, en el equipo de {peer}',
      network:
        'mcast-tui listen --igmp-refresh 60 aquí, como prueba; después, alguien que pregunte en el conmutador, o sin vigilancia de IGMP',
      routing: 'Encaminamiento de multidifusión en el router de por medio: smcroute, pimd, o sus ajustes',
      ttl: 'mcast-tui listen --ttl 8, en el equipo de {peer}',
      firewall: 'nft list ruleset, y deje entrar lo que {peer} envía al grupo',
      filter: 'ip route add RED-DEL-OTRO dev INTERFAZ, o sysctl -w net.ipv4.conf.all.rp_filter=0',
      buffer: 'sysctl -w net.core.rmem_max=8388608',
      lossy: 'Mire rcvbuf y env.wifi; después, el conmutador o el punto de acceso.',
    },
  },
  'peer.reached': {
    looks:
      'lo que otros nodos responden o dicen tener de 10 sondas por multidifusión, y lo que sus núcleos contaron entre tanto',
    causes: {
      ok: 'Otros {count} nodos oyen a este equipo.',
      'one-way':
        '{peer} no oye a este equipo, y no dice por qué: el camino hacia allí está cortado, por el cortafuegos de su equipo, el TTL, o un conmutador que no lo tiene por miembro.',
      network:
        '{peer} responde por unidifusión, y su núcleo no contó nada de la multidifusión de este equipo: la red no la lleva.',
      routing:
        '{peer} está tras un router y responde por unidifusión, y la multidifusión de este equipo no llega allí: el router no la reenvía.',
      firewall:
        'El núcleo de {peer} contó la multidifusión de este equipo y su programa no la recibió, lo que concuerda con un cortafuegos allí.',
      filter:
        'El filtro de camino inverso de {peer} descarta la multidifusión de este equipo: allí la ruta a esta dirección va por otro lado.',
      buffer: 'La multidifusión de este equipo llega a {peer} y encuentra lleno su búfer de recepción.',
      nobody: 'La multidifusión de este equipo llega a {peer}, donde nadie tiene el puerto.',
      lossy: '{peer} tiene {got} de {sent} mensajes de este equipo.',
    },
    remedies: {
      'one-way': 'mcast-tui doctor, en el equipo de {peer}; y --ttl 8 si hay un router por medio',
      network:
        'mcast-tui listen --igmp-refresh 60, en el equipo de {peer}, como prueba; después, alguien que pregunte en el conmutador, o sin vigilancia de IGMP',
      routing: 'Encaminamiento de multidifusión en el router de por medio: smcroute, pimd, o sus ajustes',
      firewall:
        'En el equipo de {peer}: ufw allow in proto udp, o firewall-cmd --add-port, para el grupo y su puerto',
      filter:
        'En el equipo de {peer}: ip route add la red de este equipo, o sysctl -w net.ipv4.conf.all.rp_filter=0',
      buffer: 'En el equipo de {peer}: sysctl -w net.core.rmem_max=8388608, y menos carga',
      nobody: 'mcast-tui listen, en el equipo de {peer}, en el mismo grupo y puerto',
      lossy: 'mcast-tui doctor, en el equipo de {peer}: rcvbuf y env.wifi',
    },
  },
  'peer.size': {
    looks:
      'lo mismo con hasta 1200 bytes; por unidifusión también con una trama entera y con fragmentos, de ida y de vuelta',
    causes: {
      ok: 'Los mensajes grandes llegan como los pequeños.',
      large:
        'Los mensajes pequeños llegan a {peer}, los de {bytes} bytes no: una parte del camino lleva menos.',
      'large-back':
        'Los mensajes pequeños de {peer} llegan, los de {bytes} bytes no: una parte del camino hasta aquí lleva menos.',
      frame:
        'Los mensajes llegan, y los datagramas de {bytes} bytes, que la interfaz lleva, se pierden de camino desde o hacia {peer}: una parte del camino lleva menos y no lo dice.',
      fragments:
        'Los datagramas que necesitan fragmentos ({bytes} bytes) se pierden de camino desde o hacia {peer}. Ningún mensaje de este programa los necesita.',
    },
    remedies: {
      large: 'ip link set INTERFAZ mtu 1280 en ambos extremos, o una MTU mayor en el túnel entre ellos',
      'large-back':
        'ip link set INTERFAZ mtu 1280 en ambos extremos, o una MTU mayor en el túnel entre ellos',
      frame: 'ip link set INTERFAZ mtu con la MTU del camino, y deje pasar ICMP "fragmentation needed"',
      fragments:
        'Deje pasar fragmentos en los cortafuegos de por medio, o mantenga los datagramas por debajo de la MTU.',
    },
  },
  'peer.unicast': {
    looks: 'sondas por unidifusión, de ida y de vuelta, entre puertos fijos y efímeros',
    causes: {
      ok: 'Otros {count} nodos se alcanzan por unidifusión, y responden.',
      there:
        'La unidifusión de este equipo no llega a {peer} a ningún puerto, aunque la multidifusión sí: tampoco llegarán confirmaciones ni archivos. Un cortafuegos allí, ninguna ruta, o un punto de acceso que separa a sus clientes.',
      source: 'La unidifusión desde el puerto fijo de este equipo llega a {peer}, y desde otros puertos no.',
      door: 'La unidifusión llega a {peer} al puerto desde el que habla, y no a su puerto fijo para sondas.',
      replies:
        'La unidifusión llega a {peer} a su puerto fijo, y no al puerto desde el que habla: el cortafuegos de allí descarta las confirmaciones.',
      back: '{peer} recibió la unidifusión de este equipo, y sus respuestas no vuelven.',
    },
    remedies: {
      there:
        'ip route get DIRECCIÓN aquí; en el equipo de {peer}: ufw allow from la red de este equipo, o firewall-cmd --add-port',
      source:
        '--reply-port con ese puerto, o una regla en el equipo de {peer} que no pregunte por el puerto de origen',
      door: 'Solo las sondas necesitan ese puerto: no se pierde nada.',
      replies: '--reply-port 50001 en el equipo de {peer}, y ábralo: ufw allow 50001/udp',
      back: 'nft list ruleset, aquí y en el equipo de {peer}; y las rutas entre ambos: ip route get',
    },
  },
  'peer.twice': {
    looks: 'copias de la multidifusión de este equipo que recibieron otros nodos',
    causes: {
      ok: 'Los demás nodos reciben cada mensaje una vez.',
      twice:
        '{peer} recibió {count} de {sent} mensajes de este equipo más de una vez: hay dos caminos hasta él.',
    },
    remedies: {
      twice:
        'En el equipo de {peer}: ip maddr, y únase en una sola interfaz; después, busque un bucle en la red, o dos routers que reenvían el grupo',
    },
  },
};
