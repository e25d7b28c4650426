# One TCP flow under CUBIC, as most downloads are: `tcp-flow.py listen PORT` prints what has come every 100 ms,
# `tcp-flow.py HOST PORT` sends as fast as TCP allows.
import json, socket, sys, time

what, port = sys.argv[1], int(sys.argv[2])
if what == 'listen':
    with socket.create_server(('', port)) as server:
        print('ready', flush=True)
        flow, _ = server.accept()
    came, told = 0, 0
    while part := flow.recv(65536):
        came += len(part)
        if time.time() - told >= 0.1:
            told = time.time()
            print(json.dumps({'at': told * 1000, 'bytes': came}), flush=True)
else:
    flow = socket.socket()
    # By socket, for a namespace may not be allowed to choose for all (tcp(7)).
    flow.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b'cubic')
    flow.connect((what, port))
    while True:
        flow.send(bytes(65536))
