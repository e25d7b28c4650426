"""A line typed is a datagram sent, until "salir": the client of the practice with one client and two servers."""
import socket
import sys

group, port, interface = sys.argv[1], int(sys.argv[2]), sys.argv[3]
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 2)
sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(interface))
for line in sys.stdin:
    text = line.rstrip("\n")
    if text == "salir":
        break
    sock.sendto(text.encode(), (group, port))
sock.close()
