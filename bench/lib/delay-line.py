# Splices two interfaces together with a delay, for kernels without netem: delay-line.py IF IF MS
import collections, select, socket, sys, time

names, delay = sys.argv[1:3], float(sys.argv[3]) / 1000
ends = []
for name in names:
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 23)
    end.bind((name, 0))
    # PACKET_ADD_MEMBERSHIP, PACKET_MR_PROMISC (packet(7))
    index = socket.if_nametoindex(name).to_bytes(4, sys.byteorder)
    end.setsockopt(263, 1, index + (1).to_bytes(2, sys.byteorder) + bytes(10))
    end.setblocking(False)
    ends.append(end)
queue = collections.deque()
print('ready', flush=True)
while True:
    wait = max(0, queue[0][0] - time.monotonic()) if queue else None
    for end in select.select(ends, [], [], wait)[0]:
        while True:
            try:
                frame, (_, _, kind, *_) = end.recvfrom(65536)
            except BlockingIOError:
                break
            if kind != socket.PACKET_OUTGOING:
                queue.append((time.monotonic() + delay, ends[1 - ends.index(end)], frame))
    while queue and queue[0][0] <= time.monotonic():
        _, other, frame = queue.popleft()
        try:
            other.send(frame)
        except OSError:
            pass
