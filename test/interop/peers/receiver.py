"""Prints each datagram with its size and sender, and answers the sender by unicast with the three bytes ack."""
import socket
import struct
import sys

group, port, interface = sys.argv[1], int(sys.argv[2]), sys.argv[3]
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind(("", port))
membership = struct.pack("4s4s", socket.inet_aton(group), socket.inet_aton(interface))
sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
print("ready", flush=True)
while True:
    data, address = sock.recvfrom(1024)
    print(f"received {len(data)} bytes from {address}", flush=True)
    print(data.decode(), flush=True)
    sock.sendto(b"ack", address)
    print(f"sent acknowledgement to {address}", flush=True)
