"""Takes one file over UDP: number, port and count over TCP, then name, size and data until silence."""
import os
import socket
import sys

host, port, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
server = socket.create_connection((host, port))
number = int(server.recv(1024).decode())
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind((server.getsockname()[0], 0))
server.send(str(udp.getsockname()[1]).encode())
expected = int(server.recv(1024).decode())
print(f"client {number} of {expected}", flush=True)
name = udp.recvfrom(1024)[0].decode()
size = int(udp.recvfrom(1024)[0].decode())
udp.settimeout(1)
received = 0
with open(os.path.join(folder, f"{number}-{name}"), "wb") as file:
    while True:
        try:
            data, _ = udp.recvfrom(1024)
        except socket.timeout:
            break
        file.write(data)
        received += len(data)
print(f"{name} {size} {received} {'equal' if received == size else 'different'}", flush=True)
server.close()
