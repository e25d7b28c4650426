// The same in Spanish: a missing line does not compile.
import type { HelpWords } from './help-en.ts';

export const es: HelpWords = {
  headings: { usage: 'Uso', command: 'orden', commands: 'Órdenes', flags: 'Opciones', examples: 'Ejemplos' },
  flagGroups: {
    network: 'Red',
    membership: 'Pertenencia',
    doctor: 'Otros nodos',
    screen: 'Pantalla',
    send: 'Envío',
    share: 'Compartir',
    receive: 'Recibir',
    files: 'Ficheros',
    result: 'Resultados',
    bench: 'Mediciones',
    wireshark: 'Para Wireshark',
    export: 'Exportar',
    report: 'El informe',
    capture: 'Capturar',
    dissector: 'El disector',
    replay: 'Reproducción',
    sessions: 'Sesiones',
    every: 'En todas las órdenes',
    program: 'En todas las órdenes',
  },
  title:
    'Multidifusión UDP en un terminal: chat, pares por latido, actividad de trabajadores, grabación y reproducción.',
  more: 'mcast-tui ORDEN --help cuenta más de una orden.',
  precedence:
    'Una opción gana a su variable de entorno, y esta al fichero de ajustes. La variable se llama como la opción: {example}.',
  default: 'por defecto {value}',
  repeatable: 'se puede repetir',
  commands: {
    monitor: 'el monitor a pantalla completa de uno o más grupos (lo que abre mcast-tui solo)',
    listen: 'imprime cada datagrama en una línea, sin pantalla',
    send: 'envía mensajes e imprime quién los confirma',
    share: 'envía ficheros o carpetas a todos los receptores del grupo, completos',
    receive: 'recibe lo que se comparte en el grupo',
    replay: 'reproduce una sesión grabada en la misma pantalla',
    doctor: 'decir por qué la multidifusión calla en este equipo',
    interfaces: 'listar las interfaces, sus grupos, y la que se elegiría',
    sessions: 'lista, muestra, borra o depura las sesiones grabadas',
    export: 'escribe una sesión como pcapng, JSON, CSV o NDJSON',
    report: 'escribe un informe de práctica de uno o más nodos',
    capture: 'captura el grupo y su IGMP o MLD, por medio de dumpcap o tcpdump',
    dissector: 'enseña estos mensajes a Wireshark: imprime el disector, o lo instala',
    demo: 'todos los paneles en marcha: el monitor en loopback con tres pares propios',
    bench: 'mide en esta máquina lo que miden las prácticas',
    completion: 'imprime el guion de completado para un shell',
  },
  inputs: {
    monitor: '',
    listen: '',
    send: '[texto…]',
    share: 'FICHERO|CARPETA…',
    receive: '[HOST:PUERTO]',
    replay: '[sesión]',
    doctor: '',
    interfaces: '',
    sessions: '[list [palabras…] | show ID | remove ID… | prune]',
    export: '[sesión]',
    report: '[sesión…]',
    capture: '',
    dissector: '',
    demo: '',
    bench: 'share | workers',
    completion: 'bash | zsh | fish',
  },
  notes: {
    monitor:
      'Si la entrada o la salida no es un terminal, o con --json, hace lo que listen.\nEscriba para chatear; Esc sale de la línea de escritura, y entonces ? muestra las teclas y q termina.',
    listen:
      'Imprime una línea por datagrama, o con --json un objeto por línea (NDJSON), y graba como el monitor.\nTermina con Ctrl+C, tras --duration segundos o tras --count datagramas.',
    send: 'El texto viene de los argumentos, o una línea por mensaje de la entrada estándar hasta su fin o la palabra salir.\nLos acuses de recibo se imprimen hasta que pasan --ack-timeout segundos sin ninguno. Las líneas que esperan en la entrada salen enseguida y solo se espera tras la última; con --expect cada mensaje espera a los suyos.\n--count termina tras ese número de mensajes. Las demás opciones de las órdenes de red se admiten y no cambian nada.',
    share:
      'Cada fichero sale una sola vez, por multidifusión, sean cuantos sean los receptores; lo que le falta a uno se repara, y cada uno demuestra con SHA-256 que tiene los mismos bytes. Empieza cuando han venido --clients receptores o han pasado --wait segundos; sin ninguno de los dos, en cuanto viene el primero; quien llega después también lo recibe todo.\nSale con 0 si todos lo tienen todo, con 1 si a alguno le falta o no vino ninguno.\n--mode lab envía un fichero como los programas simples de clase, a cada cliente su copia en datagramas de 1024 bytes y sin reparar nada, para medir lo que se pierde; sus clientes también pueden registrarse.',
    receive:
      'Pregunta antes de escribir nada, o lo acepta todo con --yes. Los ficheros van al directorio actual o a --out; allí no se sobrescribe nada, y un fichero tiene su nombre solo cuando está completo. Uno interrumpido sigue donde estaba.\nSigue hasta Ctrl+C, con --once hasta el fin de una transferencia.\nCon --mode lab HOST:PUERTO toma un fichero de un servidor simple de clase, que no anuncia nada, y sale con 1 si no llegó entero.',
    replay:
      'La sesión es su número o nombre en la lista de sesiones, o la ruta de su fichero; sin ella, la más nueva.\nDonde no hay terminal, o con --json, sus sucesos se imprimen como en listen.',
    doctor:
      'Entra un momento en el grupo, se envía unos datagramas que no salen de este equipo, escucha 3 segundos (o --duration) y mira lo que cuenta el sistema: interfaz, rutas, pertenencias, cortafuegos, filtros, búferes. Si se oye a otros nodos, o --peer nombra a uno que debería estar, envía al grupo 20 latidos numerados y lee en los suyos cuántos llegaron.\nCada comprobación está bien, avisa, falla, o no se sabe si no se pudo mirar; algunas solo las puede mirar root. Sale con 1 si alguna falló.',
    interfaces:
      'De cada interfaz dice su clase, estado, MTU, direcciones y grupos, con la versión de IGMP que rige por quien pregunta y cuántas preguntas de MLD entraron. La que se usaría lleva un *, y se dice el motivo.\nSale con 1 si no sirve ninguna.',
    sessions:
      'list muestra primero las más nuevas, y solo las que contienen las palabras si las hay. prune borra las sesiones de más de --older-than días, y luego las más viejas hasta que el resto cabe en --keep MiB.',
    export:
      'La sesión se nombra como en replay; la forma es --format, o la terminación de --out; sin --out el fichero va a la salida estándar.\npcapng se abre en Wireshark, y nadie necesita ser root: horas, direcciones, puertos y contenidos reales de lo recibido y lo enviado, con cabeceras hechas para el fichero, que así lo dice, y en cada paquete el trabajador que lo procesó. json vuelve a ser una sesión, csv tiene un suceso por fila, ndjson uno por línea.',
    report:
      'Las sesiones son las que varios nodos grabaron de la misma ejecución, copiadas a un sitio y nombradas como en replay; sin ninguna, la más nueva. Los relojes se ponen según el de la primera, por lo que cuentan los latidos.\nhtml es un solo fichero con todas sus gráficas, para el navegador y para el papel; md tiene las gráficas en una carpeta junto a --out. Lo que solo puede escribir el autor tiene su sitio en el informe. --bench toma lo que imprimió bench workers --json, y --doctor lo que imprimió doctor --json.',
    capture:
      'Inícielo antes de unirse al grupo, para que la unión esté en él. Sigue hasta Ctrl+C, durante --duration segundos o hasta --count paquetes; el fichero es --out, o uno en el directorio actual.\nLa captura la hace dumpcap (de Wireshark) o tcpdump, con un filtro para el grupo; donde ninguno está instalado o permitido, dice qué ejecutar.',
    dissector:
      'Un guion en Lua para Wireshark 3.6 y posteriores: reconoce los mensajes por cómo empiezan, sea cual sea el puerto. --install lo pone donde Wireshark lo busca; sin ella se imprime, o se escribe en --out.',
    demo: 'Un par pierde datagramas y otro se reinicia. Todo el tráfico se queda en este equipo.',
    bench:
      'share envía ficheros de los tamaños --sizes a cada número de --clients de cada uno de los modos --modes, con emisores y receptores como procesos propios en esta máquina, e imprime quién está completo, cuánto llegó, a qué velocidad y qué pasó por la red. Todo queda en loopback si --interface no dice otra cosa; los ficheros temporales van adonde diga TMPDIR y se borran.\nSale con 1 si a un receptor de un modo que promete ficheros completos le falta algo.\nworkers envía al grupo ráfagas de los tamaños --bursts, donde un motor con cada número de --workers las procesa con --work ms de cálculo por datagrama, e imprime a qué velocidad, cuánto esperaron los datagramas a un trabajador y en total, cuántos trabajadores lo hacían a la vez, y qué se perdió. Ctrl+C lo termina con lo que se haya medido.',
    completion:
      'bash: source <(mcast-tui completion bash)\nzsh:  mcast-tui completion zsh > "$fpath[1]/_mcast-tui"\nfish: mcast-tui completion fish > ~/.config/fish/completions/mcast-tui.fish',
  },
  examples: {
    monitor: [
      ['mcast-tui', 'se une a 239.255.0.1:50000 en la interfaz de la ruta por defecto'],
      [
        'mcast-tui -i zt0 --name ana --ttl 4',
        'en una red ZeroTier, con un nombre, a través de hasta 3 routers',
      ],
      ['mcast-tui -g 224.1.1.1:10000 --ack', 'confirma lo que envían programas UDP sencillos'],
    ],
    listen: [
      ['mcast-tui listen --count 10', 'imprime diez datagramas y termina'],
      ['mcast-tui listen --json | jq -c \'select(.kind == "chat")\'', 'solo el chat, en JSON'],
      ['mcast-tui listen -g 224.10.10.10:10000 --ack --no-record', 'el receptor de un emisor sencillo'],
    ],
    send: [
      ['mcast-tui send hola a todos', 'un mensaje de chat'],
      [
        'mcast-tui send --raw -g 224.10.10.10:10000 --expect 2 very important data',
        'texto sin envoltorio; falla si no lo confirman dos',
      ],
      ['tail -f notas.txt | mcast-tui send', 'un mensaje por línea'],
    ],
    share: [
      ['mcast-tui share apuntes.pdf', 'a todos los que vengan'],
      [
        'mcast-tui share lab/ --clients 10 --wait 60',
        'cuando hayan venido diez, o tras un minuto con los que estén',
      ],
      [
        'mcast-tui share 100MB.bin --mode lab --clients 5 --control-port 5000',
        'UDP simple, a cinco clientes',
      ],
      ['mcast-tui share disco.img --rate 50 --csv', 'a 50 Mbit/s como mucho, con los resultados en CSV'],
    ],
    receive: [
      ['mcast-tui receive', 'pregunta por cada oferta'],
      ['mcast-tui receive --yes --once --out lab', 'la primera que venga, en lab/'],
      ['mcast-tui receive --mode lab 10.0.0.1:5000', 'del servidor simple de una clase'],
    ],
    replay: [
      ['mcast-tui replay', 'la sesión más nueva'],
      ['mcast-tui replay 3 --speed 4', 'la sesión 3, cuatro veces más rápido'],
      ['mcast-tui replay clase.json --json', 'sus sucesos en NDJSON'],
    ],
    doctor: [
      ['mcast-tui doctor', 'el grupo por defecto, en la interfaz que se elegiría'],
      ['mcast-tui doctor -i zt0 -g 239.1.2.3:5000', 'otro grupo, en ZeroTier'],
      ['mcast-tui doctor --peer ana', 'qué hay entre este equipo y el nodo ana'],
      ['mcast-tui doctor --json', 'para programas: el veredicto, y todo con lo leído'],
    ],
    interfaces: [
      ['mcast-tui interfaces', 'cuál se elegiría, y por qué'],
      ['mcast-tui interfaces -g [ff15::4d43]:50000 --json', 'para un grupo de IPv6, en JSON'],
    ],
    sessions: [
      ['mcast-tui sessions', 'lo que hay en disco'],
      ['mcast-tui sessions list ana', 'solo las sesiones que mencionan a ana'],
      ['mcast-tui sessions prune --older-than 30 --keep 500', 'conserva un mes y como mucho 500 MiB'],
    ],
    export: [
      ['mcast-tui export --out clase.pcapng', 'la sesión más nueva, para Wireshark'],
      ['mcast-tui export 3 --format csv --out clase.csv', 'la sesión 3 para una hoja de cálculo'],
      ['mcast-tui export 3 --format pcapng | tshark -r -', 'sin fichero'],
    ],
    report: [
      ['mcast-tui report --out practica.html', 'de la sesión más nueva'],
      [
        'mcast-tui report ana.json bob.json eva.json --out practica.html --lang es',
        'de tres nodos, en español',
      ],
      [
        'mcast-tui report ana.json bob.json --bench trabajadores.json --doctor doctor.json --out practica.md',
        'en Markdown, con el experimento de los trabajadores y las comprobaciones del doctor',
      ],
    ],
    capture: [
      ['mcast-tui capture -i zt0 --out lab.pcapng', 'hasta Ctrl+C'],
      ['mcast-tui capture --duration 10', 'durante diez segundos'],
    ],
    dissector: [
      ['mcast-tui dissector --install', 'para este usuario'],
      ['mcast-tui dissector > mcast.lua && tshark -X lua_script:mcast.lua -r lab.pcapng', 'para una vez'],
    ],
    demo: [['mcast-tui demo --workers 4 --work 2', 'con trabajo visible para cuatro trabajadores']],
    bench: [
      ['mcast-tui bench share', 'UDP simple junto a un solo flujo multicast, para 1, 5 y 10 clientes'],
      ['mcast-tui bench share --clients 1,5,10 --sizes 100M,250M --modes lab,multicast', 'la tabla entera'],
      ['mcast-tui bench share --sizes 10M --runs 5 --csv', 'cinco pruebas de cada, para una hoja de cálculo'],
      ['mcast-tui bench workers', 'qué hacen 1, 2, 4 y 8 trabajadores con ráfagas'],
      [
        'mcast-tui bench workers --workers 1,2 --bursts 1000 --work 2 --out trabajadores.json',
        'menos, y un fichero con los resultados',
      ],
    ],
    completion: [['mcast-tui completion bash >> ~/.bash_completion', 'para cada bash nuevo']],
  },
  flags: {
    group: 'grupo al que unirse, con su puerto; IPv6 como [ff15::4d43]:50000',
    interface: 'interfaz de red para unirse y enviar',
    source: 'oír solo a este emisor (multidifusión de fuente específica)',
    ttl: 'cuántas redes puede cruzar un datagrama; 1 se queda en esta',
    name: 'nombre que ven los demás (por defecto: el del equipo)',
    workers:
      'hilos que procesan datagramas (por defecto: núcleos − 1); bench prueba varios números (1,2,4,8)',
    work: 'cálculo añadido por datagrama, para ver qué hace --workers (por defecto 0; bench 1)',
    heartbeat: 'milisegundos entre latidos; 0 no envía ninguno',
    bandwidth: 'ancho de banda del grupo; los latidos juntos usan menos del 5 %',
    replyPort:
      'puerto fijo para respuestas unidifusión, por los cortafuegos; otros grupos toman los siguientes',
    ack: 'responder a cada mensaje con un acuse de recibo a su emisor',
    record: 'no escribir fichero de sesión',
    recordLimit: 'dejar de grabar cuando el fichero de la sesión tenga estos MiB',
    duration: 'terminar tras estos segundos',
    count: 'terminar tras este número de datagramas',
    igmpRefresh:
      'salir y volver a entrar cada tanto, para conmutadores que vigilan y a los que nadie pregunta',
    peer: 'fallar si no se oye a este nodo; una dirección se prueba también por unidifusión',
    raw: 'enviar solo el texto, como lo esperan los programas UDP sencillos',
    ackTimeout: 'segundos sin acuse de recibo tras los que no se espera más',
    expect: 'salir con 1 si confirman menos',
    clients: 'empezar cuando hayan venido estos receptores; bench prueba varios números (1,5,10)',
    wait: 'empezar tras estos segundos con los que hayan venido',
    mode: 'una vez para todos, un flujo por receptor donde no llega la multidifusión, o el UDP simple de una clase (por defecto: multicast); receive acepta solo lo que se comparte así',
    rate: 'Mbit por segundo como mucho (por defecto: lo que admita la red)',
    controlPort: 'puerto TCP fijo donde se registran los receptores, por los cortafuegos',
    minRate: 'abandonar al receptor que retiene a los demás y admite menos kbit por segundo',
    once: 'terminar tras una transferencia',
    yes: 'aceptar lo que se ofrezca sin preguntar',
    out: 'dónde van los ficheros: una carpeta para los recibidos (por defecto: esta), si no el fichero que se escribe; bench escribe allí su JSON',
    maxSize: 'rechazar lo que tenga más bytes',
    csv: 'resultados en CSV',
    sizes: 'tamaños de los ficheros que se envían, en potencias de 1024',
    modes: 'formas de enviarlos: lab, multicast, unicast',
    bursts: 'datagramas de cada ráfaga que envía bench workers (100,1000,10000)',
    runs: 'medir cada cosa tantas veces, y dar la mediana',
    pcap: 'escribe además lo que se recibe y se envía en un fichero para Wireshark, según ocurre',
    payloads: 'deja fuera los bytes de los datagramas; los sucesos quedan',
    format:
      'forma del fichero: pcapng, json, csv o ndjson de un export, html o md de un informe (por defecto: la terminación de --out)',
    title: 'título del informe',
    bench: 'lo que imprimió bench workers --json, para el informe',
    doctor: 'lo que imprimió doctor --json, para el informe',
    force: 'escribe encima de los ficheros que haya',
    install: 'lo pone donde Wireshark lo busca',
    speed: 'velocidad, de ¼ a 64 veces',
    olderThan: 'depurar las sesiones que empezaron hace más de estos días',
    keep: 'depurar las más viejas hasta que el resto quepa en estos MiB',
    ascii: 'dibujar solo con ASCII',
    color: 'sin colores (como NO_COLOR)',
    fps: 'actualizaciones de pantalla por segundo como mucho',
    dataDir: 'dónde se guardan las sesiones y los ajustes',
    json: 'JSON para programas: un documento, o un objeto por línea donde los resultados fluyen',
    lang: 'idioma (por defecto: el del sistema)',
    help: 'esta ayuda',
    version: 'la versión',
  },
};
