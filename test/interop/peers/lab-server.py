"""One file to many clients over UDP: a thread and a copy each, when all have come. Leaves out every Nth datagram if told."""
import os
import socket
import sys
import threading

host, port, path, clients = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
lose = int(sys.argv[5]) if len(sys.argv) > 5 else 0
name, size = os.path.basename(path), os.path.getsize(path)
barrier = threading.Barrier(clients)


def serve(connection, address, number):
    connection.send(str(number).encode())
    udp_port = int(connection.recv(1024).decode())
    connection.send(str(clients).encode())
    barrier.wait()
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client = (address[0], udp_port)
    udp.sendto(name.encode(), client)
    udp.sendto(str(size).encode(), client)
    sent = 0
    with open(path, "rb") as file:
        for index, data in enumerate(iter(lambda: file.read(1024), b""), 1):
            if lose and index % lose == 0:
                continue
            sent += udp.sendto(data, client)
    print(f"client {number} {address[0]}:{udp_port} {name} {size} sent {sent}", flush=True)
    connection.recv(1024)
    connection.close()


server = socket.create_server((host, port))
print("ready", flush=True)
threads = []
for number in range(1, clients + 1):
    connection, address = server.accept()
    thread = threading.Thread(target=serve, args=(connection, address, number))
    thread.start()
    threads.append(thread)
for thread in threads:
    thread.join()
