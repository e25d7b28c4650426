// The sentences of faults in Spanish.
import {
  bufferCommand,
  type FaultSentences,
  how,
  known,
  percent,
  routeCommand,
  size,
} from './fault-sentences.ts';

export const faultsEs: FaultSentences = {
  usage: () => 'La línea de órdenes no es correcta. Vea: mcast-tui --help',
  'not-a-number': (f) =>
    `${f('name')} es "${f('value')}", pero debe ser un número${f('whole') === '1' ? ' entero' : ''} entre ${f('min')} y ${f('max')}.`,
  'not-a-group': (f) =>
    `"${f('group')}" no es un grupo. Escriba DIRECCIÓN:PUERTO, como 239.255.0.1:50000 o [ff15::4d43]:50000.`,
  'not-multicast': (f) =>
    `${f('address')} no es una dirección multicast. Los grupos van de 224.0.0.0 a 239.255.255.255, o empiezan por ff en IPv6; 239.255.0.1 sirve bien para una práctica.`,
  'bad-port': (f) => `"${f('port')}" no es un puerto. Debe ser un número entero entre 1 y 65535.`,
  'bad-source': (f) =>
    `"${f('source')}" no puede ser la fuente de ${f('group')}. Debe ser la dirección de un emisor, de la misma familia (IPv4 o IPv6) que el grupo.`,

  'no-such-interface': (f) =>
    `Este equipo no tiene la interfaz o dirección ${f('interface')}. Tiene: ${f('available')}. Elija una con --interface.`,
  'no-multicast-interface': (f) =>
    `Ninguna interfaz de este equipo está activa con una dirección ${f('family')}. Véalas con: ip address; y después ip link set NOMBRE up`,
  'interface-without-family': (f) =>
    how(
      {
        down: `La interfaz ${f('interface')} está desactivada. Actívela con: ip link set ${f('interface')} up`,
        'no-carrier': `La interfaz ${f('interface')} no tiene enlace: falta el cable, la red inalámbrica o el otro extremo. Conéctela, o elija otra con --interface.`,
      },
      f('state'),
      `La interfaz ${f('interface')} no tiene una dirección ${f('family')} utilizable. Dele una con ip address add, o elija otra con --interface.`,
    ),
  'port-busy': (f) =>
    `El puerto ${f('port')} lo ocupa ${f('pid') === '?' ? 'otro programa' : `${f('program')} (proceso ${f('pid')})`}, que no lo comparte. Detenga ese programa, o use otro puerto.`,
  'no-route': (f) =>
    `Este equipo no sabe por dónde enviar a ${f('group')} (${f('code')}). Dele una ruta: ${routeCommand(f)}`,
  'join-limit': (f) =>
    `El núcleo no permite unirse a más grupos${known(f('limit'), ` (el límite de un socket es ${f('limit')})`)}. Súbalo: sysctl -w net.ipv4.igmp_max_memberships=100`,
  'join-failed': (f) =>
    `No se pudo entrar en ${f('group')} por ${f('interface')} (${f('code')}). Pruebe otra interfaz con --interface, u otro grupo.`,
  'send-failed': (f) =>
    how(
      {
        EPERM: `El cortafuegos de este equipo no dejó salir un datagrama hacia ${f('to')}. Vea sus reglas con: nft list ruleset`,
        EACCES: `Este equipo no permite enviar a ${f('to')}. Vea su cortafuegos y sus rutas: nft list ruleset; ip route`,
        ENOBUFS: `Un datagrama hacia ${f('to')} no se envió: la cola de ${f('interface')} está llena. Envíe más despacio.`,
        closed: `Un datagrama hacia ${f('group')} no se envió: ya se ha salido del grupo.`,
      },
      f('code'),
      `Un datagrama hacia ${f('to')} no se envió (${f('code')}). Compruebe que la dirección es alcanzable: ip route get DIRECCIÓN`,
    ),
  'socket-failed': (f) =>
    how(
      {
        EACCES: `Este usuario no puede abrir el puerto ${f('port')}. Use un puerto por encima del 1023.`,
        EMFILE:
          'Este programa ya tiene abiertos todos los ficheros y sockets que puede. Suba el límite: ulimit -n 4096',
      },
      f('code'),
      `Falló un socket (${f('code')})${known(f('group'), ` de ${f('group')}`)}. Revise la interfaz con: ip address`,
    ),
  'too-long': (f) =>
    `El mensaje tiene ${f('bytes')} bytes, y en un datagrama caben como mucho ${f('limit')}. Acórtelo.`,

  'no-such-session': (f) =>
    f('session') === ''
      ? 'Todavía no hay sesiones. El monitor graba una: mcast-tui'
      : `No existe la sesión ${f('session')}. Véalas con: mcast-tui sessions`,
  'session-damaged': (f) =>
    how(
      {
        'not-a-file': `${f('path')} no es un fichero. Dé la ruta de una sesión, o un número de: mcast-tui sessions`,
        'no-header': `${f('path')} no es una sesión de mcast-tui. Vea las suyas con: mcast-tui sessions`,
      },
      f('reason'),
      `El comienzo de la sesión ${f('path')} está dañado, así que no se puede reproducir. El fichero se dejó como está.`,
    ),
  'session-in-use': (f) =>
    `La sesión ${f('session')} se está grabando. Termine antes el programa que la graba.`,
  'catalogue-damaged': (f) =>
    `La lista de sesiones de ${f('path')} estaba dañada y se ha rehecho a partir de los ficheros de sesión.${known(f('kept'), ` La dañada se guarda como ${f('kept')}.`)}`,
  'not-writable': (f) =>
    `No se puede escribir ${f('path')} (${f('reason')}). Elija otro lugar con --data-dir, o siga sin grabar: --no-record`,
  'disk-full': (f) =>
    `El disco está lleno: no se pudo escribir ${f('path')}. Libere espacio, por ejemplo con mcast-tui sessions prune, o elija otro lugar con --data-dir.`,
  'file-failed': (f) =>
    how(
      {
        EACCES: `Este usuario no puede leer ${f('path')}. Vea sus permisos con: ls -l`,
        ENOENT: `No existe el fichero ${f('path')}. Revise la ruta.`,
        'not-a-file': `${f('path')} no es ni un fichero ni una carpeta, así que no se puede compartir.`,
      },
      f('reason'),
      `No se pudo usar ${f('path')} (${f('reason')}). Revise la ruta y el disco.`,
    ),

  'file-not-written': (f) =>
    `No se pudo escribir ${f('path')} (${f('reason')}). Revise la ruta y el disco, o elija otro lugar.`,
  'file-exists': (f) => `${f('path')} ya existe. Añada --force para escribir encima, o elija otro --out.`,
  'not-a-result': (f) => `${f('path')} no es lo que imprime esto: ${f('command')}. Hágalo de nuevo con ello.`,
  'sessions-alike': (f) =>
    `${f('one')} y ${f('other')} son sesiones del mismo arranque de un nodo, y todo contaría dos veces. Nombre cada una una vez.`,
  'pcap-stopped': (f) =>
    how(
      {
        limit: `${f('path')} llegó a su límite de ${size(f('limit'))} y no recibe más paquetes. Suba --record-limit.`,
      },
      f('reason'),
      `No se pudo escribir ${f('path')} (${f('reason')}) y no recibe más paquetes. Revise el disco; lo demás sigue.`,
    ),
  'no-capture-tool': (f) =>
    `Aquí no está instalado ni dumpcap ni tcpdump. Instale uno (apt install tcpdump, o Wireshark), o ejecute en un equipo que lo tenga: ${f('command')}`,
  'capture-refused': (f) =>
    how(
      {
        'no-privilege': `Este usuario no puede capturar paquetes (lo dice ${f('tool')}). Ejecute en su lugar, antes de unirse al grupo: ${f('command')}`,
      },
      f('reason'),
      `${f('tool')} no pudo capturar: ${f('reason')} Pruébelo por sí solo: ${f('command')}`,
    ),

  'nothing-to-share': () =>
    'No hay nada que compartir. Indique un fichero o una carpeta: mcast-tui share FICHERO',
  'too-many-files': (f) =>
    `Hay más de ${f('limit')} ficheros que compartir. Empaquételos antes en un solo archivo, por ejemplo con tar.`,
  'share-too-large': (f) =>
    `Un envío de ${size(f('bytes'))} es demasiado grande: el máximo es ${size(f('limit'))}. Compártalo por partes.`,
  'file-changed': (f) =>
    `${f('path')} cambió mientras se compartía, así que nadie puede tenerlo entero. Compártalo de nuevo cuando esté terminado.`,
  'name-refused': (f) =>
    how(
      {
        empty: 'Un nombre del envío está vacío, así que se rechazó. El emisor debe darle un nombre.',
        dots: `"${f('name')}" lleva fuera de su carpeta, así que el envío se rechazó. Tenga cuidado con este emisor.`,
        absolute: `"${f('name')}" es una ruta desde la raíz del disco, así que el envío se rechazó. Tenga cuidado con este emisor.`,
        drive: `"${f('name')}" nombra una unidad de Windows, así que el envío se rechazó. Tenga cuidado con este emisor.`,
        separator: `"${f('name')}" tiene una / o \\ donde no puede haberla, así que el envío se rechazó. El emisor debe cambiar el nombre.`,
        control: `"${f('name')}" tiene caracteres de control o invisibles, así que el envío se rechazó. El emisor debe cambiar el nombre.`,
        colon: `"${f('name')}" tiene dos puntos, que Windows no admite, así que el envío se rechazó. El emisor debe cambiar el nombre.`,
        reserved: `"${f('name')}" es un dispositivo de Windows, así que el envío se rechazó. El emisor debe cambiar el nombre.`,
        trailing: `"${f('name')}" termina en punto o espacio, que Windows suprime, así que el envío se rechazó. El emisor debe cambiar el nombre.`,
        'not-nfc': `"${f('name')}" no está en la forma usual de Unicode (NFC), así que el envío se rechazó. El emisor debe cambiar el nombre.`,
        'too-long': `"${f('name')}" es demasiado largo: un nombre puede tener 255 bytes, una ruta 1024. Cambie el nombre.`,
        'too-deep': `"${f('name')}" está dentro de más de 64 carpetas. Muévalo más arriba.`,
        'not-utf8': `"${f('name')}" es un nombre que no es UTF-8, así que no se puede compartir. Cambie el nombre.`,
      },
      f('reason'),
      `El nombre "${f('name')}" se rechazó (${f('reason')}). El emisor debe cambiarlo.`,
    ),
  'bad-manifest': (f) =>
    how(
      {
        'too-many':
          'La lista de ficheros que anunció el emisor es demasiado larga, así que el envío se rechazó.',
        size: `El tamaño que anunció el emisor para "${f('name')}" no es un tamaño, así que el envío se rechazó.`,
        total: 'Los tamaños que anunció el emisor no suman el total, así que el envío se rechazó.',
        twice: `Dos ficheros del envío se llaman "${f('name')}". Cambie el nombre de uno.`,
        'file-and-folder': `"${f('name')}" es a la vez un fichero y una carpeta del envío. Cambie el nombre de uno.`,
        digests:
          'El emisor dio resúmenes erróneos de sus ficheros, así que el envío no se completó. Pídalo de nuevo.',
      },
      f('reason'),
      'El emisor anunció una lista de ficheros que no se puede leer, así que el envío se rechazó. Quizá su versión sea otra.',
    ),
  'names-collide': (f) =>
    `El disco de aquí no distingue "${f('path')}" de "${f('other')}", así que uno sustituiría al otro. Recíbalo en un disco que distinga mayúsculas y minúsculas.`,
  'unsafe-path': (f) =>
    `${f('path')} es un enlace, o no es lo que debe haber ahí, y podría llevar fuera de la carpeta de salida. No se escribió nada en él; elimínelo y reciba de nuevo.`,
  'out-space': (f) =>
    `El envío necesita ${size(f('needed'))}, y en ${f('path')} quedan ${size(f('free'))} libres. Libere espacio, o elija otro lugar con --out.`,
  'out-full': (f) =>
    `El disco está lleno: no se pudo seguir escribiendo ${f('path')}. Lo que llegó se conserva; libere espacio y reciba de nuevo para continuar.`,
  'part-failed': (f) =>
    how(
      {
        EACCES: `Este usuario no puede escribir ${f('path')}. Elija otro lugar con --out.`,
        EROFS: `${f('path')} está en un disco en el que no se puede escribir. Elija otro lugar con --out.`,
        ENOTDIR: `${f('path')} no es una carpeta. Elija otro lugar con --out.`,
      },
      f('reason'),
      `No se pudo escribir ${f('path')} (${f('reason')}). Revise el disco, o elija otro lugar con --out.`,
    ),
  'share-gone': (f) =>
    `El emisor en ${f('address')}:${f('port')} ya no responde. Lo que llegó se conserva; reciba de nuevo el envío para continuar.`,
  'share-refused': (f) =>
    how(
      {
        over: 'El envío ha terminado. Pídalo de nuevo.',
        full: 'El envío tiene tantos receptores como puede tener (64). Inténtelo cuando termine.',
        'not-here': 'El emisor no tiene este envío. Espere a su próximo anuncio.',
        changed:
          'El emisor se reinició con otro contenido, así que lo que llegó no se puede continuar. Reciba el nuevo envío.',
        hashes:
          'Los ficheros no tienen los resúmenes que dio el emisor, una y otra vez: cambiaron, o alguien falsifica datos. Lo que llegó se conserva.',
        'too-slow':
          'Este equipo tomó los datos demasiado despacio y quedó atrás. Lo que llegó se conserva; reciba de nuevo el envío para continuar.',
        'bad-report': 'El emisor no entendió a este programa. Use la misma versión en ambos.',
        'file-changed': 'Un fichero cambió mientras se enviaba, así que el emisor desistió. Pídalo de nuevo.',
        'file-failed': 'El emisor ya no pudo leer sus ficheros. Pida el envío de nuevo.',
        'connection-lost':
          'La conexión con el emisor estuvo cortada demasiado tiempo. Reciba de nuevo el envío para continuar.',
      },
      f('reason'),
      `El emisor terminó la transferencia (${f('reason')}). Lo que llegó se conserva.`,
    ),
  'share-over-limit': (f) =>
    `El envío tiene ${size(f('bytes'))}, más de los ${size(f('limit'))} que permite --max-size.`,

  'too-many-transfers': (f) =>
    `No puede haber más de ${f('limit')} transferencias a la vez. Espere a que termine una, o cancele una.`,
  'no-such-offer': () => 'Ya nadie ofrece esto. Pida a quien lo envía que lo comparta de nuevo.',
  'nobody-came': (f) =>
    `No vino ningún receptor en ${f('seconds')} s, así que no se envió nada. ¿Está en marcha mcast-tui receive en el mismo grupo? Suba --wait, o no lo ponga para esperar al primero.`,

  'lab-one-file': () =>
    'El protocolo de laboratorio envía un solo fichero y ninguna carpeta. Nombre un fichero, o quite --mode lab: los otros modos lo aceptan todo.',
  'lab-failed': (f) =>
    how(
      {
        unreachable: `Ningún servidor responde en ${f('address')}, puerto ${f('port')} (${f('code')}). ¿Está en marcha, y son esos la dirección y el puerto en que escucha?`,
        protocol: `Lo que responde en ${f('address')}, puerto ${f('port')} no habla el protocolo de laboratorio: número, puerto, cuántos se esperan. Revise la dirección y el puerto.`,
        'nothing-came': `El servidor en ${f('address')}, puerto ${f('port')} calló antes de enviar nada. ¿Deja pasar el cortafuegos UDP hacia este equipo?`,
        'head-lost': `Se perdió el datagrama con el nombre o el tamaño del fichero, así que nadie sabe qué son los otros ${size(f('bytes'))}: no se escribió nada. El protocolo de laboratorio no repara nada; los otros modos sí.`,
      },
      f('reason'),
      `La transferencia en modo lab falló (${f('reason')}).`,
    ),
  'lab-incomplete': (f) =>
    `Llegaron ${f('bytes')} de ${f('size')} bytes (${percent(f('bytes'), f('size'))}), así que el fichero no está completo; el núcleo de este equipo descartó ${f('drops')} de los datagramas. El protocolo de laboratorio no repara nada; lo que llegó se conserva como ${f('path')}.`,
  'bench-space': (f) =>
    `La mayor de estas pruebas necesita ${size(f('needed'))}, y ${f('path')} tiene ${size(f('free'))} libres. Elija tamaños menores o menos clientes, u otro lugar con la variable TMPDIR.`,
  'bench-silence': (f) =>
    `Nada de lo que se envió al grupo por ${f('interface')} volvió, así que no hay nada que medir. Pregunte por qué: mcast-tui doctor -i ${f('interface')}`,
  'bench-sender-died': () =>
    'El proceso que envía las ráfagas terminó antes de tiempo. ¿Lo terminó alguien, o falta memoria? Inicie de nuevo.',

  'engine-died': () =>
    'La parte del programa que habla con la red se detuvo por error. Lo grabado está a salvo; inicie de nuevo, y comuníquelo con MCAST_DEBUG=1.',
  'doctor-failed': (f) =>
    `Las comprobaciones de este equipo no llegaron a su fin (${f('reason')}). Lo que dirían: mcast-tui doctor`,
  'worker-died': (f) =>
    `El trabajador ${f('worker')} se detuvo y fue sustituido${known(f('items'), `; con él se perdieron ${f('items')} datagramas`)}. No hay que hacer nada.`,

  'small-receive-buffer': (f) =>
    `El núcleo concedió una memoria de recepción de ${size(f('granted'))} de los ${size(f('asked'))} pedidos, así que se pueden perder ráfagas. Permita más: ${bufferCommand(f)}`,
  'kernel-drops': (f) =>
    `Este equipo fue demasiado lento: el núcleo descartó ${f('count')} datagramas${known(f('group'), ` de ${f('group')}`)} que la red sí entregó. Permita más memoria de recepción: ${bufferCommand(f)}`,
  'membership-lost': (f) =>
    `Este equipo ya no es miembro de ${f('group')} en ${f('interface')}. Se vuelve a unir.`,
  'membership-regained': (f) => `Este equipo vuelve a ser miembro de ${f('group')} en ${f('interface')}.`,
  'interface-gone': (f) =>
    `La interfaz ${f('interface')} está desactivada o ya no existe, así que nada de ${f('group')} puede entrar ni salir. Se vuelve a unir en cuanto la interfaz regrese: ip link set ${f('interface')} up`,
  'interface-back': (f) =>
    `La interfaz ${f('interface')} ha vuelto${known(f('address'), ` con ${f('address')}`)}, y de nuevo es miembro de ${f('group')}.`,
  'not-recording': (f) =>
    `La grabación se detuvo: no se pudo escribir ${f('path')} (${f('reason')}). El monitor sigue; para grabar, inicie de nuevo con otro --data-dir.`,
  'record-limit': (f) =>
    `La grabación se detuvo: la sesión llegó a su límite de ${size(f('limit'))}. El monitor sigue; inicie de nuevo para grabar otra sesión.`,
  isolated: (f) =>
    `Todos los pares callaron a la vez${known(f('seconds'), ` hace ${f('seconds')} s`)}: este nodo parece aislado del grupo. Revise su cable, su interfaz y su cortafuegos.`,
};
